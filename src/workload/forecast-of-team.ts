import type { CivilDate } from '../calendar/civil-date.ts';
import { groupBy } from '../platform/group-by.ts';
import { addUp, simulateTeam, teamBound } from './forecast-team.ts';
import { cumulative, earliestFirst, leastLate, simulate, type Late } from './forecast.ts';
import { shortfalls, type Shortfall } from './shortfalls.ts';
import type { TeamMember, TeamPiece } from './skill-families.ts';

/** Work of a team with what names it. */
export type ForecastWork = TeamPiece & {
  title: string;
  caseId: string | null;
  urn: string | null;
  dueAt: string;
  /** Whoever it is given to; `owner` is null where that is nobody of the team's caseworkers. */
  holder: string | null;
  /** A deadline that has no task yet. */
  isComing: boolean;
  /** Missing it ends a case or frees someone. */
  isGrave: boolean;
  isHidden: boolean;
};

export type LateWork = Pick<
  ForecastWork,
  'id' | 'title' | 'urn' | 'caseId' | 'dueAt' | 'minutes' | 'holder' | 'isComing' | 'isGrave'
> & { doneOn: CivilDate | null };

/** What will be late, and what at least must be. What is overdue already is late whatever is done, and counted in both. */
export type Outlook = {
  capacityMinutes: number;
  workMinutes: number;
  /** Already overdue. */
  overdue: number;
  /** As things are: earliest due first. */
  lateCount: number;
  /** Of those, what the viewer may not see, which is not named. */
  restrictedLate: number;
  late: LateWork[];
  leastLate: number;
};

export type Forecast = {
  team: string;
  days: readonly CivilDate[];
  people: (Outlook & { id: string; name: string })[];
  /** `leastLate` is a bound: the team is late with at least so many, and it may be more. */
  whole: Outlook;
  shortfalls: Shortfall[];
};

/** How many late pieces of work an outlook names, the earliest due first. */
const mostNamed = 200;

/** The forecast of a team: each caseworker with their own work, and the team with its pool. Pure. */
export function forecast(
  team: string,
  unsorted: readonly ForecastWork[],
  members: readonly (TeamMember & { name: string })[],
  days: readonly CivilDate[],
): Forecast {
  // Sorted once: sorting again what is in order takes one look at each.
  const work = [...unsorted].sort(earliestFirst);
  const ofPeople = groupBy(work, ({ owner }) => owner);
  const outlook = (mine: readonly ForecastWork[], byDay: readonly number[], late: Late[], least: number) => {
    const named = new Map(mine.map((one) => [one.id, one]));
    const all = late.flatMap(({ id, doneOn }) => {
      const one = named.get(id);
      return one === undefined ? [] : [{ one, doneOn: doneOn === null ? null : (days[doneOn] ?? null) }];
    });
    const seen = all.filter(({ one }) => !one.isHidden);
    return {
      capacityMinutes: byDay.reduce((sum, minutes) => sum + minutes, 0),
      workMinutes: mine.reduce((sum, { minutes }) => sum + minutes, 0),
      overdue: mine.filter(({ day }) => day < 0).length,
      lateCount: all.length,
      restrictedLate: all.length - seen.length,
      late: seen.slice(0, mostNamed).map(({ one, doneOn }) => nameOf(one, doneOn)),
      leastLate: least,
    };
  };
  return {
    team,
    days,
    people: members.map(({ id, name, byDay }) => {
      const own = ofPeople.get(id) ?? [];
      const capacity = cumulative(byDay);
      return { id, name, ...outlook(own, byDay, simulate(own, capacity), leastLate(own, capacity).length) };
    }),
    whole: outlook(work, addUp(members), simulateTeam(work, members), teamBound(work, members)),
    shortfalls: shortfalls(work, members, days),
  };
}

function nameOf(one: ForecastWork, doneOn: CivilDate | null): LateWork {
  const { id, title, urn, caseId, dueAt, minutes, holder, isComing, isGrave } = one;
  return { id, title, urn, caseId, dueAt, minutes, holder, isComing, isGrave, doneOn };
}
