import { and, eq, notInArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { courtExceptions } from '../../db/schema/index.ts';
import type { CaseRow, Recording } from '../cases/settle.ts';
import { applyResults } from './apply-results.ts';
import { ofMessages } from './save-exceptions.ts';

/**
 * Lets the results of a case take effect anew where something in them is in doubt: what a person has just recorded, such
 * as a charge that the court added or a correction, may settle it. The caller holds the lock on the case.
 */
export async function applyAgain(tx: Transaction, row: CaseRow, recording: Recording): Promise<void> {
  const open = await tx
    .select({ id: courtExceptions.id })
    .from(courtExceptions)
    .where(
      and(
        eq(courtExceptions.caseId, row.id),
        eq(courtExceptions.state, 'open'),
        notInArray(courtExceptions.kind, ofMessages),
      ),
    )
    .limit(1);
  if (open.length > 0) await applyResults(tx, row, recording);
}
