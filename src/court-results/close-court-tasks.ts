import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { tasks } from '../../db/schema/index.ts';
import type { Recording } from '../cases/settle.ts';
import { closeTasksOf } from '../tasks/store.ts';

/** Closes the open tasks of a case, or of none, that have these sources: each stands for one thing that a court said. */
export async function closeCourtTasks(
  tx: Transaction,
  caseId: string | null,
  sources: readonly string[],
  how: { state: 'done' | 'cancelled'; outcome: string },
  { actor, now }: Pick<Recording, 'actor' | 'now'>,
): Promise<void> {
  if (sources.length === 0) return;
  const open = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        caseId === null ? isNull(tasks.caseId) : eq(tasks.caseId, caseId),
        inArray(tasks.source, [...sources]),
        eq(tasks.state, 'open'),
      ),
    );
  await closeTasksOf(
    tx,
    open.map(({ id }) => ({ id, ...how })),
    actor.id,
    now,
  );
}
