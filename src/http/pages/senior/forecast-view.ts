import type { z } from 'zod';
import type { forecastSchema } from '../../api/forecast.ts';
import { sayHours } from '../figures/load-bar.ts';
import { day, figure, numberHead, wordHead, words, type Cell, type Table } from '../figures/table.ts';
import { sayDayOf, sayMoment } from '../say.ts';
import { nameOfTeam, teamChoices } from './workload-view.ts';

export type ForecastJson = z.output<typeof forecastSchema>;
type TeamJson = ForecastJson['teams'][number];
type LateJson = TeamJson['late'][number];

export type TeamForecast = {
  id: string;
  name: string;
  /** What will be late as things are, and at best, in sentences. */
  sentences: string[];
  isPossible: boolean;
  because: string[];
  /** Where there is hardly time. */
  tight: string[];
  people: Table;
  late: Table | null;
  /** What is late only if work takes long. */
  cautious: Table | null;
  /** What falls due while somebody is away, in sentences. */
  away: string[];
  allHref: string | null;
};

/** The view model of the forecast. */
export type ForecastView = {
  asOf: string;
  until: string;
  workingDays: number;
  choices: ReturnType<typeof teamChoices>;
  teams: TeamForecast[];
};

/** How many late pieces of work of a team are listed where every team is shown. */
const fewest = 10;

/** What will be late as things are, at best, and why, by team and person. */
export function forecastView(forecast: ForecastJson, team: string): ForecastView {
  return {
    asOf: sayMoment(forecast.asOf),
    until: sayDayOf(forecast.until),
    workingDays: forecast.workingDays,
    choices: teamChoices(team),
    teams: forecast.teams.map((one) => teamForecast(one, forecast, team === '')),
  };
}

/** "In the crime team 14 pieces of work will be late as things are; at best 9." For the workload board. */
export function sayOutlook({ team, lateCount, leastLate, restrictedLateMinutes }: TeamJson): string {
  if (lateCount === 0)
    return `${nameOfTeam(team)}: nothing${restrictedLateMinutes > 0 ? ' that you may see' : ''} will be late as things are.`;
  const best =
    leastLate === 0
      ? 'Shared out otherwise it may be none'
      : `However it is shared out, at least ${leastLate} will be`;
  return `${nameOfTeam(team)}: ${sayPieces(lateCount)} will be late as things are. ${best}.`;
}

function sayPieces(count: number): string {
  return count === 1 ? '1 piece of work' : `${count} pieces of work`;
}

function teamForecast(one: TeamJson, forecast: ForecastJson, isShort: boolean): TeamForecast {
  const { team, capacityMinutes, workMinutes, overdue, restrictedLateMinutes, late, lateCount, cautious } =
    one;
  const inOrder = (all: readonly LateJson[]) =>
    all.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).slice(0, isShort ? fewest : all.length);
  const [shown, slow] = [inOrder(late), inOrder(cautious.late)];
  const names = new Map(forecast.items.map(({ id, name }) => [id, name]));
  return {
    id: team,
    name: nameOfTeam(team),
    sentences: [
      sayOutlook(one),
      `${sayHours(workMinutes)} of work is to be done, and there is time for ${sayHours(capacityMinutes)}.`,
      `If all of it took as long as four in five stay within, ${sayHours(cautious.workMinutes)}, ${sayPieces(cautious.lateCount)} would be late: more than is likely.`,
      ...(overdue > 0 ? [`Of the late work, ${sayPieces(overdue)} is overdue already.`] : []),
      ...(restrictedLateMinutes > 0
        ? [
            `${sayHours(restrictedLateMinutes)} of work of restricted cases that you may not see will be late, and is not counted among it.`,
          ]
        : []),
    ],
    isPossible: one.isPossible,
    because: one.because,
    tight: one.shortfalls.filter(({ kind }) => kind === 'tight').map(({ because }) => because),
    people: {
      id: `${team}-people`,
      title: `${nameOfTeam(team)}: by caseworker`,
      heads: [
        wordHead('Caseworker'),
        numberHead('Work'),
        numberHead('Time'),
        numberHead('Late as things are'),
        numberHead('At best, by their own work'),
        numberHead('Late if work takes long'),
      ],
      rows: forecast.items
        .filter((person) => person.team === team)
        .map((person) => ({
          cells: [
            { text: person.name, href: `/workload/${encodeURIComponent(person.id)}` },
            { text: sayHours(person.workMinutes), isNumber: true },
            { text: sayHours(person.capacityMinutes), isNumber: true },
            { ...figure(person.lateCount), isStrong: person.lateCount > 0 },
            figure(person.leastLate),
            figure(person.cautious.lateCount),
          ],
        })),
    },
    late:
      shown.length === 0
        ? null
        : lateTable(
            { id: `${team}-late`, what: `${nameOfTeam(team)}: what will be late` },
            shown,
            lateCount,
            names,
          ),
    cautious:
      slow.length === 0
        ? null
        : lateTable(
            { id: `${team}-cautious`, what: `${nameOfTeam(team)}: what would be late too if work took long` },
            slow,
            cautious.late.length,
            names,
          ),
    away: one.absences.map(({ says }) => says),
    allHref:
      isShort && Math.max(late.length, cautious.late.length) > fewest ? `/forecast?team=${team}` : null,
  };
}

function lateTable(
  { id, what }: { id: string; what: string },
  shown: readonly LateJson[],
  lateCount: number,
  names: ReadonlyMap<string, string>,
): Table {
  const part = shown.length < lateCount ? `, the first ${shown.length} of ${lateCount}` : '';
  return {
    id,
    title: `${what}${part}`,
    heads: [wordHead('Due'), wordHead('What'), wordHead('Case'), wordHead('With'), wordHead('Will be done')],
    rows: shown.map((piece) => ({
      cells: [
        { text: sayDayOf(piece.dueAt), isStrong: true, isKept: true },
        whatCell(piece),
        piece.caseUrn === null ? words('None') : { text: piece.caseUrn, href: `/cases/${piece.caseUrn}` },
        holderCell(piece, names),
        piece.doneOn === null ? words('Not by the end of the forecast') : day(sayDayOf(piece.doneOn)),
      ],
    })),
  };
}

function whatCell({ id, title, isComing, startsOn }: LateJson): Cell {
  const more = [
    ...(isComing ? ['its task is still to come'] : []),
    ...(startsOn === null ? [] : [`not before ${sayDayOf(startsOn)}`]),
  ].join(', ');
  return { text: title, ...(isComing ? {} : { href: `/tasks/${id}` }), ...(more === '' ? {} : { more }) };
}

function holderCell({ assignee, isDueWhileAway }: LateJson, names: ReadonlyMap<string, string>): Cell {
  if (assignee === null) return words('Nobody yet');
  const name = names.get(assignee) ?? assignee;
  return isDueWhileAway ? { text: name, more: 'away then, and nobody covers it' } : words(name);
}
