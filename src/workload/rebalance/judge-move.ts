import { sayDate } from '../../calendar/civil-date.ts';
import type { cases } from '../../../db/schema/index.ts';
import { mayReceive } from './planning.ts';

/** A case that is to change hands, as it stands with the lock on it. */
export type Standing = {
  row: Pick<
    typeof cases.$inferSelect,
    'state' | 'version' | 'team' | 'caseworker' | 'restricted' | 'visibleTo' | 'skills' | 'barred'
  >;
  /** Who has one of its tasks in hand. */
  heldBy: string | null;
  pinnedBy: string | null;
  cover: { by: string; to: string } | null;
};

/** Whoever is to get it; undefined where they are no caseworker who is active. */
export type Receiver = {
  id: string;
  team: string;
  skills: readonly string[];
  /** Until when, where they are away today. */
  awayUntil: string | null;
};

/** Why a case cannot change hands now, whoever gets it; null where it can. Pure. */
export function whyItStays({ row, heldBy, pinnedBy, cover }: Standing): string | null {
  if (row.state !== 'open') return 'The case is finalised';
  if (heldBy !== null)
    return `${heldBy} has one of its tasks in hand: it stays until that is done or given back`;
  if (pinnedBy !== null) return `${pinnedBy} has pinned it`;
  if (cover !== null) return `${cover.by} covers it until ${sayDate(cover.to)}`;
  return null;
}

/** Why somebody cannot have a case; null where they can. Pure. */
export function whyNotTheirs({ row }: Standing, receiver: Receiver | undefined, to: string): string | null {
  const { team, skills, barred, restricted, visibleTo } = row;
  if (receiver === undefined) return `${to} is not a caseworker who works here`;
  if (receiver.awayUntil !== null) return `${to} is away until ${sayDate(receiver.awayUntil)}`;
  const named = restricted ? visibleTo : [];
  const wanted = { team, owner: '', skills, barred, named };
  if (mayReceive({ ...receiver, receives: true }, wanted)) return null;
  if (receiver.team !== team) return `${to} works for another team`;
  if (barred.includes(to)) return `${to} has a conflict of interest with the case`;
  const lacking = skills.filter((skill) => !receiver.skills.includes(skill));
  return lacking.length > 0
    ? `${to} is not trained for it: ${lacking.join(', ')}`
    : `${to} is not named on the restricted case`;
}

/** Why a proposed move is refused by now; null where it can be made. Pure. */
export function whyRefused(
  move: { from: string; to: string; caseVersion: number },
  standing: Standing,
  receiver: Receiver | undefined,
): string | null {
  const { caseworker, version } = standing.row;
  if (caseworker !== move.from)
    return caseworker === null
      ? `${move.from} does not have it any more`
      : `It went to ${caseworker} after this was proposed`;
  return (
    whyItStays(standing) ??
    (version === move.caseVersion ? null : 'It was changed after this was proposed') ??
    whyNotTheirs(standing, receiver, move.to)
  );
}
