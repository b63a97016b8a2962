import type { Transaction } from '../../db/connect.ts';
import type { CaseBody } from '../cases/case-body.ts';
import { createCase } from '../cases/create-case.ts';
import type { CaseRow, Recording } from '../cases/settle.ts';
import { readCase } from '../cases/store.ts';
import { joinCase } from '../court-results/join-case.ts';
import { isFailure, type Failure } from '../platform/failure.ts';

/**
 * Takes a case in, however it came: it is created, and results of the courts that came before it take effect with it.
 * @returns the case as it is then; a failure as `createCase` gives it
 */
export async function takeCase(
  tx: Transaction,
  body: CaseBody,
  recording: Recording,
): Promise<CaseRow | Failure> {
  const created = await createCase(tx, body, recording);
  if (isFailure(created)) return created;
  const joined = await joinCase(tx, created.row, created.row.urn, recording);
  return joined.length === 0 ? created.row : ((await readCase(tx, created.row.id)) ?? created.row);
}
