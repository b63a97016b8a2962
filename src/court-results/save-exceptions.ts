import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { courtExceptions } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { Recording } from '../cases/settle.ts';
import { newId } from '../platform/ids.ts';
import { recordHistory } from '../staff/history.ts';
import { openTasks, type Assignment } from '../tasks/store.ts';
import { canonical } from './canonical.ts';
import { closeCourtTasks } from './close-court-tasks.ts';
import { doubtSource, doubtTask } from './court-tasks.ts';
import { doubtKinds, type Doubt } from './doubts.ts';
import type { Effect } from './effects.ts';
import type { ExceptionRow } from './store.ts';

/** Exceptions that are of a message or of a URN, and not worked out from the results of a case. */
export const ofMessages = ['same-id', 'unknown-case', 'bad-urn'];

/**
 * Makes the open exceptions of a case those that its results leave in doubt, each with a task; one that a later
 * message has settled is withdrawn.
 * @param place whose they are: the URN under which they stand, and whose work they make
 * @returns the effects of those that are new
 */
export async function saveExceptions(
  tx: Transaction,
  place: { urn: string; caseId: string | null; assignment: Assignment; caseUrn: string | null },
  doubts: readonly Doubt[],
  existing: readonly ExceptionRow[],
  recording: Recording,
): Promise<Effect[]> {
  const { now, calendar, actor } = recording;
  const bySource = new Map(existing.map((row) => [row.source, row]));
  const effects: Effect[] = [];
  for (const doubt of doubts) {
    const before = bySource.get(doubt.source);
    bySource.delete(doubt.source);
    // What was decided of an unknown case was of the messages that had come; another asks again.
    if (before?.state === 'settled' && !ofMessages.includes(doubt.kind) && !doubt.isAgain) continue;
    const isNews = before?.state !== 'open';
    if (!isNews && canonical(before.facts) === canonical(doubt.facts)) continue;
    const id = before?.id ?? newId();
    const { code } = doubtKinds[doubt.kind];
    const row = { state: 'open' as const, facts: doubt.facts, caseId: place.caseId, choice: null };
    if (before === undefined)
      await tx.insert(courtExceptions).values({
        ...row,
        ...{ id, urn: place.urn, source: doubt.source, kind: doubt.kind, code, createdAt: now },
      });
    else
      await tx
        .update(courtExceptions)
        .set({ ...row, version: before.version + 1 })
        .where(eq(courtExceptions.id, id));
    const draft = doubtTask({ id, urn: place.urn }, doubt, calendar, civilDateOf(now));
    const [task] = await openTasks(tx, [{ assignment: place.assignment, draft }], now);
    if (!isNews) continue;
    await recordHistory(tx, actor, now, [
      {
        action: 'court-exception-raised',
        caseId: place.caseId,
        entity: 'court-exception',
        entityId: id,
        detail: { kind: doubt.kind, code },
      },
    ]);
    effects.push({
      kind: 'exception',
      id,
      what: doubt.kind,
      caseUrn: place.caseUrn,
      ...(code === null ? {} : { code }),
      ...(task === undefined ? {} : { task }),
    });
  }
  const over = [...bySource.values()].filter(
    ({ state, kind }) => state === 'open' && !ofMessages.includes(kind),
  );
  for (const row of over) await withdraw(tx, row, recording);
  return effects;
}

/** Closes an exception that nobody has to settle any more. */
export async function withdraw(tx: Transaction, row: ExceptionRow, recording: Recording): Promise<void> {
  await tx
    .update(courtExceptions)
    .set({ state: 'withdrawn', version: row.version + 1 })
    .where(eq(courtExceptions.id, row.id));
  await closeCourtTasks(
    tx,
    row.caseId,
    [sourceOf(row)],
    { state: 'cancelled', outcome: 'no longer in doubt' },
    recording,
  );
}

export function sourceOf({ source }: ExceptionRow): string {
  return doubtSource({ source } as Doubt);
}
