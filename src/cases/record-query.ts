import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { officers } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { saveWords } from '../correspondence/store.ts';
import { invalid, invalidField, type Failure } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import type { Asker } from '../queries/answer-periods.ts';
import { checkQuery } from '../queries/check-query.ts';
import { queriesOf, type Query, type QueryAsked, type QueryChannel } from '../queries/queries-of.ts';
import { foldCase } from './fold.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

export type QueryBody = {
  from: {
    kind: Asker;
    officer?: string | undefined;
    person?: string | undefined;
    defendant?: string | undefined;
    who?: string | undefined;
  };
  about: QueryAsked['about'];
  how: QueryChannel;
  question: string;
  askedAt?: string | undefined;
  dueOn?: string | undefined;
};

/**
 * Logs a question against a case, which makes the task to answer it, also on a case that is finalised: victims ask
 * after the end. The caller holds the lock on the case.
 * @returns the id of the question; `invalid` where a field is wrong or contradicts the case
 */
export async function askQuery(
  tx: Transaction,
  row: CaseRow,
  body: QueryBody,
  recording: Recording,
): Promise<string | Failure> {
  const state = foldCase(await readEvents(tx, row.id));
  const { now, actor } = recording;
  const askedAt = body.askedAt ?? now;
  const { errors, from } = checkQuery({ ...body, askedAt }, state, now);
  if (errors.length > 0) return invalid(errors);
  if (from.officer !== undefined && !(await isOfficer(tx, from.officer)))
    return invalidField('from.officer', 'is not the collar number of an officer that is known here');
  const data: QueryAsked = {
    asker: body.from.kind,
    about: body.about,
    how: body.how,
    ...(from.officer === undefined ? {} : { officer: from.officer }),
    ...(body.dueOn === undefined ? {} : { dueOn: body.dueOn }),
  };
  const id = newId();
  await recordOwnEvent(
    tx,
    row,
    {
      id,
      type: 'query-asked',
      on: civilDateOf(askedAt),
      at: askedAt,
      personId: from.person ?? null,
      defendantId: from.defendant ?? null,
      data,
    },
    recording,
  );
  await saveWords(tx, {
    eventId: id,
    caseId: row.id,
    words: body.question,
    who: body.from.who ?? null,
    recordedAt: now,
    recordedBy: actor.id,
  });
  return id;
}

/** How a question came to its end: what was answered, or why it needs no answer any more. */
export type QueryEnd =
  | { type: 'query-answered'; words: string; how: QueryChannel; at?: string | undefined }
  | { type: 'query-withdrawn'; words: string; at?: string | undefined };

/**
 * Records the answer to a question, or that it was withdrawn, which completes its task. The caller holds the lock on
 * the case.
 * @returns `not-found` where it is no question of the case in force, `conflict` where it is answered or withdrawn
 */
export async function endQuery(
  tx: Transaction,
  row: CaseRow,
  id: string,
  end: QueryEnd,
  recording: Recording,
): Promise<Query | Failure> {
  const { now, actor, calendar } = recording;
  const query = queriesOf(foldCase(await readEvents(tx, row.id)), calendar).find((one) => one.id === id);
  if (query === undefined) return { kind: 'conflict', detail: 'The question was taken back.' };
  if (query.state !== 'open') return { kind: 'conflict', detail: `The question is ${query.state} already.` };
  const at = end.at ?? now;
  if (at > now) return invalidField('at', 'is still to come');
  if (at < query.askedAt) return invalidField('at', 'is before it was asked');
  const eventId = newId();
  await recordOwnEvent(
    tx,
    row,
    {
      id: eventId,
      type: end.type,
      on: civilDateOf(at),
      at,
      personId: query.personId,
      defendantId: query.defendantId,
      data: { query: id, ...(end.type === 'query-answered' ? { how: end.how } : {}) },
    },
    recording,
  );
  await saveWords(tx, {
    eventId,
    caseId: row.id,
    words: end.words,
    recordedAt: now,
    recordedBy: actor.id,
  });
  return query;
}

async function isOfficer(tx: Transaction, collar: string): Promise<boolean> {
  const rows = await tx.select({ collar: officers.collar }).from(officers).where(eq(officers.collar, collar));
  return rows.length > 0;
}
