import type { MessageWay } from '../../db/schema/person-details.ts';
import { addDays } from '../calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { isMobile, waysToReach, type Reachable } from '../victims/ways.ts';

/** No message leaves before or after, whatever the person allows: defaults of the hub. London. */
const hours = { from: '09:00', to: '20:00' };

/** Why a message may not be sent to a person by a way; empty where it may. Pure. */
export function whyNoMessage(person: Reachable, way: MessageWay): string[] {
  const { details, safeContact, contact, preferred } = person;
  const why: string[] = [];
  if (preferred === 'none') why.push('the person asked not to be contacted');
  if (safeContact?.doNotMessage) why.push('nothing written may be sent to them');
  if (!(details?.agreed ?? []).includes(way)) why.push('they have not agreed to it');
  if (details?.refused?.includes(way)) why.push('they have refused it');
  if (details?.representative?.instead) why.push('somebody else is contacted instead of them');
  if ((way === 'email' ? contact.email : contact.phone) === undefined) why.push('there is no address for it');
  else if (way === 'sms' && !isMobile(contact.phone ?? '')) why.push('the number is of no mobile telephone');
  if (why.length === 0 && !waysToReach(person).includes(way)) why.push('it is not a safe way');
  if (why.length === 0 && nextAllowed(person, '2026-01-01T00:00:00.000Z') === null)
    why.push('there is no hour in which it would be safe');
  return why;
}

/** The first moment from now on at which a message may leave to a person; null where no hour is safe. Pure. */
export function nextAllowed({ safeContact }: Pick<Reachable, 'safeContact'>, now: Instant): Instant | null {
  const opens = [hours.from, safeContact?.notBefore ?? hours.from].sort().at(-1) ?? hours.from;
  const closes = [hours.to, safeContact?.notAfter ?? hours.to].sort()[0] ?? hours.to;
  if (opens >= closes) return null;
  const today = civilDateOf(now);
  if (now < instantAt(today, opens)) return instantAt(today, opens);
  if (now < instantAt(today, closes)) return now;
  return instantAt(addDays(today, 1), opens);
}
