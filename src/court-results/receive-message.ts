import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { Recording } from '../cases/settle.ts';
import { holdCalendar, loadCalendar } from '../deadlines/store-calendar.ts';
import { loadRules } from '../deadlines/store-settings.ts';
import type { Actor } from '../staff/history.ts';
import type { CourtMessage, Refusal } from './court-message.ts';
import { decodeXml } from './decode-xml.ts';
import { readSpi } from './read-spi.ts';

/** A message that was read, with the text that it was read from. */
export type ReadMessage = { kind: 'read'; message: CourtMessage; body: string };

/** Reads the bytes of a message. Pure. */
export function readMessage(bytes: Uint8Array, charset?: string): ReadMessage | Refusal {
  const decoded = decodeXml(bytes, charset);
  if (decoded.kind === 'refused') return decoded;
  const message = readSpi(decoded.text);
  return 'kind' in message ? message : { kind: 'read', message, body: decoded.text };
}

/** What a message of the watched folder is recorded with: the hub’s time, calendar and rules in its transaction. */
export async function recordingFor(tx: Transaction, actor: Actor): Promise<Recording> {
  const [, now, calendar, rules] = await Promise.all([
    holdCalendar(tx),
    readNow(tx),
    loadCalendar(tx),
    loadRules(tx),
  ]);
  return { now, calendar, rules, actor };
}
