import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { groupBy } from '../platform/group-by.ts';
import { isAwayAllDay, type Away } from '../staff/away.ts';
import type { Piece } from './forecast.ts';

/** Somebody of the team with when they are away. */
export type Absentee = { id: string; name: string; absences: readonly Away[] };

/**
 * What falls due while somebody is away: what others cover, and what nobody does. Work of restricted cases that the
 * viewer may not see is in the minutes alone.
 */
export type AbsentOwner = {
  id: string;
  name: string;
  from: CivilDate;
  to: CivilDate;
  due: number;
  covered: number;
  /** Minutes of what nobody covers. */
  openMinutes: number;
  says: string;
};

/** Whether a piece of work falls due on a day on which somebody is away from morning to night. */
export function isDueWhileAway(
  { day }: Pick<Piece, 'day'>,
  { absences }: Pick<Absentee, 'absences'>,
  days: readonly CivilDate[],
): boolean {
  const due = days[day];
  return due !== undefined && isAwayAllDay(absences, due);
}

/**
 * For each absence of whole days in which work falls due: how much of it colleagues cover, and how much waits for
 * whoever is away. Pure.
 */
export function absentOwners(
  work: readonly (Piece & { owner: string | null; coveredFor: string | null; isHidden: boolean })[],
  team: readonly Absentee[],
  days: readonly CivilDate[],
): AbsentOwner[] {
  const owned = groupBy(work, ({ owner }) => owner);
  const taken = groupBy(work, ({ coveredFor }) => coveredFor);
  return team.flatMap(({ id, name, absences }) =>
    absences.flatMap((absence) => {
      const due = (one: Piece) => isDueWhileAway(one, { absences: [absence] }, days);
      const open = (owned.get(id) ?? []).filter(due);
      const covered = (taken.get(id) ?? []).filter((one) => due(one) && !one.isHidden).length;
      if (open.length + covered === 0) return [];
      const minutesOf = (all: readonly Piece[]) => all.reduce((sum, { minutes }) => sum + minutes, 0);
      const hidden = open.filter(({ isHidden }) => isHidden);
      const { from, to } = absence;
      const found = {
        ...{ id, name, from, to, covered, openMinutes: minutesOf(open) },
        due: open.length - hidden.length + covered,
      };
      return [{ ...found, says: sayAbsent(found, minutesOf(hidden)) }];
    }),
  );
}

function sayAbsent(
  { name, from, to, due, covered }: Omit<AbsentOwner, 'says'>,
  hiddenMinutes: number,
): string {
  const when = from === to ? `on ${sayDate(from)}` : `from ${sayDate(from)} to ${sayDate(to)}`;
  const what = due === 1 ? '1 piece of work falls' : `${due} pieces of work fall`;
  const who =
    covered === due
      ? 'colleagues cover it'
      : covered === 0
        ? 'nobody covers it'
        : `colleagues cover ${covered} and nobody the other ${due - covered}`;
  const seen = due === 0 ? [] : [`${what} due meanwhile, and ${who}`];
  const unseen = `${hiddenMinutes} minutes of restricted cases that you may not see fall due, and nobody covers them`;
  return `${name} is away ${when}: ${[...seen, ...(hiddenMinutes === 0 ? [] : [unseen])].join('; ')}`;
}
