import { and, asc, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { cases, courtCaseResults, courtExceptions, courtMessages } from '../../db/schema/index.ts';
import type { ExceptionRow } from './store.ts';
import { readSpokenPeople } from './store.ts';

export type Listed = { exception: ExceptionRow; caseUrn: string | null };

/** Exceptions that a person may see, oldest first: of the cases of their team, and of no case. */
export async function listExceptions(
  db: Database | Transaction,
  {
    state,
    staff,
  }: { state: ExceptionRow['state']; staff: { id: string; role: string; team: string | null } },
  limit: number,
  after?: readonly [createdAt: string, id: string],
): Promise<Listed[]> {
  const named = sql`${staff.id} = any(${cases.visibleTo})`;
  const ofTeam: SQL = staff.role === 'senior' ? sql`true` : sql`${cases.team} = ${staff.team}`;
  return db
    .select({ exception: courtExceptions, caseUrn: cases.urn })
    .from(courtExceptions)
    .leftJoin(cases, eq(cases.id, courtExceptions.caseId))
    .where(
      and(
        eq(courtExceptions.state, state),
        or(
          isNull(courtExceptions.caseId),
          sql`case when ${cases.restricted} then ${named} else ${ofTeam} end`,
        ),
        after === undefined
          ? undefined
          : sql`(${courtExceptions.createdAt}, ${courtExceptions.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(courtExceptions.createdAt), asc(courtExceptions.id))
    .limit(limit);
}

/** One exception, or undefined. */
export async function readException(db: Database | Transaction, id: string): Promise<Listed | undefined> {
  const [row] = await db
    .select({ exception: courtExceptions, caseUrn: cases.urn })
    .from(courtExceptions)
    .leftJoin(cases, eq(cases.id, courtExceptions.caseId))
    .where(eq(courtExceptions.id, id));
  return row;
}

/** What messages say of the case of an exception, or under its URN, with the people that they name. */
export async function saidOf(db: Database | Transaction, { caseId, urn, facts }: ExceptionRow) {
  const rows = await db
    .select({
      ...{
        id: courtCaseResults.id,
        content: courtCaseResults.content,
        messageId: courtCaseResults.messageId,
      },
      ...{ state: courtMessages.state, sentAt: courtMessages.sentAt, receivedAt: courtMessages.receivedAt },
    })
    .from(courtCaseResults)
    .innerJoin(courtMessages, eq(courtMessages.id, courtCaseResults.messageId))
    .where(
      facts.message !== undefined
        ? eq(courtCaseResults.messageId, facts.message)
        : caseId === null
          ? and(eq(courtCaseResults.urn, urn), isNull(courtCaseResults.caseId))
          : eq(courtCaseResults.caseId, caseId),
    )
    .orderBy(asc(courtMessages.receivedAt), asc(courtCaseResults.id));
  const refs = rows.flatMap(({ content }) => content.defendants.map(({ ref }) => ref));
  const people = new Map((await readSpokenPeople(db, [...new Set(refs)])).map((one) => [one.ref, one]));
  return rows.map(({ id, content, sentAt, receivedAt }) => ({
    ...{ id, hearing: content.hearing, sentAt, receivedAt },
    defendants: content.defendants.map((one) => ({
      ...one,
      name: people.get(one.ref)?.name ?? '',
      dateOfBirth: people.get(one.ref)?.dateOfBirth ?? '',
    })),
  }));
}
