import type { Transaction } from '../../../db/connect.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { invalidField, type Failure } from '../../platform/failure.ts';
import { whyItStays, whyNotTheirs } from './judge-move.ts';
import { lockStanding, readReceivers } from './lock-standing.ts';
import { moveCase } from './move-case.ts';
import { tell } from './tell.ts';

/**
 * Gives one case to a caseworker, or with null to its team's pool, with its open tasks. The caller holds the lock on
 * the case.
 * @returns `conflict` where it stays for now, or they have it already; `invalid` where they may not have it
 */
export async function moveSingle(
  tx: Transaction,
  row: CaseRow,
  { to, reason, note }: { to: string | null; reason: string; note?: string | undefined },
  recording: Recording,
): Promise<{ from: string | null } | Failure> {
  if (row.caseworker === to) return { kind: 'conflict', detail: 'The case is theirs already.' };
  const standing = (await lockStanding(tx, [row.id])).get(row.id);
  if (standing === undefined) throw new Error('a case that was locked is gone');
  const stays = whyItStays(standing);
  if (stays !== null) return { kind: 'conflict', detail: `${stays}.` };
  if (to !== null) {
    const receivers = await readReceivers(tx, civilDateOf(recording.now));
    const why = whyNotTheirs(standing, receivers.get(to), to);
    if (why !== null) return invalidField('to', `cannot have it: ${why}`);
  }
  await moveCase(tx, { row, to, kind: 'single', why: reason, note }, recording);
  const from = row.caseworker;
  const title = 'A case of yours went to another';
  if (from !== null && from !== recording.actor.id)
    await tell(
      tx,
      [{ to: from, team: row.team, title, lines: [`${row.urn}: ${to ?? 'the team’s pool'}`] }],
      recording,
    );
  return { from };
}
