import type { z } from 'zod';
import { addDays, sayDateWithoutYear } from '../../../calendar/civil-date.ts';
import { instantAt, sayTime } from '../../../calendar/london-time.ts';
import { bands } from '../../../tasks/urgency.ts';
import type { workloadSchema } from '../../api/workload.ts';
import { loadBar, sayHours, sayRoom } from '../figures/load-bar.ts';
import { figure, numberHead, wordHead, words, type Cell, type Table } from '../figures/table.ts';
import { bandTags, sayMoment } from '../say.ts';

export type WorkloadJson = z.output<typeof workloadSchema>;
export type PersonJson = WorkloadJson['items'][number];
type Week = PersonJson['weeks'][number];
type Load = Pick<PersonJson, 'cases' | 'tasks' | 'bands' | 'overdueMinutes'>;

type Choice = { value: string; text: string; selected: boolean };

/** The view model of the workload board. */
export type WorkloadView = {
  asOf: string;
  planned: string;
  teams: Choice[];
  weeks: Choice[];
  load: Table;
  totals: Table;
  work: Table;
  isEmpty: boolean;
  nextHref: string | null;
};

export const teamNames: Record<string, string> = { crime: 'Crime', traffic: 'Traffic' };
export const nameOfTeam = (team: string): string => teamNames[team] ?? team;

/** The teams that a list can be narrowed to. */
export function teamChoices(team: string): Choice[] {
  return [['', 'Every team'], ...Object.entries(teamNames)].map(([value = '', text = '']) => ({
    value,
    text,
    selected: value === team,
  }));
}

/**
 * The workload board: every caseworker's capacity and load by week, as bars and as numbers, with the totals of teams
 * and hub, and what their work is.
 * @param asked the filter: '' for every team, and how many weeks
 */
export function workloadView(workload: WorkloadJson, asked: { team: string; weeks: string }): WorkloadView {
  const { items, teams, hub } = workload;
  const shownTeams = teams.filter(({ team }) => asked.team === '' || team === asked.team);
  const mondays = hub.weeks.map(({ from }) => from);
  const most = largest(items.flatMap(({ weeks }) => weeks));
  const mostOfTotals = largest([...shownTeams, hub].flatMap(({ weeks }) => weeks));
  const heads = [wordHead(''), ...mondays.map(weekHead)];
  const totalRows = shownTeams.flatMap(({ team, weeks, pool }) => [
    { cells: [words(`${nameOfTeam(team)} team`), ...weeks.map((week) => weekCell(week, mostOfTotals))] },
    {
      cells: [
        { text: `${nameOfTeam(team)}: nobody’s yet`, more: 'within the team’s load' },
        ...pool.weeks.map(({ loadMinutes }): Cell => ({ text: sayHours(loadMinutes) })),
      ],
    },
  ]);
  const hubRow = {
    cells: [words('The whole hub'), ...hub.weeks.map((week) => weekCell(week, mostOfTotals))],
    isTotal: true,
  };
  return {
    asOf: sayMoment(workload.asOf),
    planned: `${Math.round(workload.plannedShare * 100)} %`,
    teams: teamChoices(asked.team),
    weeks: ['4', '8', '12'].map((value) => ({
      value,
      text: `${value} weeks`,
      selected: value === asked.weeks,
    })),
    load: {
      id: 'load',
      title: 'Load and capacity by week',
      isDense: true,
      heads: heads.with(0, wordHead('Caseworker')),
      rows: items.map((person) => ({
        cells: [personCell(person), ...person.weeks.map((week) => weekCell(week, most))],
      })),
    },
    totals: {
      id: 'totals',
      title: 'Teams and hub',
      isDense: true,
      heads: heads.with(0, wordHead('Total')),
      rows: [...totalRows, ...(asked.team === '' ? [hubRow] : [])],
    },
    work: workTable(items, asked.team === '' ? { teams: shownTeams, hub } : { teams: shownTeams }),
    isEmpty: items.length === 0,
    nextHref:
      workload.next === null
        ? null
        : `/workload?${new URLSearchParams({ ...asked, cursor: workload.next }).toString()}`,
  };
}

/** One person's weeks as a table of their own, the bars in their own measure. */
export function weeksTable(weeks: readonly Week[]): Table {
  const most = largest(weeks);
  return {
    id: 'weeks',
    title: 'Load and capacity by week',
    heads: [wordHead('Week'), wordHead('Load of capacity'), wordHead('Room')],
    rows: weeks.map((week, i) => ({
      cells: [
        words(sayWeek(week.from, i)),
        {
          text: `${sayHours(week.loadMinutes)} of ${sayHours(week.capacityMinutes)}`,
          bar: barOf(week, most),
        },
        { text: capitalised(sayRoom(week.loadMinutes, week.capacityMinutes)), isStrong: isOver(week) },
      ],
    })),
  };
}

/** "6 July to 17 July (leave)", "3 June, 9am to 1pm (at court)": what is still to come of somebody's absences. */
export function sayAbsence({ from, to, start, end, kind }: PersonJson['absences'][number]): string {
  const [first, last] = [sayDateWithoutYear(from), sayDateWithoutYear(to)];
  const time = (clock: string) => sayTime(instantAt(from, clock));
  const at = (day: string, clock?: string) => (clock === undefined ? day : `${day} ${time(clock)}`);
  const days =
    from === to
      ? [first, ...sayHoursAway(time, start, end)].join(', ')
      : `${at(first, start)} to ${at(last, end)}`;
  return `${days} (${absenceNames[kind]})`;
}

function sayHoursAway(time: (clock: string) => string, start?: string, end?: string): string[] {
  if (start === undefined) return end === undefined ? [] : [`until ${time(end)}`];
  return [end === undefined ? `from ${time(start)}` : `${time(start)} to ${time(end)}`];
}

export const absenceNames: Record<PersonJson['absences'][number]['kind'], string> = {
  leave: 'leave',
  sickness: 'sickness',
  court: 'at court',
  training: 'training',
};

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sayWeek(from: string, i: number): string {
  const week = `${sayDateWithoutYear(from)} to ${sayDateWithoutYear(addDays(from, 6))}`;
  return i === 0 ? `${week} (this week)` : week;
}

/** "23 Nov": there is no room for more over a column. */
function sayShortDate(date: string): string {
  const [day = '', month = ''] = sayDateWithoutYear(date).split(' ');
  return `${day} ${month.slice(0, 3)}`;
}

function weekHead(from: string, i: number) {
  return wordHead(i === 0 ? 'This week' : sayShortDate(from));
}

function largest(weeks: readonly Week[]): number {
  return Math.max(
    0,
    ...weeks.map(({ loadMinutes, capacityMinutes }) => Math.max(loadMinutes, capacityMinutes)),
  );
}

const barOf = (week: Week, most: number) => loadBar(week.loadMinutes, week.capacityMinutes, most);
const isOver = ({ loadMinutes, capacityMinutes }: Week) => loadMinutes > capacityMinutes;

function weekCell(week: Week, most: number): Cell {
  const { loadMinutes, capacityMinutes } = week;
  return {
    text: `${sayHours(loadMinutes)} of ${sayHours(capacityMinutes)}`,
    bar: barOf(week, most),
    ...(isOver(week)
      ? { tag: { text: sayRoom(loadMinutes, capacityMinutes), classes: 'govuk-tag--orange hub-over' } }
      : { more: sayRoom(loadMinutes, capacityMinutes) }),
  };
}

function personCell({ id, name, role, absences }: PersonJson): Cell {
  const [next] = absences;
  const away = next === undefined ? '' : `Away ${sayAbsence(next)}`;
  const more = role === 'senior' ? 'Senior: not counted as capacity' : away;
  return { text: name, href: `/workload/${encodeURIComponent(id)}`, ...(more === '' ? {} : { more }) };
}

function workTable(
  people: readonly PersonJson[],
  totals: { teams: WorkloadJson['teams']; hub?: WorkloadJson['hub'] },
): Table {
  const row = (cell: Cell, of: Load, isTotal = false) => ({
    cells: [
      cell,
      figure(of.cases),
      figure(of.tasks.open),
      {
        ...figure(of.tasks.overdue),
        isStrong: of.tasks.overdue > 0,
        ...(of.overdueMinutes > 0 ? { more: sayHours(of.overdueMinutes) } : {}),
      },
      ...bands.map((band) => figure(of.bands[band])),
    ],
    isTotal,
  });
  return {
    id: 'work',
    title: 'Cases and open tasks',
    heads: [
      wordHead('Caseworker'),
      numberHead('Cases'),
      numberHead('Open tasks'),
      numberHead('Past its date'),
      ...bands.map((band) => numberHead(bandTags[band].text)),
    ],
    rows: [
      ...people.map((person) =>
        row({ text: person.name, href: `/workload/${encodeURIComponent(person.id)}` }, person),
      ),
      ...totals.teams.flatMap((team) => [
        row(words(`${nameOfTeam(team.team)}: nobody’s yet`), team.pool),
        row(words(`${nameOfTeam(team.team)} team`), team, true),
      ]),
      ...(totals.hub === undefined ? [] : [row(words('The whole hub'), totals.hub, true)]),
    ],
  };
}
