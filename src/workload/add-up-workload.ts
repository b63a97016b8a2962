import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Attendance } from '../staff/attendance.ts';
import { fullWeek } from '../staff/working-pattern.ts';
import { bands, type Band } from '../tasks/urgency.ts';
import { capacityByDay } from './capacity.ts';

/** Work that is alike in whose it is, its week, its band and who may see it. */
export type WorkGroup = {
  team: string;
  assignee: string | null;
  /** In which it is due: 0 the current one, and of what is overdue too. */
  week: number;
  rank: number;
  isOverdue: boolean;
  /** A deadline that has no task yet: it counts in minutes, not among the open tasks. */
  isComing: boolean;
  isHidden: boolean;
  count: number;
  minutes: number;
};

export type LoadOfWeek = {
  from: CivilDate;
  loadMinutes: number;
  /** Of that, what belongs to restricted cases that the viewer may not see. */
  restrictedMinutes: number;
};
export type Load = {
  cases: number;
  tasks: { open: number; overdue: number };
  bands: Record<Band, number>;
  overdueMinutes: number;
  weeks: LoadOfWeek[];
  /** Due after the last week. */
  laterMinutes: number;
};
type WithCapacity = Omit<Load, 'weeks'> & { weeks: (LoadOfWeek & { capacityMinutes: number })[] };
export type PersonLoad = Pick<Attendance, 'id' | 'name' | 'role' | 'skills' | 'absences'> &
  WithCapacity & { team: string };
export type TeamLoad = WithCapacity & { team: string; pool: Load };
export type Workload = { people: PersonLoad[]; teams: TeamLoad[]; hub: WithCapacity & { pool: Load } };

type Read = {
  people: readonly Attendance[];
  groups: readonly WorkGroup[];
  cases: readonly { team: string; caseworker: string | null; count: number }[];
  mondays: readonly CivilDate[];
  /** The days of those weeks from today on. */
  days: readonly CivilDate[];
  calendar: HolidayCalendar;
  now: string;
};

/**
 * Adds up what was read: per person, per team with its pool, and the hub. Seniors are listed where they hold work;
 * their time is not counted as capacity for casework. What nobody listed holds is in the team's total. What is overdue
 * is work of the first week in which there is time left. Pure.
 */
export function addUpWorkload(read: Read): Workload {
  const { people, cases, mondays } = read;
  const capacities = new Map(people.map((person) => [person.id, capacityOf(person, read)]));
  const groups = overdueMoved(read, capacities);
  const load = (isOf: (of: { team: string; assignee: string | null }) => boolean): Load => {
    const mine = groups.filter(isOf);
    const count = cases.filter(({ team, caseworker }) => isOf({ team, assignee: caseworker }));
    return addUp(
      mine,
      mondays,
      count.reduce((sum, one) => sum + one.count, 0),
    );
  };
  const listed = people.map((person): PersonLoad => {
    const { id, name, role, skills, absences } = person;
    const capacity = capacities.get(id) ?? [];
    const own = load(({ assignee }) => assignee === id);
    return { id, name, role, team: person.team ?? '', skills, absences, ...withCapacity(own, capacity) };
  });
  const totals = (isOf: (team: string) => boolean) => {
    const capacity = mondays.map((_day, week) =>
      listed.reduce((sum, one) => sum + (isOf(one.team) ? (one.weeks[week]?.capacityMinutes ?? 0) : 0), 0),
    );
    const pool = load(({ team, assignee }) => assignee === null && isOf(team));
    return {
      ...withCapacity(
        load(({ team }) => isOf(team)),
        capacity,
      ),
      pool,
    };
  };
  const teams = [...new Set(people.map(({ team }) => team ?? ''))].sort();
  return {
    people: listed.filter(({ role, tasks, cases: has, weeks, laterMinutes }) => {
      const hasWork =
        tasks.open > 0 || has > 0 || laterMinutes > 0 || weeks.some((week) => week.loadMinutes > 0);
      return role === 'caseworker' || hasWork;
    }),
    teams: teams.map((team) => ({ team, ...totals((one) => one === team) })),
    hub: totals(() => true),
  };
}

/**
 * What is overdue, put in the first week in which whoever has it has time left; where that is nobody or a senior, or
 * somebody without time in all the weeks, the first in which anybody of the team has.
 */
function overdueMoved(
  { people, groups }: Pick<Read, 'people' | 'groups'>,
  capacities: ReadonlyMap<string, readonly number[]>,
): WorkGroup[] {
  const firstOf = (weeks: readonly number[] = []) => weeks.findIndex((minutes) => minutes > 0);
  const ofTeam = (team: string) =>
    people
      .filter((person) => person.team === team)
      .map(({ id }) => firstOf(capacities.get(id)))
      .filter((week) => week >= 0);
  const ofTeams = new Map(
    [...new Set(people.map(({ team }) => team ?? ''))].map((team) => [team, ofTeam(team)]),
  );
  return groups.map((group) => {
    if (!group.isOverdue) return group;
    const own = firstOf(capacities.get(group.assignee ?? ''));
    const week = own >= 0 ? own : Math.min(...(ofTeams.get(group.team) ?? []));
    return { ...group, week: Number.isFinite(week) ? week : 0 };
  });
}

function capacityOf(person: Attendance, { mondays, days, calendar, now }: Read): number[] {
  const { role, pattern, absences, cover } = person;
  if (role !== 'caseworker') return mondays.map(() => 0);
  const byDay = capacityByDay({ pattern: pattern ?? fullWeek, absences, cover }, days, calendar, now);
  return mondays.map((monday, week) => {
    const next = mondays[week + 1] ?? '9999-12-31';
    return days.reduce((sum, day, i) => sum + (monday <= day && day < next ? (byDay[i] ?? 0) : 0), 0);
  });
}

function withCapacity(load: Load, capacity: readonly number[]): WithCapacity {
  return {
    ...load,
    weeks: load.weeks.map((week, i) => ({ ...week, capacityMinutes: capacity[i] ?? 0 })),
  };
}

function addUp(groups: readonly WorkGroup[], mondays: readonly CivilDate[], cases: number): Load {
  const minutes = (of: (group: WorkGroup) => boolean) =>
    groups.reduce((sum, group) => sum + (of(group) ? group.minutes : 0), 0);
  const seen = groups.filter(({ isComing, isHidden }) => !isComing && !isHidden);
  const tasks = (of: (group: WorkGroup) => boolean) =>
    seen.reduce((sum, group) => sum + (of(group) ? group.count : 0), 0);
  const byBand = Object.fromEntries(
    bands.map((band, rank) => [band, tasks((group) => group.rank === rank)]),
  ) as Record<Band, number>;
  return {
    cases,
    tasks: { open: tasks(() => true), overdue: tasks(({ isOverdue }) => isOverdue) },
    bands: byBand,
    overdueMinutes: minutes(({ isOverdue }) => isOverdue),
    weeks: mondays.map((from, i) => ({
      from,
      loadMinutes: minutes(({ week }) => week === i),
      restrictedMinutes: minutes(({ week, isHidden }) => week === i && isHidden),
    })),
    laterMinutes: minutes(({ week }) => week >= mondays.length),
  };
}
