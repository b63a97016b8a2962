import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { caseEvents } from '../../db/schema/index.ts';
import type { CellError, DateAhead } from '../../db/schema/intake.ts';
import type { CaseBody } from '../cases/case-body.ts';
import type { CaseRow } from '../cases/case-row.ts';
import type { Registration } from '../cases/events.ts';
import { mayOpen } from '../cases/may-open.ts';
import { previewCase } from '../cases/preview-case.ts';
import type { Recording } from '../cases/settle.ts';
import { findCase, readPeople } from '../cases/store.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import { isFailure } from '../platform/failure.ts';
import { recordAccess } from '../staff/record-access.ts';
import type { Staff } from '../staff/store.ts';
import { compareWithCase } from './compare-with-case.ts';
import { inFile } from './read-file.ts';
import type { CaseOutcome, ImportedCaseRow } from './store.ts';

const datesShown = 3;

/**
 * What would become of a case of a file, by the checks and the counting of `POST /api/cases`; nothing is created.
 * @param by whose file it is
 */
export async function checkCaseOfFile(
  tx: Transaction,
  row: ImportedCaseRow,
  by: Staff,
  recording: Recording,
): Promise<CaseOutcome> {
  const body = row.body as CaseBody;
  const standing = await findCase(tx, body.urn);
  if (standing !== undefined) return compareWithStanding(tx, row, standing, by, recording);
  const preview = await previewCase(tx, body, recording);
  if (isFailure(preview)) return wrong(inFile(preview.errors ?? [], row.places ?? {}, row.rows));
  const pending = preview.deadlines.filter(({ state }) => state === 'pending');
  return {
    state: 'ready',
    makes: row.makes && { ...row.makes, deadlines: preview.deadlines.length },
    firstDates: pending.slice(0, datesShown).map(dateAhead),
  };
}

/** What could not be created, and why: its content is not needed any more. */
export function wrong(errors: CellError[]): CaseOutcome {
  return { state: 'wrong', errors, body: null, places: null };
}

/**
 * What a case of a file is beside the one that the hub has under its URN: never more than whether they are alike. Where
 * they differ is told to those alone who may see the hub's.
 */
export async function compareWithStanding(
  tx: Transaction,
  row: ImportedCaseRow,
  standing: CaseRow,
  by: Staff,
  { actor }: Recording,
): Promise<CaseOutcome> {
  const [event] = await tx
    .select({ data: caseEvents.data })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, standing.id))
    .orderBy(caseEvents.seq)
    .limit(1);
  const people = await readPeople(tx, standing.id);
  const registration = event?.data as Registration;
  const errors = compareWithCase(row.body as CaseBody, { row: standing, registration, people });
  const done = { body: null, places: null, caseId: standing.id };
  if (errors.length === 0) return { ...done, state: 'already-there' };
  const mayKnow = by.role !== 'feed' && !isFailure(mayOpen(standing, by));
  const places = row.places ?? {};
  if (!mayKnow)
    return {
      ...{ ...done, state: 'differs', caseId: null },
      errors: inFile([{ path: 'urn', message: 'is of another case that the hub has' }], places, row.rows),
    };
  await recordAccess(tx, {
    ...{ staff: by, caseId: standing.id, action: 'read', route: '/api/imports' },
    requestId: actor.requestId ?? '',
  });
  return { ...done, state: 'differs', errors: inFile(errors, places, row.rows) };
}

function dateAhead(deadline: DeadlineRow): DateAhead {
  const { rule, legalDue, legalDueAt, actionDue } = deadline;
  return { rule, title: ruleOf(deadline).title, legalDue: legalDueAt ?? legalDue, actionDue };
}
