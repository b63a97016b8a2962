import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { errorClass } from '../alerts/error-class.ts';
import type { CaseBody } from '../cases/case-body.ts';
import type { Recording } from '../cases/settle.ts';
import { findCase } from '../cases/store.ts';
import { recordingFor } from '../court-results/receive-message.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import { isFailure } from '../platform/failure.ts';
import { hubActor, recordHistory } from '../staff/history.ts';
import { recordAccess } from '../staff/record-access.ts';
import { findActiveStaff, type Staff } from '../staff/store.ts';
import { checkCaseOfFile, compareWithStanding, wrong } from './check-case-of-file.ts';
import { inFile } from './read-file.ts';
import {
  countCases,
  countFailure,
  endPart,
  forgetContent,
  readFilesToWork,
  recordOutcome,
  takeCases,
  type CaseOutcome,
  type ImportedCaseRow,
  type ImportRow,
} from './store.ts';
import { takeCase } from './take-case.ts';

export type ImportOptions = {
  isStopped?: () => boolean;
  /** Told of a case that failed by itself, for the log. */
  onFailure?: (importedCaseId: string, error: unknown) => void;
};

/** Checked so many in one transaction; created each in one of its own, as over HTTP. */
const checkedAtOnce = 20;

/**
 * Does what files of cases have left to do: checks those that came in, and creates the cases of those that were
 * confirmed. Any number of workers may: each takes cases that no other holds, and what is killed in the middle was not
 * done, and is done again by whoever is left. One file after the other, so that people's own requests go on.
 */
export async function workImports(db: Database, options: ImportOptions = {}): Promise<void> {
  for (const file of await readFilesToWork(db)) {
    let limit = file.state === 'checking' ? checkedAtOnce : 1;
    for (;;) {
      if (options.isStopped?.() === true) return;
      const did = await workOnSome(db, file, limit, options);
      if (did === 'nothing-left') break;
      // One of several is to blame: each by itself, so that it alone fails.
      if (did === 'failed') limit = 1;
    }
    await db.transaction((tx) => end(tx, file));
  }
}

async function workOnSome(
  db: Database,
  file: ImportRow,
  limit: number,
  options: ImportOptions,
): Promise<'worked' | 'failed' | 'nothing-left'> {
  let taken: ImportedCaseRow[] = [];
  try {
    return await db.transaction(async (tx) => {
      const actor = { id: file.createdBy, requestId: file.confirmedIn };
      const recording = await recordingFor(tx, actor);
      taken = await takeCases(tx, file, limit);
      if (taken.length === 0) return 'nothing-left';
      const by = await findActiveStaff(tx, file.createdBy);
      for (const row of taken) await recordOutcome(tx, row.id, await outcomeOf(tx, file, row, by, recording));
      return 'worked';
    });
  } catch (error) {
    const [first] = taken;
    if (first === undefined || isDatabaseOutage(error)) throw error;
    if (taken.length > 1) return 'failed';
    options.onFailure?.(first.id, error);
    await countFailure(db, first.id, errorClass(error));
    return 'failed';
  }
}

async function outcomeOf(
  tx: Transaction,
  file: ImportRow,
  row: ImportedCaseRow,
  by: Staff | null,
  recording: Recording,
): Promise<CaseOutcome> {
  if (by === null)
    return wrong(
      inFile([{ path: 'urn', message: 'was not created: who sent it in has left' }], {}, row.rows),
    );
  return file.state === 'checking' ? checkCaseOfFile(tx, row, by, recording) : create(tx, row, by, recording);
}

async function create(
  tx: Transaction,
  row: ImportedCaseRow,
  by: Staff,
  recording: Recording,
): Promise<CaseOutcome> {
  const body = row.body as CaseBody;
  const created = await takeCase(tx, body, recording);
  if (isFailure(created)) {
    // Somebody else may have created it since it was checked.
    const standing = created.kind === 'conflict' ? await findCase(tx, body.urn) : undefined;
    if (standing !== undefined) return compareWithStanding(tx, row, standing, by, recording);
    return wrong(inFile(created.errors ?? [], row.places ?? {}, row.rows));
  }
  await recordAccess(tx, {
    ...{ staff: by, caseId: created.id, action: 'change', route: '/api/imports/:id/confirm' },
    requestId: recording.actor.requestId ?? '',
  });
  return { state: 'created', caseId: created.id, body: null, places: null };
}

/** Nothing is left of a part of the work on a file, but what other workers hold: the last of them ends it. */
async function end(tx: Transaction, { id, state }: ImportRow): Promise<void> {
  if (state !== 'checking' && state !== 'importing') return;
  const now = await readNow(tx);
  const ended = await endPart(tx, id, state, now);
  if (ended?.state !== 'done') return;
  await forgetContent(tx, sql`${id}::uuid`);
  const { counts } = await countCases(tx, id);
  await recordHistory(tx, hubActor, now, [
    { action: 'import-finished', caseId: null, entity: 'import', entityId: id, detail: counts },
  ]);
}

/** What nobody confirmed for so long is thrown away. */
const keptUnconfirmed = sql`interval '30 days'`;

/** Throws away files that nobody confirmed in 30 days, with all that their cells said. */
export async function discardOld(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const old = await tx.execute<{ id: string }>(sql`
      update imports set state = 'discarded', not_read = '[]', version = version + 1
      where state in ('checking', 'checked') and created_at < hub_now() - ${keptUnconfirmed} returning id`);
    for (const { id } of old) await forgetContent(tx, sql`${id}::uuid`);
  });
}
