import type { z } from 'zod';
import type { forecastSchema } from '../../api/forecast.ts';
import { sayHours } from '../figures/load-bar.ts';
import { day, figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
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
export function sayOutlook({ team, lateCount, leastLate }: TeamJson): string {
  if (lateCount === 0) return `${nameOfTeam(team)}: nothing will be late as things are.`;
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
  const { team, capacityMinutes, workMinutes, overdue, restrictedLate, late, lateCount } = one;
  const inOrder = late.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  const shown = isShort ? inOrder.slice(0, fewest) : inOrder;
  const names = new Map(forecast.items.map(({ id, name }) => [id, name]));
  return {
    id: team,
    name: nameOfTeam(team),
    sentences: [
      sayOutlook(one),
      `${sayHours(workMinutes)} of work is to be done, and there is time for ${sayHours(capacityMinutes)}.`,
      ...(overdue > 0 ? [`Of the late work, ${sayPieces(overdue)} is overdue already.`] : []),
      ...(restrictedLate > 0
        ? [`${sayPieces(restrictedLate)} of it belongs to restricted cases, and is not listed.`]
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
          ],
        })),
    },
    late: shown.length === 0 ? null : lateTable(team, shown, lateCount, names),
    allHref: isShort && late.length > fewest ? `/forecast?team=${team}` : null,
  };
}

function lateTable(
  team: string,
  shown: readonly LateJson[],
  lateCount: number,
  names: ReadonlyMap<string, string>,
): Table {
  const part = shown.length < lateCount ? `, the first ${shown.length} of ${lateCount}` : '';
  return {
    id: `${team}-late`,
    title: `${nameOfTeam(team)}: what will be late${part}`,
    heads: [wordHead('Due'), wordHead('What'), wordHead('Case'), wordHead('With'), wordHead('Will be done')],
    rows: shown.map(({ id, title, caseUrn, dueAt, assignee, isComing, doneOn }) => ({
      cells: [
        { text: sayDayOf(dueAt), isStrong: true, isKept: true },
        isComing ? { text: title, more: 'its task is still to come' } : { text: title, href: `/tasks/${id}` },
        caseUrn === null ? words('None') : { text: caseUrn, href: `/cases/${caseUrn}` },
        words(assignee === null ? 'Nobody yet' : (names.get(assignee) ?? assignee)),
        doneOn === null ? words('Not by the end of the forecast') : day(sayDayOf(doneOn)),
      ],
    })),
  };
}
