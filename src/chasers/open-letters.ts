import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { insertMany } from '../../db/many-rows.ts';
import { messages, queueOfPurpose } from '../../db/schema/messages.ts';
import { announceDue } from '../alerts/announce-due.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { morningOf, onBusinessDays } from './business-hours.ts';

/** A letter that chasers are to join: the digest of a day, or one that cannot wait for it. */
export type WantedLetter = {
  purpose: 'chaser' | 'escalation';
  recipient: { collar: string; email: string };
  /** The digest of this day, or the moment of an immediate one. */
  of: { day: CivilDate } | { moment: Instant };
  /** Not before this moment. */
  from: Instant;
  caseIds: readonly string[];
};

type Tried = WantedLetter & { name: string; key: string; round: number };
type Waiting = { id: string; key: string; can_join: boolean; case_ids: string[] | string };

/** Rounds after which something is wrong: each is another day, whose digest has left already. */
const mostRounds = 10;

/**
 * The messages that are still to be sent and that chasers can join: the digest of a day for an officer, one a day at
 * most, or where that has left already the next day's. A message is written when it is sent, from all that is owed then.
 * Any number of letters takes the same few statements.
 * @returns the ids of the messages, by the caller's names for the letters
 */
export async function openLetters(
  tx: Transaction,
  wanted: ReadonlyMap<string, WantedLetter>,
  calendar: HolidayCalendar,
  now: Instant,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let left = [...wanted].map(([name, letter]): Tried => ({
    ...letter,
    name,
    key: keyOf(letter, 0),
    round: 0,
  }));
  while (left.length > 0) {
    const ids = await joinOrMake(tx, left, now);
    for (const { name, key } of left) if (ids.has(key)) found.set(name, ids.get(key) ?? '');
    left = left.filter(({ key }) => !ids.has(key)).map((letter) => nextOf(letter, calendar));
  }
  return found;
}

function keyOf({ purpose, recipient, of }: WantedLetter, round: number): string {
  const which = 'day' in of ? of.day : `${of.moment}:${round}`;
  return `${purpose}:${recipient.collar}:${which}`;
}

function nextOf(letter: Tried, calendar: HolidayCalendar): Tried {
  const round = letter.round + 1;
  if (round > mostRounds) throw new Error('no letter to an officer can be joined');
  const of = 'day' in letter.of ? { day: onBusinessDays(calendar, letter.of.day, 1) } : letter.of;
  return { ...letter, of, key: keyOf({ ...letter, of }, round), round };
}

/** The ids, by key, of those that are new or wait still; of those that have left nothing. */
async function joinOrMake(
  tx: Transaction,
  letters: readonly Tried[],
  now: Instant,
): Promise<Map<string, string>> {
  // Two letters of one batch can come to the same day; and rows are locked in the order of their keys.
  const byKey = new Map<string, Tried & { cases: Set<string> }>();
  for (const letter of letters) {
    const same = byKey.get(letter.key) ?? { ...letter, cases: new Set<string>() };
    for (const id of letter.caseIds) same.cases.add(id);
    byKey.set(letter.key, same);
  }
  const inOrder = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = inOrder.map((letter) => messageOf(letter, now));
  const made = await insertMany<typeof messages, { id: string; key: string }>(
    tx,
    messages,
    rows,
    sql`on conflict (key) do nothing returning id, key`,
  );
  const ids = new Map(made.map(({ id, key }) => [key, id]));
  const earliest = rows
    .filter(({ key }) => ids.has(key))
    .map(({ dueAt }) => dueAt)
    .sort()[0];
  if (earliest !== undefined) await announceDue(tx, queueOfPurpose('chaser'), earliest);
  const standing = inOrder.filter(({ key }) => !ids.has(key));
  if (standing.length === 0) return ids;
  const waiting = await lockWaiting(
    tx,
    standing.map(({ key }) => key),
  );
  const joins = waiting.map(({ id, key, case_ids: known }) => {
    ids.set(key, id);
    const before = typeof known === 'string' ? (JSON.parse(known) as string[]) : known;
    return { id, cases: [...new Set([...before, ...(byKey.get(key)?.cases ?? [])])] };
  });
  await tx.execute(sql`
    update messages m set case_ids = w.cases
    from jsonb_to_recordset(${JSON.stringify(joins)}::jsonb) w(id uuid, cases jsonb) where m.id = w.id`);
  return ids;
}

function messageOf(
  { purpose, recipient, of, key, from, cases }: Tried & { cases: Set<string> },
  now: Instant,
) {
  const morning = 'day' in of ? morningOf(of.day) : from;
  return {
    id: newId(),
    key,
    channel: 'email' as const,
    purpose,
    toId: recipient.collar,
    toAddress: recipient.email,
    caseIds: [...cases],
    facts: { thread: `${purpose}:${recipient.collar}` },
    state: 'pending' as const,
    dueAt: morning > from ? morning : from,
    attempts: 0,
    createdAt: now,
  };
}

async function lockWaiting(tx: Transaction, keys: readonly string[]): Promise<Waiting[]> {
  const rows = await tx.execute<Waiting>(sql`
    select id, key, case_ids, state = 'pending' and subject is null as can_join from messages
    where key = any (array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)))
    order by key for update`);
  // What has been written says what it says: only one that is still to be written can be joined.
  return rows.filter((row) => row.can_join);
}
