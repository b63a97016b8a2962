import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import type { CourtAnswer } from '../../db/schema/court-results.ts';
import { assignmentOf, lockCase, type CaseRow, type Recording } from '../cases/settle.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory } from '../staff/history.ts';
import { applyResults } from './apply-results.ts';
import { applyUnknown, noCase } from './apply-unknown.ts';
import { hashOf } from './canonical.ts';
import type { CourtMessage } from './court-message.ts';
import type { Effect } from './effects.ts';
import { saveExceptions } from './save-exceptions.ts';
import {
  caseOfUrn,
  casesOfMessage,
  changeMessage,
  giveToCase,
  hold,
  insertCases,
  insertMessage,
  readMessages,
} from './store.ts';

export type Recorded = { answer: CourtAnswer; caseIds: string[] };

/**
 * Takes a message of a court in: keeps it, and makes every case of it what its results call for, in the transaction of
 * the caller. The same message again gives the answer that it gave, and changes nothing; another body under the id of
 * one that is here is set aside for a person.
 * @param body the text of the message, as it came
 */
export async function recordCourtMessage(
  tx: Transaction,
  message: CourtMessage,
  body: string,
  recording: Recording,
): Promise<Recorded> {
  const { now, actor } = recording;
  const bodyHash = hashOf(body);
  const key = message.messageId ?? bodyHash;
  await hold(tx, `message:${message.source}:${key}`);
  const known = await readMessages(tx, message.source, key);
  const same = known.find((one) => one.bodyHash === bodyHash);
  if (same?.answer) {
    await recordHistory(tx, actor, now, [
      {
        action: 'court-message-repeated',
        ...{ caseId: null, entity: 'court-message', entityId: same.id, detail: {} },
      },
    ]);
    return { answer: same.answer, caseIds: await casesOfMessage(tx, same.id) };
  }
  const id = newId();
  const isAside = known.length > 0;
  await insertMessage(tx, {
    ...{ id, source: message.source, key, bodyHash, body, sentAt: message.sentAt },
    state: isAside ? 'set-aside' : 'recorded',
    ...{ receivedAt: now, receivedBy: actor.id, answer: null },
  });
  await insertCases(tx, id, message.cases);
  const urns = [...new Set(message.cases.map(({ urn }) => urn))].sort();
  await recordHistory(tx, actor, now, [
    {
      action: isAside ? 'court-message-set-aside' : 'court-message-received',
      caseId: null,
      entity: 'court-message',
      entityId: id,
      detail: { urns, sentAt: message.sentAt },
    },
  ]);
  const { effects, rows } = isAside
    ? await setAside(tx, id, urns[0] ?? '', recording)
    : await takeIn(tx, urns, recording);
  const answer: CourtAnswer = { messageId: key, caseUrn: message.cases[0]?.urn || null, effects };
  await changeMessage(tx, id, { answer });
  return { answer, caseIds: rows.map((row) => row.id) };
}

/** Lets the results of these URNs take effect, one case after the other in the order in which everything locks. */
export async function takeIn(
  tx: Transaction,
  urns: readonly string[],
  recording: Recording,
): Promise<{ effects: Effect[]; rows: CaseRow[] }> {
  for (const urn of urns) await hold(tx, `urn:${urn}`);
  const found = new Map<string, string | null>();
  for (const urn of urns) found.set(urn, await caseOfUrn(tx, urn));
  const effects: Effect[] = [];
  for (const urn of urns)
    if (found.get(urn) === null) effects.push(...(await applyUnknown(tx, urn, recording)));
  const rows: CaseRow[] = [];
  for (const caseId of [...new Set([...found.values()].filter((one) => one !== null))].sort()) {
    const row = await lockCase(tx, caseId);
    if (!row) throw new Error('a case that was found is gone');
    for (const urn of urns) if (found.get(urn) === caseId) await giveToCase(tx, urn, caseId);
    effects.push(...(await applyResults(tx, row, await asOfNow(tx, recording))));
    rows.push(row);
  }
  return { effects, rows };
}

/** The time once a case is held: what fired before that had fired before what is recorded now. */
export async function asOfNow(tx: Transaction, recording: Recording): Promise<Recording> {
  return { ...recording, now: await readNow(tx) };
}

async function setAside(
  tx: Transaction,
  message: string,
  urn: string,
  recording: Recording,
): Promise<{ effects: Effect[]; rows: CaseRow[] }> {
  await hold(tx, `urn:${urn}`);
  const caseId = await caseOfUrn(tx, urn);
  const row = caseId === null ? undefined : await lockCase(tx, caseId);
  const why =
    'A message with other words came under the id of one that was recorded before. Nothing of it has been done.';
  const doubt = { kind: 'same-id' as const, source: `same-id:${message}`, facts: { why, message } };
  const place = {
    urn,
    caseId: row?.id ?? null,
    caseUrn: row?.urn ?? null,
    assignment: row === undefined ? noCase('crime') : assignmentOf(row),
  };
  const effects = await saveExceptions(tx, place, [doubt], [], recording);
  return { effects, rows: row === undefined ? [] : [row] };
}
