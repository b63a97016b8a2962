import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { sayHours } from './read-first.ts';
import type { Reachable } from './ways.ts';

/** A try at somebody, as it is about to be recorded. */
export type TryMade = {
  channel: string;
  result: string;
  at: Instant;
  /** They got in touch of themselves: any hour is theirs to choose. */
  theyRang?: boolean;
};

const written = ['sms', 'email', 'letter'];

/** What a try did against that which keeps the person safe, each as it is said of the note about them. Pure. */
export function againstNote(safe: Reachable['safeContact'], made: TryMade): string[] {
  if (safe === null) return [];
  const { channel, result, at, theyRang = false } = made;
  const { notBefore, notAfter, noVoicemail, doNotMessage } = safe;
  const day = civilDateOf(at);
  const isEarly = notBefore !== undefined && at < instantAt(day, notBefore);
  const isLate = notAfter !== undefined && at > instantAt(day, notAfter);
  const isAtHour = !written.includes(channel) && !theyRang;
  return [
    ...(noVoicemail === true && result === 'message-left'
      ? ['The note says leave no voicemail, and no message with anybody else.']
      : []),
    ...(doNotMessage === true && written.includes(channel)
      ? ['The note says send nothing written: no text, no e-mail, no letter.']
      : []),
    ...(isAtHour && (isEarly || isLate)
      ? [`The note says: ${(sayHours(notBefore, notAfter) ?? '').toLowerCase()}`]
      : []),
  ];
}
