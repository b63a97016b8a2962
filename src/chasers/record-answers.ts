import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { officers } from '../../db/schema/people.ts';
import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { recordOwnEvent } from '../cases/record-event.ts';
import { lockCase, type Recording } from '../cases/settle.ts';
import { occasionOf } from '../materials/occasion.ts';
import { putMessage } from '../messages/outbox.ts';
import { invalid, type Failure } from '../platform/failure.ts';
import {
  checkAnswers,
  readAgain,
  readAsked,
  sayAnswers,
  type AskedRequest,
  type OfficerAnswer,
} from './officer-reply.ts';
import type { LinkRow } from './store-links.ts';
import { sayInMessage } from './say-items.ts';

/**
 * Records what an officer answered by a link, on each case in turn, and sends the officer a receipt, by which they hear
 * of an answer that somebody else gave in their name.
 * @param asked what the link was shown to ask for
 * @param noteChange keeps that a case was changed
 * @returns what the link asks for now; `invalid` where an answer is wrong, `conflict` where what is asked for changed
 */
export async function recordAnswers(
  tx: Transaction,
  link: LinkRow,
  asked: readonly AskedRequest[],
  answers: readonly OfficerAnswer[],
  recording: Recording,
  noteChange: (caseId: string) => Promise<void>,
): Promise<AskedRequest[] | Failure> {
  const { now } = recording;
  const byId = new Map(asked.map(({ request }) => [request.id, request]));
  const errors = checkAnswers(answers, byId, civilDateOf(now));
  if (errors.length > 0) return invalid(errors);
  const caseIds = [...new Set(answers.map(({ requestId }) => byId.get(requestId)?.caseId ?? ''))].sort();
  const recorded: OfficerAnswer[] = [];
  for (const caseId of caseIds) {
    const row = await lockCase(tx, caseId);
    if (!row) continue;
    await noteChange(caseId);
    const fresh = await readAgain(tx, [...byId.keys()]);
    for (const given of answers) {
      const { requestId, asking, answer, until, reason, whose } = given;
      const request = fresh.get(requestId);
      const owner = byId.get(requestId)?.officer;
      if (request?.caseId !== caseId || request.state !== 'outstanding' || request.officer !== owner)
        continue;
      if (asking !== undefined && asking !== occasionOf(request)) return changedMeanwhile;
      const data = {
        request: request.key,
        answer,
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined ? {} : { reason }),
        ...(whose === undefined ? {} : { whose }),
      };
      await recordOwnEvent(
        tx,
        row,
        { type: 'officer-answered', on: civilDateOf(now), at: now, data },
        recording,
      );
      recorded.push(given);
    }
  }
  await putReceipt(tx, link, asked, recorded, recording);
  return readAsked(tx, link.requests);
}

const changedMeanwhile: Failure = {
  kind: 'conflict',
  detail: 'What is asked for has changed since you opened the page. Read it again, then answer.',
};

/** The same answers given twice, as by a second tap, are receipted once. */
async function putReceipt(
  tx: Transaction,
  link: LinkRow,
  asked: readonly AskedRequest[],
  answers: readonly OfficerAnswer[],
  { now }: Recording,
): Promise<void> {
  const [officer] = await tx.select().from(officers).where(eq(officers.collar, link.officer));
  if (!officer || answers.length === 0) return;
  const names = new Map(
    asked.map(({ request, urn }) => [request.id, `${urn}: ${sayInMessage(request.material)}`]),
  );
  const caseIds = asked
    .filter(({ request }) => answers.some(({ requestId }) => requestId === request.id))
    .map(({ request }) => request.caseId);
  const given = createHash('sha256').update(JSON.stringify(answers)).digest('hex').slice(0, 16);
  await putMessage(tx, {
    key: `answer-receipt:${link.id}:${given}`,
    purpose: 'answer-receipt',
    toId: officer.collar,
    toAddress: officer.email,
    caseIds: [...new Set(caseIds)],
    subject: `Received: your ${answers.length === 1 ? 'answer' : `${answers.length} answers`}`,
    body: [
      'Thank you. The Prosecution Hub has recorded what you answered:',
      ...sayAnswers(answers, (id) => names.get(id) ?? id, sayDate),
      'If you did not give this answer, tell the caseworker at once: somebody else may have your link.',
    ].join('\n\n'),
    facts: { thread: `chaser:${officer.collar}` },
    dueAt: now,
  });
}
