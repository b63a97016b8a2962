import { eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { LinkedRequest } from '../../db/schema/messages.ts';
import { cases, materialRequests } from '../../db/schema/index.ts';
import type { FieldError } from '../platform/failure.ts';
import { occasionOf } from '../materials/occasion.ts';
import type { RequestRow } from '../materials/store.ts';

export type AskedRequest = { request: RequestRow; urn: string };

/**
 * The requests that a link opens, also those settled since, most urgent first. What another officer is asked for now,
 * because the case has changed hands, it opens no longer.
 */
export async function readAsked(
  db: Database | Transaction,
  requests: readonly LinkedRequest[],
): Promise<AskedRequest[]> {
  if (requests.length === 0) return [];
  const owners = new Map(requests.map(({ id, officer }) => [id, officer]));
  const rows = await db
    .select({ request: materialRequests, urn: cases.urn })
    .from(materialRequests)
    .innerJoin(cases, eq(cases.id, materialRequests.caseId))
    .where(inArray(materialRequests.id, [...owners.keys()]))
    .orderBy(materialRequests.dueOn, cases.urn, materialRequests.id);
  return rows.filter(({ request }) => owners.get(request.id) === request.officer);
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
  /** The asking that the officer was shown, as `occasionOf` names it. */
  asking?: string | undefined;
  /** When it will come. */
  until?: string | undefined;
  reason?: string | undefined;
  /** The collar number of whoever has it. */
  whose?: string | undefined;
};

/** Everything wrong with an officer's answers, each naming its field. Pure. */
export function checkAnswers(
  answers: readonly OfficerAnswer[],
  asked: ReadonlyMap<string, RequestRow>,
  today: string,
): FieldError[] {
  const errors: FieldError[] = [];
  answers.forEach(({ requestId, answer, asking, until, reason, whose }, i) => {
    const problem = (field: string, message: string) => errors.push({ path: `items.${i}.${field}`, message });
    const request = asked.get(requestId);
    if (!request) problem('requestId', 'is not something that this link asks for');
    else if (asking !== undefined && asking !== occasionOf(request) && request.state === 'outstanding')
      problem('asking', 'is not what is asked for now: it has changed since you read it');
    if (answers.findIndex((other) => other.requestId === requestId) !== i)
      problem('requestId', 'is answered twice');
    if (answer === 'late' && until === undefined) problem('until', 'is needed: when it will come');
    if (answer === 'late' && until !== undefined && until <= today) problem('until', 'is not a day to come');
    if (answer !== 'late' && until !== undefined) problem('until', 'is only for what will be late');
    if (answer !== 'not-mine' && whose !== undefined) problem('whose', 'is only for what is not yours');
    if (answer === 'not-mine' && whose === undefined && reason === undefined)
      problem('whose', 'is needed: the collar number of whoever has it, or in your own words');
    if ((answer === 'late' || answer === 'cannot') && reason === undefined)
      problem('reason', 'is needed: why');
  });
  return errors;
}

const saidAs = { sent: 'sent', 'not-mine': 'not yours', cannot: 'cannot be had' } as const;

/** What an officer is told that they answered, line by line; their own words are left out of messages. Pure. */
export function sayAnswers(
  answers: readonly OfficerAnswer[],
  nameOf: (requestId: string) => string,
  sayDay: (day: string) => string,
): string[] {
  return answers.map(({ requestId, answer, until, whose }) => {
    const said =
      answer === 'late'
        ? `late, coming by ${until === undefined ? 'a day to be named' : sayDay(until)}`
        : `${saidAs[answer]}${whose === undefined ? '' : `, with ${whose}`}`;
    return `${nameOf(requestId)}: ${said}.`;
  });
}
