import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { addUp } from './forecast-team.ts';
import { cumulative } from './forecast.ts';
import { familiesOf, type Family, type TeamMember, type TeamPiece } from './skill-families.ts';

/** A date by which more work is due, or nearly so, than those who can do it have minutes for. */
export type Shortfall = {
  /** Sets of skills that the work takes; an empty set is work that anybody can do. */
  skills: string[][];
  by: CivilDate;
  capacityMinutes: number;
  dueMinutes: number;
  /** Tight: it can still be done, and hardly. */
  kind: 'short' | 'tight';
  because: string;
};

/** From this share of the minutes there are, what is due is called tight. */
const tightShare = 0.9;

/**
 * Where a team could not do its work in time however it is shared out, and where it hardly could: for each group of
 * skills the first day on which that is so, and of groups within groups the smallest. What is overdue already is not
 * counted: it can be on time no more.
 * @param days the civil day of each day of the forecast
 */
export function shortfalls(
  pieces: readonly TeamPiece[],
  team: readonly TeamMember[],
  days: readonly CivilDate[],
): Shortfall[] {
  const ahead = pieces.filter(({ day }) => day >= 0 && day < days.length);
  const found = familiesOf(ahead, team).flatMap((family) => {
    const one = firstShortfall(family, days);
    return one === undefined ? [] : [one];
  });
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          (other.kind === 'short' || one.kind === 'tight') &&
          other.skills.length < one.skills.length &&
          other.skills.every((set) => one.skills.some((mine) => mine.join() === set.join())),
      ),
  );
}

function firstShortfall(
  { skills, work, members }: Family,
  days: readonly CivilDate[],
): Shortfall | undefined {
  const capacity = cumulative(addUp(members));
  const due = new Array<number>(days.length).fill(0);
  for (const { day, minutes } of work) due[day] = (due[day] ?? 0) + minutes;
  const dueBy = cumulative(due);
  const first = (share: number) =>
    days.findIndex((_day, i) => (due[i] ?? 0) > 0 && (dueBy[i] ?? 0) > (capacity[i] ?? 0) * share);
  const short = first(1);
  const at = short >= 0 ? short : first(tightShare);
  const by = days[at];
  if (by === undefined) return undefined;
  const kind = short >= 0 ? 'short' : 'tight';
  const found = { skills, by, capacityMinutes: capacity[at] ?? 0, dueMinutes: dueBy[at] ?? 0, kind } as const;
  return { ...found, because: sayShortfall(found, members.length) };
}

/** "Domestic-abuse-trained staff have 41 hours until the end of 14 January 2026; work due by then is 52 hours." */
export function sayShortfall(shortfall: Omit<Shortfall, 'because'>, people: number): string {
  const { skills, by, capacityMinutes, dueMinutes } = shortfall;
  const have = sayHours(Math.floor(capacityMinutes / 6) / 10);
  const due = sayHours(Math.ceil(dueMinutes / 6) / 10);
  const who = sayWho(skills);
  const until = `until the end of ${sayDate(by)}`;
  return people === 0
    ? `${who}: there are none, and ${due} of work are due ${until}`
    : `${who} have ${have} ${until}; work due by then is ${due}`;
}

function sayHours(hours: number): string {
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

function sayWho(sets: readonly string[][]): string {
  if (sets.some((set) => set.length === 0)) return 'All staff of the team';
  const words = sets.map((set) => `${set.join('-and-')}-trained`).join(' or ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)} staff`;
}
