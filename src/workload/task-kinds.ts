import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { Rule } from '../deadlines/rule.ts';
import type { FieldError } from '../platform/failure.ts';

/** A kind of task, with what its rules take by default in a case that is neither simple nor complex; none of other work. */
export type TaskKind = { kind: string; usual: number[] };

/** The kinds of task that the rules make and that the teams have had, by name. */
export async function readTaskKinds(
  db: Database | Transaction,
  rules: readonly Pick<Rule, 'task'>[],
): Promise<TaskKind[]> {
  const had = await db.execute<{ kind: string }>(sql`select distinct kind from tasks`);
  const usual = new Map<string, Set<number>>(had.map(({ kind }) => [kind, new Set()]));
  for (const { task } of rules)
    if (task.when !== 'never')
      usual.set(task.kind, (usual.get(task.kind) ?? new Set()).add(task.effortMinutes));
  return [...usual]
    .map(([kind, minutes]) => ({ kind, usual: [...minutes].sort((a, b) => a - b) }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** What is wrong with minutes that are to be set: a kind that nobody has heard of, or one that is there twice. Pure. */
export function kindErrors(
  given: readonly { kind: string }[],
  known: readonly Pick<TaskKind, 'kind'>[],
): FieldError[] {
  return given.flatMap(({ kind }, i) => {
    const path = `minutes.${i}.kind`;
    if (given.findIndex((one) => one.kind === kind) < i) return [{ path, message: 'is there already' }];
    if (!known.some((one) => one.kind === kind))
      return [{ path, message: 'is no kind of task that is known here' }];
    return [];
  });
}
