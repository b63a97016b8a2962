import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import {
  correspondenceOf,
  type Correspondence,
  type CorrespondenceLogged,
} from '../correspondence/correspondence-of.ts';
import { saveWords } from '../correspondence/store.ts';
import { invalid, invalidField, type Failure, type FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { foldCase } from './fold.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

export type CorrespondenceBody = Pick<CorrespondenceLogged, 'with' | 'direction' | 'channel' | 'subject'> & {
  at?: string | undefined;
  summary: string;
  who?: string | undefined;
  reference?: string | undefined;
  needsAnswer?: boolean | undefined;
  dueOn?: string | undefined;
  hearing?: string | undefined;
};

/**
 * Logs a letter or message against a case; one that needs an answer makes a task. Also on a case that is finalised,
 * about which courts still write. The caller holds the lock on the case.
 * @returns its id; `invalid` where a field is wrong
 */
export async function logCorrespondence(
  tx: Transaction,
  row: CaseRow,
  body: CorrespondenceBody,
  recording: Recording,
): Promise<string | Failure> {
  const { now, actor } = recording;
  const { at = now, summary, who, reference, dueOn, hearing, ...facts } = body;
  const errors = checkCorrespondence(body, at, now);
  const about =
    hearing === undefined
      ? undefined
      : foldCase(await readEvents(tx, row.id)).hearings.find(({ id }) => id === hearing);
  if (hearing !== undefined && about === undefined)
    errors.push({ path: 'hearing', message: 'is not a hearing of this case' });
  if (errors.length > 0) return invalid(errors);
  const data: CorrespondenceLogged = {
    ...facts,
    needsAnswer: body.needsAnswer ?? dueOn !== undefined,
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(about === undefined ? {} : { hearingOn: about.on }),
  };
  const id = newId();
  await recordOwnEvent(
    tx,
    row,
    { id, type: 'correspondence-logged', on: civilDateOf(at), at, data, hearingId: hearing ?? null },
    recording,
  );
  await saveWords(tx, {
    eventId: id,
    caseId: row.id,
    words: summary,
    who: who ?? null,
    reference: reference ?? null,
    recordedAt: now,
    recordedBy: actor.id,
  });
  return id;
}

function checkCorrespondence(body: CorrespondenceBody, at: string, now: string): FieldError[] {
  const errors: FieldError[] = [];
  if (at > now) errors.push({ path: 'at', message: 'is still to come' });
  if (body.dueOn !== undefined && body.needsAnswer === false)
    errors.push({ path: 'dueOn', message: 'is given, but it needs no answer' });
  if (body.dueOn !== undefined && body.dueOn < civilDateOf(at))
    errors.push({
      path: 'dueOn',
      message: `is before it was ${body.direction === 'in' ? 'received' : 'sent'}`,
    });
  return errors;
}

/**
 * Records the answer to a letter, or why it needs none, which completes its task. The caller holds the lock on the case.
 * @returns `conflict` where it was taken back, needs no answer or has one
 */
export async function endCorrespondence(
  tx: Transaction,
  row: CaseRow,
  id: string,
  end: { type: 'correspondence-answered' | 'correspondence-closed'; words: string; at?: string | undefined },
  recording: Recording,
): Promise<Correspondence | Failure> {
  const { now, actor, calendar } = recording;
  const state = foldCase(await readEvents(tx, row.id));
  const letter = correspondenceOf(state, calendar).find((one) => one.id === id);
  if (letter === undefined) return { kind: 'conflict', detail: 'It was taken back.' };
  if (letter.state === 'answered' || letter.state === 'closed')
    return { kind: 'conflict', detail: `It is ${letter.state} already.` };
  const at = end.at ?? now;
  if (at > now) return invalidField('at', 'is still to come');
  if (at < letter.at)
    return invalidField('at', `is before it was ${letter.direction === 'in' ? 'received' : 'sent'}`);
  const eventId = newId();
  await recordOwnEvent(
    tx,
    row,
    { id: eventId, type: end.type, on: civilDateOf(at), at, data: { correspondence: id } },
    recording,
  );
  await saveWords(tx, { eventId, caseId: row.id, words: end.words, recordedAt: now, recordedBy: actor.id });
  return letter;
}
