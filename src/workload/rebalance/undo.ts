import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { isHidden } from '../../cases/store.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Failure } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
import type { Refused } from './apply.ts';
import { endCover } from './cover.ts';
import { takeOverKind } from './hand-over.ts';
import { whyItStays, type Receiver, type Standing } from './judge-move.ts';
import { lockStanding, readReceivers } from './lock-standing.ts';
import { giveTasksBack, moveCases } from './move-case.ts';
import { readMoves, readRebalance, saveOutcomes, type MoveOfCase, type RebalanceRow } from './store.ts';
import { tell } from './tell.ts';

export type Undone = { row: RebalanceRow; undone: MoveOfCase[]; refused: Refused[] };

/**
 * Takes back what was applied of a proposal: each case and each of its open tasks goes back to whoever had it. What has
 * changed hands since, what somebody has in hand, and what somebody has worked on since stays where it is, and is
 * refused by name. Cover can be taken back for as long as it lasts, other moves for 24 hours.
 * @param ticked the URNs of those to be taken back; all of them where it is left out
 * @returns `not-found`, `gone` where it is too late, `conflict` where nothing of it is applied
 */
export async function undoRebalance(
  tx: Transaction,
  id: string,
  ticked: readonly string[] | undefined,
  recording: Recording,
): Promise<Undone | Failure> {
  const { now, actor } = recording;
  const today = civilDateOf(now);
  const row = await readRebalance(tx, id, { lock: true });
  if (row === undefined) return { kind: 'not-found', detail: 'There is no such proposal.' };
  if (row.undoUntil === null) return { kind: 'conflict', detail: 'Nothing of this proposal was applied.' };
  const isLasting = row.kind === 'cover' && row.coverTo !== null && today <= row.coverTo;
  if (now >= row.undoUntil && !isLasting)
    return { kind: 'gone', detail: 'It can be taken back for 24 hours, and those are over.' };
  const wanted = ticked?.map((urn) => urn.toUpperCase());
  const applied = (await readMoves(tx, id)).filter(
    (move) => move.state === 'applied' && !isHidden(move, actor.id),
  );
  if (applied.length === 0) return { kind: 'conflict', detail: 'All of it is taken back already.' };
  const chosen = applied.filter(({ urn }) => wanted?.includes(urn) ?? true);
  const refused: Refused[] = (wanted ?? [])
    .filter((urn) => !chosen.some((move) => move.urn === urn))
    .map((caseUrn) => ({ caseUrn, why: 'It is not an applied move of this proposal' }));

  const standing = await lockStanding(
    tx,
    chosen.map(({ caseId }) => caseId),
  );
  const receivers = await readReceivers(tx, today);
  const workedOn = await readWorkedOn(tx, chosen);
  const isCover = row.kind === 'cover';
  const undoing: { move: MoveOfCase; of: CaseRow }[] = [];
  for (const move of [...chosen].sort((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
    const stands = standing.get(move.caseId);
    if (stands === undefined) continue;
    const why = isCover
      ? whyCoverStays(move, stands)
      : whyKept(move, stands, receivers.get(move.from), workedOn.get(move.caseId));
    if (why === null) undoing.push({ move, of: stands.row });
    else refused.push({ caseUrn: move.urn, why });
  }
  if (isCover)
    for (const { move, of } of undoing) await endCover(tx, of, { rebalanceId: id, by: move.to }, recording);
  else
    await moveCases(
      tx,
      undoing.map(({ move, of }) => ({
        ...{ row: of, to: move.from, kind: 'undone' as const },
        why: `taken back: ${row.reason ?? move.reason}`,
      })),
      recording,
    );
  await giveTasksBack(
    tx,
    undoing.flatMap(({ move }) => move.had ?? []),
  );
  await saveOutcomes(
    tx,
    undoing.map(({ move }) => ({ ...move, state: 'undone', by: actor.id, at: now })),
  );
  const undone = undoing.map(({ move, of }) => ({ ...move, team: of.team }));
  await tell(
    tx,
    [...groupBy(undone, ({ to }) => to), ...groupBy(undone, ({ from }) => from)].map(([to, moves]) => ({
      to,
      team: moves[0]?.team ?? '',
      title: 'Cases that were moved are back with whoever had them',
      lines: moves.map((move) => `${move.urn}: ${move.from}`).sort(),
    })),
    recording,
  );
  await recordHistory(tx, actor, now, [
    {
      action: 'rebalance-undone',
      caseId: null,
      entity: 'rebalance',
      entityId: id,
      detail: { kind: row.kind, undone: undone.length, refused: refused.length },
    },
  ]);
  return { row: (await readRebalance(tx, id)) ?? row, undone, refused };
}

/** Why a case stays with whoever got it; null where it goes back. */
function whyKept(
  move: MoveOfCase,
  standing: Standing,
  giver: Receiver | undefined,
  worked: string | undefined,
): string | null {
  const { caseworker, barred } = standing.row;
  if (caseworker !== move.to)
    return caseworker === null ? `${move.to} does not have it any more` : `It went to ${caseworker} since`;
  const stays = whyItStays(standing);
  if (stays !== null) return stays;
  if (worked !== undefined) return `${worked} has worked on it since`;
  if (giver === undefined) return `${move.from} does not work here any more`;
  return barred.includes(move.from) ? `${move.from} has a conflict of interest with the case` : null;
}

function whyCoverStays(move: MoveOfCase, { cover, heldBy }: Standing): string | null {
  if (cover?.by !== move.to) return 'The cover is over already';
  return heldBy === null ? null : `${heldBy} has one of its tasks in hand`;
}

/** Which of the cases somebody has worked on since they moved, and who: what they recorded, and what they completed. */
async function readWorkedOn(tx: Transaction, moves: readonly MoveOfCase[]): Promise<Map<string, string>> {
  const asked = moves.map(({ caseId, eventId, at }) => ({ caseId, eventId, at }));
  const rows = await tx.execute<{ id: string; who: string }>(sql`
    select a."caseId" as id, min(w.who) as who
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) a("caseId" uuid, "eventId" uuid, at timestamptz)
      left join case_events moved on moved.id = a."eventId"
      cross join lateral (
        select e.recorded_by as who from case_events e where e.case_id = a."caseId" and e.seq > moved.seq
        union all
        select t.closed_by from tasks t where t.case_id = a."caseId" and t.state = 'done' and t.closed_at >= a.at
          and t.kind <> ${takeOverKind}
      ) w join staff s on s.id = w.who and s.role in ('caseworker', 'senior')
    group by 1`);
  return new Map(rows.map(({ id, who }) => [id, who]));
}
