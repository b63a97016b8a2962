import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { saveWords } from '../correspondence/store.ts';
import { decisionsOf, type DecisionRecorded } from '../decisions/decisions-of.ts';
import type { DecisionHeading } from '../decisions/national-decision-model.ts';
import { invalid, type Failure, type FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { foldCase } from './fold.ts';
import { recordOwnEvent } from './record-event.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

export type DecisionBody = {
  about: DecisionRecorded['about'];
  /** What was decided, in a sentence or two. */
  decision: string;
  /** Why, under each heading of the National Decision Model. */
  rationale: Record<DecisionHeading, string>;
  at?: string | undefined;
  decidedBy?: string | undefined;
  reviews?: string | undefined;
  outcome?: DecisionRecorded['outcome'] | undefined;
  reviewOn?: string | undefined;
};

/**
 * Records a decision with its reasons; one with a day for review makes a task of that day. What was decided before
 * stands in the record: a later decision reviews it, and says whether it takes its place. Also on a case that is
 * finalised. The caller holds the lock on the case.
 * @returns its id; `invalid` where a field is wrong, `conflict` where what it reviews has been replaced already
 */
export async function recordDecision(
  tx: Transaction,
  row: CaseRow,
  body: DecisionBody,
  recording: Recording,
): Promise<string | Failure> {
  const { now, actor } = recording;
  const { at = now, about, reviews, outcome, reviewOn } = body;
  const reviewed = decisionsOf(foldCase(await readEvents(tx, row.id))).find(({ id }) => id === reviews);
  const errors = checkDecision(body, at, now, reviewed?.at);
  if (errors.length > 0) return invalid(errors);
  if (reviewed && reviewed.closedBy !== null)
    return { kind: 'conflict', detail: 'Another decision has taken its place already: review that one.' };
  const data: DecisionRecorded = {
    about,
    ...(reviews === undefined || outcome === undefined ? {} : { reviews, outcome }),
    ...(reviewOn === undefined ? {} : { reviewOn }),
  };
  const id = newId();
  await recordOwnEvent(tx, row, { id, type: 'decision-recorded', on: civilDateOf(at), at, data }, recording);
  await saveWords(tx, {
    eventId: id,
    caseId: row.id,
    words: body.decision,
    parts: body.rationale,
    who: body.decidedBy ?? null,
    recordedAt: now,
    recordedBy: actor.id,
  });
  return id;
}

function checkDecision(
  { reviews, outcome, reviewOn }: DecisionBody,
  at: string,
  now: string,
  reviewedAt: string | undefined,
): FieldError[] {
  const errors: FieldError[] = [];
  const problem = (path: string, message: string) => errors.push({ path, message });
  if (at > now) problem('at', 'is still to come');
  if (reviewOn !== undefined && reviewOn <= civilDateOf(at))
    problem('reviewOn', 'is not after the day of the decision');
  if (reviews === undefined && outcome !== undefined)
    problem('reviews', 'is needed: which decision this one reviews');
  if (reviews === undefined) return errors;
  if (outcome === undefined) problem('outcome', 'is needed: whether the decision reviewed stands');
  if (reviewedAt === undefined) problem('reviews', 'is not a decision of this case');
  else if (at < reviewedAt) problem('at', 'is before the decision that it reviews');
  return errors;
}
