import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { cases } from '../../db/schema/index.ts';
import { compareDeadlines } from '../deadlines/compare.ts';
import { computeDeadlines } from '../deadlines/compute.ts';
import { applyChanges, type DeadlineRow } from '../deadlines/store.ts';
import { isFailure, type Failure } from '../platform/failure.ts';
import type { CaseBody } from './case-body.ts';
import { draftCase, urnTaken, type CaseDraft } from './create-case.ts';
import type { Recording } from './settle.ts';

/**
 * What `createCase` would give a case, by the same checks and the same counting, with nothing stored.
 * @returns its deadlines, soonest first, with what it is registered with; `invalid` where a field is wrong, `conflict`
 * where the URN is taken
 */
export async function previewCase(
  tx: Transaction,
  body: CaseBody,
  recording: Recording,
): Promise<{ draft: CaseDraft; deadlines: DeadlineRow[] } | Failure> {
  const draft = await draftCase(tx, body, recording);
  if (isFailure(draft)) return draft;
  const [taken] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.urn, body.urn));
  if (taken !== undefined) return urnTaken;
  const { calendar, rules, now } = recording;
  const computed = computeDeadlines(draft.state, rules, calendar);
  const changes = compareDeadlines([], computed, now, () => false);
  const saved = applyChanges(draft.event.id, changes, calendar.version, now);
  const deadlines = saved
    .map(({ row }) => row)
    .toSorted((one, other) => (dueOf(one) < dueOf(other) ? -1 : 1));
  return { draft, deadlines };
}

const dueOf = ({ legalDueAt, legalDue }: DeadlineRow): string => legalDueAt ?? legalDue ?? '9';
