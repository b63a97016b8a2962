import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import {
  cases,
  courtCaseResults,
  courtDefendants,
  courtEvents,
  courtExceptions,
  courtMessages,
  courtRefusals,
  courtUrns,
} from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { StandingEvent } from './compare-events.ts';
import type { CourtCase, SpokenCase } from './court-message.ts';
import type { Choices } from './doubts.ts';
import type { StoredResult } from './fold-results.ts';
import type { SpokenPerson } from './match-to-case.ts';

export type MessageRow = typeof courtMessages.$inferSelect;
export type ExceptionRow = typeof courtExceptions.$inferSelect;

/** Holds something that has no row yet, such as an id of a message or a URN, until the end of the transaction. */
export async function hold(tx: Transaction, what: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`court:${what}`}, 0))`);
}

/** Every body that came under an id. */
export async function readMessages(tx: Transaction, source: string, key: string): Promise<MessageRow[]> {
  return tx
    .select()
    .from(courtMessages)
    .where(and(eq(courtMessages.source, source), eq(courtMessages.key, key)));
}

export async function insertMessage(tx: Transaction, row: MessageRow): Promise<void> {
  await tx.insert(courtMessages).values(row);
}

export async function changeMessage(
  tx: Transaction,
  id: string,
  values: Partial<Pick<MessageRow, 'state' | 'answer'>>,
): Promise<void> {
  await tx.update(courtMessages).set(values).where(eq(courtMessages.id, id));
}

/** Keeps the cases of a message, its people apart from what was decided about them. */
export async function insertCases(
  tx: Transaction,
  messageId: string,
  spoken: readonly SpokenCase[],
): Promise<void> {
  for (const [position, { urn, hearing, defendants }] of spoken.entries()) {
    const content: CourtCase = { urn, hearing, defendants: [] };
    for (const { name, dateOfBirth, ...said } of defendants)
      content.defendants.push({ ref: await personOf(tx, urn, name, dateOfBirth), ...said });
    await tx
      .insert(courtCaseResults)
      .values({ id: newId(), messageId, position, urn, caseId: null, content });
  }
}

async function personOf(tx: Transaction, urn: string, name: string, dateOfBirth: string): Promise<string> {
  await tx.insert(courtDefendants).values({ id: newId(), urn, name, dateOfBirth }).onConflictDoNothing();
  const { id } = courtDefendants;
  const [row] = await tx
    .select({ id })
    .from(courtDefendants)
    .where(
      and(
        eq(courtDefendants.urn, urn),
        eq(courtDefendants.name, name),
        eq(courtDefendants.dateOfBirth, dateOfBirth),
      ),
    );
  if (!row) throw new Error('a person who was written is not there');
  return row.id;
}

/** The id of the case that a URN of the courts means: its own, or the one that a person linked it to. */
export async function caseOfUrn(tx: Transaction, urn: string): Promise<string | null> {
  const [linked] = await tx.select().from(courtUrns).where(eq(courtUrns.urn, urn));
  if (linked) return linked.caseId;
  const [own] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.urn, urn));
  return own?.id ?? null;
}

export async function linkUrn(
  tx: Transaction,
  row: { urn: string; caseId: string; linkedBy: string; linkedAt: Instant },
): Promise<void> {
  await tx.insert(courtUrns).values(row).onConflictDoNothing();
}

/** Gives what waits under a URN to its case. */
export async function giveToCase(tx: Transaction, urn: string, caseId: string): Promise<number> {
  const given = await tx
    .update(courtCaseResults)
    .set({ caseId })
    .where(and(eq(courtCaseResults.urn, urn), isNull(courtCaseResults.caseId)))
    .returning({ id: courtCaseResults.id });
  return given.length;
}

/** Leaves out what waits under a URN: it is of no case of this hub. */
export async function rejectWaiting(tx: Transaction, urn: string): Promise<void> {
  await tx
    .update(courtCaseResults)
    .set({ rejected: true })
    .where(and(eq(courtCaseResults.urn, urn), isNull(courtCaseResults.caseId)));
}

/** The cases that a message was of, as far as they are known. */
export async function casesOfMessage(tx: Transaction, messageId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ caseId: courtCaseResults.caseId })
    .from(courtCaseResults)
    .where(eq(courtCaseResults.messageId, messageId));
  return rows.flatMap(({ caseId }) => caseId ?? []);
}

/** Everything that messages say of a case, or of a URN that no case has; not those that are set aside or rejected. */
export async function readResults(
  tx: Transaction,
  of: { caseId: string } | { urn: string },
): Promise<StoredResult[]> {
  const { id, content } = courtCaseResults;
  return tx
    .select({ id, content, sentAt: courtMessages.sentAt, receivedAt: courtMessages.receivedAt })
    .from(courtCaseResults)
    .innerJoin(courtMessages, eq(courtMessages.id, courtCaseResults.messageId))
    .where(
      and(
        eq(courtMessages.state, 'recorded'),
        eq(courtCaseResults.rejected, false),
        'caseId' in of
          ? eq(courtCaseResults.caseId, of.caseId)
          : and(eq(courtCaseResults.urn, of.urn), isNull(courtCaseResults.caseId)),
      ),
    );
}

/** The people that messages named, by their ids. */
export async function readSpokenPeople(
  db: Database | Transaction,
  refs: readonly string[],
): Promise<SpokenPerson[]> {
  if (refs.length === 0) return [];
  const rows = await db
    .select()
    .from(courtDefendants)
    .where(inArray(courtDefendants.id, [...refs]));
  return rows.map(({ id, name, dateOfBirth, defendantId }) => ({
    ref: id,
    name,
    dateOfBirth,
    linkedTo: defendantId,
  }));
}

export async function linkPerson(tx: Transaction, ref: string, defendantId: string): Promise<void> {
  await tx.update(courtDefendants).set({ defendantId }).where(eq(courtDefendants.id, ref));
}

/** What people chose for a case, or for a URN that no case has. */
export async function readExceptions(
  db: Database | Transaction,
  of: { caseId: string } | { urn: string },
): Promise<ExceptionRow[]> {
  return db
    .select()
    .from(courtExceptions)
    .where(
      'caseId' in of
        ? eq(courtExceptions.caseId, of.caseId)
        : and(eq(courtExceptions.urn, of.urn), isNull(courtExceptions.caseId)),
    )
    .orderBy(asc(courtExceptions.createdAt), asc(courtExceptions.id));
}

export function choicesOf(rows: readonly ExceptionRow[]): Choices {
  return new Map(
    rows.flatMap(({ source, state, choice }) =>
      state === 'settled' && choice !== null ? [[source, choice] as const] : [],
    ),
  );
}

/** Every event that results made in a case, and those of them that stand. */
export async function readCourtEvents(
  tx: Transaction,
  caseId: string,
): Promise<{ made: Set<string>; standing: StandingEvent[] }> {
  const rows = await tx.select().from(courtEvents).where(eq(courtEvents.caseId, caseId));
  return {
    made: new Set(rows.map(({ eventId }) => eventId)),
    standing: rows.flatMap(({ key, eventId, hearingId, says }) =>
      key === null ? [] : [{ key, eventId, hearingId, says }],
    ),
  };
}

/** Remembers the events that results have just made, and that others no longer stand. */
export async function saveCourtEvents(
  tx: Transaction,
  caseId: string,
  made: readonly { key: string | null; eventId: string; hearingId: string | null; says: string }[],
  over: readonly string[],
): Promise<void> {
  if (over.length > 0)
    await tx
      .update(courtEvents)
      .set({ key: null })
      .where(inArray(courtEvents.eventId, [...over]));
  if (made.length > 0) await tx.insert(courtEvents).values(made.map((one) => ({ ...one, caseId })));
}

/** Keeps that a message came and could not be read, and nothing of it. */
export async function recordRefusal(
  db: Database | Transaction,
  refusal: { receivedFrom: string; reason: string; bytes: number | null },
): Promise<void> {
  await db.insert(courtRefusals).values({ id: newId(), at: sql`hub_now()`, ...refusal });
}
