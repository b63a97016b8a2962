import type { CivilDate } from '../calendar/civil-date.ts';
import { groupBy } from '../platform/group-by.ts';
import { absentOwners, isDueWhileAway, type AbsentOwner, type Absentee } from './absent-owners.ts';
import { addUp, simulateTeam, teamBound } from './forecast-team.ts';
import { earliestFirst, fewestLate, simulate, type Late } from './forecast.ts';
import { shortfalls, type Shortfall } from './shortfalls.ts';
import type { TeamMember, TeamPiece } from './skill-families.ts';

/** Work of a team with what names it. */
export type ForecastWork = TeamPiece & {
  title: string;
  caseId: string | null;
  urn: string | null;
  dueAt: string;
  /** Minutes within which four in five of its kind are done. */
  cautiousMinutes: number;
  /** Whoever it is given to; `owner` is null where that is nobody of the team's caseworkers. */
  holder: string | null;
  /** Whoever is away, where the holder has it meanwhile. */
  coveredFor: string | null;
  /** A deadline that has no task yet. */
  isComing: boolean;
  /** Missing it ends a case or frees someone. */
  isGrave: boolean;
  isHidden: boolean;
};

type Named = 'id' | 'title' | 'urn' | 'caseId' | 'dueAt' | 'minutes' | 'holder' | 'isComing';
export type LateWork = Pick<ForecastWork, Named> & {
  doneOn: CivilDate | null;
  /** Until then it is put off or not to be seen; null where it can be begun now. */
  startsOn: CivilDate | null;
  /** It falls due while whoever has it is away. */
  isDueWhileAway: boolean;
};

/** A limit that ends a case or frees someone, and will be late; at `cautious` only if work takes long. */
export type GraveLate = { id: string; dueAt: string; kind: 'usual' | 'cautious' };

/**
 * What will be late, and what at least must be. What is overdue already is late whatever is done, and counted in both.
 * Of restricted cases that the viewer may not see the minutes are counted, and nothing else.
 */
export type Outlook = {
  capacityMinutes: number;
  workMinutes: number;
  /** Already overdue. */
  overdue: number;
  /** As things are: earliest due first. */
  lateCount: number;
  /** Of the work that will be late, what belongs to restricted cases that the viewer may not see. */
  restrictedLateMinutes: number;
  late: LateWork[];
  leastLate: number;
  /**
   * The same if all of it took as long as four in five stay within: more than is likely, for seldom does all of it.
   * `late` names what is late then and not as usual.
   */
  cautious: { workMinutes: number; lateCount: number; restrictedLateMinutes: number; late: LateWork[] };
  grave: GraveLate[];
};

export type Forecast = {
  team: string;
  days: readonly CivilDate[];
  people: (Outlook & { id: string; name: string })[];
  /** `leastLate` is a bound: the team is late with at least so many, and it may be more. */
  whole: Outlook;
  shortfalls: Shortfall[];
  absences: AbsentOwner[];
};

/** How many late pieces of work the outlook of a team and of a person names, the earliest due first. */
const mostNamed = { team: 200, person: 50 };

type Run = {
  work: readonly ForecastWork[];
  byDay: readonly number[];
  late: readonly Late[];
  cautiousLate: readonly Late[];
  leastLate: number;
  most: number;
};

/** The forecast of a team: each caseworker with their own work, and the team with its pool. Pure. */
export function forecast(
  team: string,
  unsorted: readonly ForecastWork[],
  members: readonly (TeamMember & Absentee)[],
  days: readonly CivilDate[],
): Forecast {
  // Sorted once: sorting again what is in order takes one look at each.
  const work = [...unsorted].sort(earliestFirst);
  const slow = work.map((one) => ({ ...one, minutes: one.cautiousMinutes }));
  const seen = work.filter(({ isHidden }) => !isHidden);
  const [ofPeople, slowOfPeople, seenOfPeople] = [work, slow, seen].map((all) =>
    groupBy(all, ({ owner }) => owner),
  );
  const away = new Map(members.map((member) => [member.id, member]));
  const outlook = (run: Run): Outlook => outlookOf(run, days, away);
  return {
    team,
    days,
    people: members.map(({ id, name, byDay }) => {
      const own = ofPeople?.get(id) ?? [];
      const run = {
        ...{ work: own, byDay, late: simulate(own, byDay) },
        // What the viewer does not see could be done last: so many of what they see are late in any order.
        leastLate: fewestLate(seenOfPeople?.get(id) ?? [], byDay),
        cautiousLate: simulate(slowOfPeople?.get(id) ?? [], byDay),
        most: mostNamed.person,
      };
      return { id, name, ...outlook(run) };
    }),
    whole: outlook({
      ...{
        work,
        byDay: addUp(members),
        late: simulateTeam(work, members),
        leastLate: teamBound(seen, members),
      },
      cautiousLate: simulateTeam(slow, members),
      most: mostNamed.team,
    }),
    shortfalls: shortfalls(work, members, days),
    absences: absentOwners(work, members, days),
  };
}

function outlookOf(
  { work, byDay, late, cautiousLate, leastLate, most }: Run,
  days: readonly CivilDate[],
  members: ReadonlyMap<string, Absentee>,
): Outlook {
  const byId = new Map(work.map((one) => [one.id, one]));
  const found = (all: readonly Late[]) =>
    all.flatMap(({ id, doneOn }) => {
      const one = byId.get(id);
      return one === undefined ? [] : [{ one, doneOn: doneOn === null ? null : (days[doneOn] ?? null) }];
    });
  const [usual, slow] = [found(late), found(cautiousLate)];
  const seen = (all: ReturnType<typeof found>) => all.filter(({ one }) => !one.isHidden);
  const named = (all: ReturnType<typeof found>): LateWork[] =>
    seen(all)
      .slice(0, most)
      .map(({ one, doneOn }) => nameOf(one, doneOn, { days, owner: members.get(one.owner ?? '') }));
  const isUsual = new Set(late.map(({ id }) => id));
  const further = slow.filter(({ one }) => !isUsual.has(one.id));
  const grave = (all: ReturnType<typeof found>, kind: GraveLate['kind']) =>
    all.flatMap(({ one: { id, dueAt, isGrave, day } }) => (isGrave && day >= 0 ? [{ id, dueAt, kind }] : []));
  const sum = (minutes: readonly number[]) => minutes.reduce((total, one) => total + one, 0);
  const hidden = (all: ReturnType<typeof found>, minutes: 'minutes' | 'cautiousMinutes') =>
    sum(all.map(({ one }) => (one.isHidden ? one[minutes] : 0)));
  return {
    capacityMinutes: sum(byDay),
    workMinutes: sum(work.map(({ minutes }) => minutes)),
    overdue: work.filter(({ day, isHidden }) => day < 0 && !isHidden).length,
    lateCount: seen(usual).length,
    restrictedLateMinutes: hidden(usual, 'minutes'),
    late: named(usual),
    leastLate,
    cautious: {
      workMinutes: sum(work.map(({ cautiousMinutes }) => cautiousMinutes)),
      lateCount: seen(slow).length,
      restrictedLateMinutes: hidden(slow, 'cautiousMinutes'),
      late: named(further),
    },
    grave: [...grave(usual, 'usual'), ...grave(further, 'cautious')],
  };
}

function nameOf(
  one: ForecastWork,
  doneOn: CivilDate | null,
  { days, owner }: { days: readonly CivilDate[]; owner: Absentee | undefined },
): LateWork {
  const { id, title, urn, caseId, dueAt, minutes, holder, isComing, release = 0 } = one;
  return {
    ...{ id, title, urn, caseId, dueAt, minutes, holder, isComing, doneOn },
    startsOn: release > 0 ? (days[release] ?? null) : null,
    isDueWhileAway: owner !== undefined && isDueWhileAway(one, owner, days),
  };
}
