import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import type { Failure } from '../platform/failure.ts';
import type { CasesFile } from './read-file.ts';
import { forgetContent, insertImport, lockUnfinished, updateImport, type ImportRow } from './store.ts';

/** What tells a file from another: its bytes. */
export function hashOfFile(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Takes in a file of cases to be checked; nothing is created. The same file of the same person goes on where it was
 * while it is being worked on; one that only waits to be confirmed is checked anew, since officers, offences and cases
 * may have come to be known meanwhile.
 * @returns `busy` where another request is storing the same file at this moment
 */
export async function beginImport(
  tx: Transaction,
  file: CasesFile,
  fileHash: string,
  actor: Actor,
): Promise<{ row: ImportRow; isNew: boolean } | Failure> {
  const now = await readNow(tx);
  const standing = await lockUnfinished(tx, actor.id, fileHash);
  if (standing !== undefined && standing.state !== 'checked') return { row: standing, isNew: false };
  if (standing !== undefined) await discard(tx, standing);
  const row = await insertImport(tx, file, fileHash, actor.id, now);
  if (row === undefined) return { kind: 'busy', detail: 'The same file is being taken in at this moment.' };
  const { rows, cases } = row;
  await recordHistory(tx, actor, now, [
    { action: 'import-begun', caseId: null, entity: 'import', entityId: row.id, detail: { rows, cases } },
  ]);
  return { row, isNew: true };
}

/** Throws away a file that was not confirmed, with all that its cells said. The caller has locked it. */
export async function discard(tx: Transaction, row: ImportRow): Promise<ImportRow> {
  await forgetContent(tx, sql`${row.id}::uuid`);
  return updateImport(tx, row.id, { state: 'discarded', notRead: [] });
}
