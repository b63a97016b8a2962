import { and, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { cases, chasers, materialRequests } from '../../db/schema/index.ts';
import type { FieldError } from '../platform/failure.ts';
import type { RequestRow } from '../materials/store.ts';

export type AskedRequest = { request: RequestRow; urn: string };

/** The requests that one message asked an officer for, also those settled since, most urgent first. */
export async function readAsked(
  db: Database | Transaction,
  messageId: string,
  officer: string,
): Promise<AskedRequest[]> {
  return db
    .selectDistinct({ request: materialRequests, urn: cases.urn })
    .from(chasers)
    .innerJoin(materialRequests, eq(materialRequests.id, chasers.requestId))
    .innerJoin(cases, eq(cases.id, materialRequests.caseId))
    .where(and(eq(chasers.messageId, messageId), eq(materialRequests.officer, officer)))
    .orderBy(materialRequests.dueOn, cases.urn, materialRequests.id);
}

/** The same requests, with their rows as they are after their cases were locked. */
export async function readAgain(tx: Transaction, ids: readonly string[]): Promise<Map<string, RequestRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(materialRequests)
    .where(inArray(materialRequests.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

export type OfficerAnswer = {
  requestId: string;
  answer: 'sent' | 'late' | 'not-mine' | 'cannot';
  until?: string | undefined;
  reason?: string | undefined;
};

/** Everything wrong with an officer's answers, each naming its field. Pure. */
export function checkAnswers(
  answers: readonly OfficerAnswer[],
  asked: ReadonlyMap<string, RequestRow>,
  today: string,
): FieldError[] {
  const errors: FieldError[] = [];
  answers.forEach(({ requestId, answer, until, reason }, i) => {
    const problem = (field: string, message: string) => errors.push({ path: `items.${i}.${field}`, message });
    if (!asked.has(requestId)) problem('requestId', 'is not something that this link asks for');
    if (answers.findIndex((other) => other.requestId === requestId) !== i)
      problem('requestId', 'is answered twice');
    if (answer === 'late' && until === undefined) problem('until', 'is needed: when it will come');
    if (answer === 'late' && until !== undefined && until <= today) problem('until', 'is not a day to come');
    if (answer !== 'late' && until !== undefined) problem('until', 'is only for what will be late');
    if (answer !== 'sent' && reason === undefined)
      problem('reason', answer === 'not-mine' ? 'is needed: whose it is' : 'is needed: why');
  });
  return errors;
}
