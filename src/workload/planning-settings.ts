import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { planningSettings } from '../../db/schema/index.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';

export type PlanningSetting = typeof planningSettings.$inferSelect;
export type SettingKey = Pick<PlanningSetting, 'name' | 'scope'>;
/** For whom something is set: the force (`hub`), or one team. */
export type Scope = PlanningSetting['scope'];
export const scopes = ['hub', 'crime', 'traffic'] as const satisfies readonly Scope[];

/** What somebody has set to plan with; undefined where the hub's defaults hold. */
export async function readPlanningSetting(
  db: Database | Transaction,
  { name, scope }: SettingKey,
): Promise<PlanningSetting | undefined> {
  const [row] = await db
    .select()
    .from(planningSettings)
    .where(and(eq(planningSettings.name, name), eq(planningSettings.scope, scope)));
  return row;
}

/** One change of a setting at a time, until the transaction ends. */
export async function lockPlanningSetting(tx: Transaction, { name, scope }: SettingKey): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`planning-setting ${name} ${scope}`}, 0))`,
  );
}

/** Sets what is planned with from now on; the history has what was set. The caller holds its lock. */
export async function setPlanning(
  tx: Transaction,
  key: SettingKey,
  value: Record<string, unknown>,
  { actor, now }: { actor: Actor; now: Instant },
): Promise<PlanningSetting> {
  const changed = { value, changedBy: actor.id, changedAt: now };
  const [row] = await tx
    .insert(planningSettings)
    .values({ ...key, ...changed, version: 1 })
    .onConflictDoUpdate({
      target: [planningSettings.name, planningSettings.scope],
      set: { ...changed, version: sql`${planningSettings.version} + 1` },
    })
    .returning();
  if (!row) throw new Error('what was set is gone');
  const entityId = `${key.name}:${key.scope}`;
  await recordHistory(tx, actor, now, [
    { action: `${key.name}-set`, caseId: null, entity: 'planning-setting', entityId, detail: value },
  ]);
  return row;
}
