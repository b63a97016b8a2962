import { sayDate, type CivilDate } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { CaseloadCase } from './caseload.ts';

/** What can keep a case where it is. */
export type PinFacts = Pick<
  CaseloadCase,
  'pinned' | 'heldBy' | 'cover' | 'hearingOn' | 'skills' | 'isRestricted'
>;

/**
 * Why a case stays with whoever has it; null where it may move. What a senior pinned comes first, then what somebody
 * has in hand; a hearing on the next working day is too near for anybody else to prepare. Pure.
 * @param isOwnerThere its caseworker is at work on the day of the hearing
 * @param hasReceiver somebody else of the team may have it
 * @param nextDay the next working day
 */
export function pinOf(
  facts: PinFacts,
  { isOwnerThere, hasReceiver }: { isOwnerThere: boolean; hasReceiver: boolean },
  nextDay: CivilDate,
): string | null {
  const { pinned, heldBy, cover, hearingOn, skills } = facts;
  if (pinned !== null)
    return `Pinned by ${pinned.by} on ${sayDate(civilDateOf(pinned.at))}: ${pinned.reason}`;
  if (heldBy !== null) return `${heldBy} has one of its tasks in hand`;
  if (cover !== null) return `${cover.by} covers it until ${sayDate(cover.until)}`;
  if (hearingOn !== null && hearingOn <= nextDay && isOwnerThere)
    return `A hearing on ${sayDate(hearingOn)} is too near to hand it over`;
  if (hasReceiver) return null;
  const needs = [
    ...(skills.length > 0 ? [`is trained in ${skills.join(' and ')}`] : []),
    ...(facts.isRestricted ? ['is named on the restricted case'] : []),
  ];
  return `Nobody else of the team who is here ${needs.length === 0 ? 'may have it' : `${needs.join(' and ')}, without a conflict of interest`}`;
}
