import { eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { rebalances } from '../../../db/schema/index.ts';
import type { HadTask } from '../../../db/schema/rebalances.ts';
import { sayDate } from '../../calendar/civil-date.ts';
import { civilDateOf, epochMs, instantOfEpochMs } from '../../calendar/london-time.ts';
import { isHidden } from '../../cases/store.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Failure } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
import { coverCase } from './cover.ts';
import { whyRefused } from './judge-move.ts';
import { lockStanding, readReceivers } from './lock-standing.ts';
import { moveCases } from './move-case.ts';
import {
  readMoves,
  readRebalance,
  saveOutcomes,
  type MoveOfCase,
  type Outcome,
  type RebalanceRow,
} from './store.ts';
import { tell, type Notice } from './tell.ts';

/** For how long what was applied can be taken back. */
export const undoHours = 24;

export type Refused = { caseUrn: string; why: string };
export type Applied = {
  row: RebalanceRow;
  applied: MoveOfCase[];
  refused: Refused[];
};

export type Ticked = {
  /** The URNs of those to be made; all of them where it is left out. */
  moves?: readonly string[] | undefined;
  /** What somebody wrote for whoever gets a case. */
  notes?: readonly { caseUrn: string; note: string }[] | undefined;
};

/**
 * Makes the moves of a proposal, or those that are ticked, in the caller's transaction. What has changed since it was
 * proposed, what somebody has in hand and what was pinned stays, and is refused by name with why. Whoever gives and
 * whoever gets is told.
 * @returns `not-found`, `gone` where the proposal has expired, `conflict` where all of it is applied already
 */
export async function applyRebalance(
  tx: Transaction,
  id: string,
  { moves: ticked, notes = [] }: Ticked,
  recording: Recording,
): Promise<Applied | Failure> {
  const { now, actor } = recording;
  const row = await readRebalance(tx, id, { lock: true });
  if (row === undefined) return { kind: 'not-found', detail: 'There is no such proposal.' };
  if (now >= row.expiresAt)
    return { kind: 'gone', detail: 'The proposal has expired: ask for another, by how things stand now.' };
  const all = (await readMoves(tx, id)).filter((move) => !isHidden(move, actor.id));
  const open = all.filter(({ state }) => state === 'proposed' || state === 'refused');
  if (ticked === undefined && all.length > 0 && open.length === 0)
    return { kind: 'conflict', detail: 'All of this proposal is applied already.' };
  const wanted = ticked?.map((urn) => urn.toUpperCase());
  const chosen = open.filter(({ urn }) => wanted?.includes(urn) ?? true);
  const known = new Map(all.map((move) => [move.urn, move]));
  const strange = [...new Set(wanted)]
    .filter((urn) => !chosen.some((move) => move.urn === urn))
    .map((caseUrn) => ({ caseUrn, why: whyStrange(known.get(caseUrn)) }));

  const standing = await lockStanding(
    tx,
    chosen.map(({ caseId }) => caseId),
  );
  const receivers = await readReceivers(tx, civilDateOf(now));
  const refused: Refused[] = [...strange];
  const outcomes: Outcome[] = [];
  const making: Making[] = [];
  for (const move of [...chosen].sort((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
    const stands = standing.get(move.caseId);
    if (stands === undefined) continue;
    const why = whyRefused(move, stands, receivers.get(move.to));
    const note = notes.find(({ caseUrn }) => caseUrn.toUpperCase() === move.urn)?.note;
    if (why === null) making.push({ move, of: stands.row, note });
    else {
      refused.push({ caseUrn: move.urn, why });
      outcomes.push({ ...move, state: 'refused', why, by: actor.id, at: now });
    }
  }
  const made = await makeMoves(tx, row, making, recording);
  const applied = making.map(({ move }) => move);
  for (const move of applied) {
    const { eventId = null, had = [] } = made.get(move.caseId) ?? {};
    outcomes.push({ ...move, state: 'applied', why: null, by: actor.id, at: now, had, eventId });
  }
  await saveOutcomes(tx, outcomes);
  if (applied.length > 0) {
    const undoUntil = instantOfEpochMs(epochMs(now) + undoHours * 3_600_000);
    await tx.update(rebalances).set({ appliedAt: now, undoUntil }).where(eq(rebalances.id, id));
    await tell(tx, noticesOf(row, making), recording);
  }
  await recordHistory(tx, actor, now, [
    {
      action: 'rebalance-applied',
      caseId: null,
      entity: 'rebalance',
      entityId: id,
      detail: { kind: row.kind, applied: applied.length, refused: refused.length },
    },
  ]);
  const after = (await readRebalance(tx, id)) ?? row;
  return {
    row: after,
    applied: sorted(applied, ({ urn }) => urn),
    refused: sorted(refused, (one) => one.caseUrn),
  };
}

function whyStrange(move: MoveOfCase | undefined): string {
  if (move?.state === 'applied') return `${move.by ?? 'Somebody'} has applied it already`;
  if (move?.state === 'undone') return 'It was applied and taken back: ask for another proposal';
  return 'It is not a move of this proposal';
}

type Making = { move: MoveOfCase; of: CaseRow; note: string | undefined };

/** Cover leaves the cases where they are; otherwise they change hands, all of them at once. */
async function makeMoves(
  tx: Transaction,
  row: RebalanceRow,
  making: readonly Making[],
  recording: Recording,
): Promise<ReadonlyMap<string, { eventId: string | null; had: HadTask[] }>> {
  const { kind, reason, id: rebalanceId } = row;
  if (kind !== 'cover')
    return moveCases(
      tx,
      making.map(({ move, of, note }) => ({ row: of, to: move.to, kind, why: reason ?? move.reason, note })),
      recording,
    );
  const days = { from: row.coverFrom ?? '', to: row.coverTo ?? '' };
  const made = new Map<string, { eventId: string | null; had: HadTask[] }>();
  for (const { move, of, note } of making) {
    const covering = { rebalanceId, absent: move.from, by: move.to, ...days };
    made.set(of.id, await coverCase(tx, of, covering, note, recording));
  }
  return made;
}

/** Givers are told of all that went; whoever gets a case has a task in it, but for cover, of which they are told here. */
function noticesOf(row: RebalanceRow, making: readonly Making[]): Notice[] {
  const isCover = row.kind === 'cover';
  const until = isCover ? `, from ${sayDate(row.coverFrom ?? '')} to ${sayDate(row.coverTo ?? '')}` : '';
  const notices = (whose: 'from' | 'to', title: string, line: (move: MoveOfCase) => string) =>
    [...groupBy(making, ({ move }) => move[whose])].map(([to, its]) => ({
      to,
      team: its[0]?.of.team ?? '',
      title: `${title}${until}`,
      lines: sorted(
        its.map(({ move }) => move),
        ({ urn }) => urn,
      ).map(line),
    }));
  const given = isCover ? 'Your cases are covered while you are away' : 'Cases of yours went to others';
  return [
    ...notices('from', given, ({ urn, to }) => `${urn}: ${to}`),
    ...(isCover
      ? notices('to', 'You cover cases of somebody who is away', ({ urn, from }) => `${urn}: for ${from}`)
      : []),
  ];
}

function sorted<T>(all: readonly T[], by: (one: T) => string): T[] {
  return [...all].sort((a, b) => (by(a) < by(b) ? -1 : 1));
}
