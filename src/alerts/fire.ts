import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { AlertClass } from '../../db/schema/alerts.ts';
import type { DueRow } from './due-statement.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import { isContention } from './error-class.ts';
import { fireSingly } from './fire-singly.ts';
import { fireWithin } from './fire-within.ts';
import type { Effect, OnQuarantine, Stores } from './fired-alert.ts';
import { countFired } from './metrics.ts';

export type { Effect, FiredAlert, OnQuarantine, Stores } from './fired-alert.ts';

export type FireOptions = {
  /** Alerts in one statement. */
  limit?: number;
  /** Only alerts of these cases. */
  caseIds?: string[];
  onQuarantine?: OnQuarantine;
  /** Told of every alert that failed by itself, for the log. */
  onFailure?: (alertId: string, error: unknown) => void;
};

/** What one call came to. `failed`: started, not carried out, to be tried again later. */
export type FireCounts = { fired: number; superseded: number; quarantined: number; failed: number };

const batchLimit = 300;
const suspectsAtOnce = 20;
const contentionRetries = 2;

/**
 * Fires what is due of a class, once: `pending` becomes `fired` where the obligation is open at the alert's version,
 * and `superseded` where it is not, by the database's clock, in one statement that skips what others hold. The effect
 * runs in the same transaction. Zero rows is a normal answer.
 *
 * When the effect throws, the batch is undone and taken again one alert at a time, so that a poison one is found:
 * it alone fails, and after three starts it is quarantined.
 */
export async function fireDue(
  hub: Stores,
  cls: AlertClass,
  effect: Effect,
  options: FireOptions = {},
): Promise<FireCounts> {
  const { isMoreDue: _isMoreDue, ...counts } = await fireSome(hub, cls, effect, options, new Set());
  return counts;
}

/**
 * As `fireDue`. `isMoreDue`: there is more that was never started, whether it is in others' hands or did not fit.
 * @param tried the alerts that the caller has seen started by themselves; they are left alone, and this call's added
 */
export async function fireSome(
  hub: Stores,
  cls: AlertClass,
  effect: Effect,
  options: FireOptions,
  tried: Set<string>,
): Promise<FireCounts & { isMoreDue: boolean }> {
  const counts: FireCounts = { fired: 0, superseded: 0, quarantined: 0, failed: 0 };
  const limit = options.limit ?? batchLimit;
  const suspects = new Set<string>();
  const rows = await fireBatch(hub.db, cls, effect, { limit, caseIds: options.caseIds }, suspects);
  count(counts, cls, rows);
  // A batch that was full, or undone, says nothing of what else there is.
  const isPartial = rows.length >= limit || suspects.size > 0;
  const left = isPartial ? [] : await stillDue(hub.db, cls, tried.size, options.caseIds);
  // Alerts started before and not finished: their process died, or their effect failed.
  for (const { id, starts } of left) if (starts > 0 && !tried.has(id)) suspects.add(id);
  for (const id of suspects) {
    tried.add(id);
    try {
      const outcome = await fireSingly(hub, cls, effect, id, options.onQuarantine);
      if (outcome.kind === 'done') count(counts, cls, outcome.rows);
      else if (outcome.kind !== 'passed') counts[outcome.kind]++;
      if ('error' in outcome) options.onFailure?.(id, outcome.error);
    } catch (error) {
      if (isDatabaseOutage(error)) throw error;
      // Not even its quarantine could be recorded. It stays, is seen in the log, and delays nobody.
      counts.failed++;
      options.onFailure?.(id, error);
    }
  }
  return { ...counts, isMoreDue: isPartial || left.some(({ starts }) => starts === 0) };
}

async function fireBatch(
  db: Database,
  cls: AlertClass,
  effect: Effect,
  pick: { limit: number; caseIds?: string[] },
  suspects: Set<string>,
): Promise<DueRow[]> {
  for (let attempt = 0; ; attempt++) {
    let batch: string[] = [];
    try {
      return await db.transaction((tx) => fireWithin(tx, cls, effect, pick, (ids) => (batch = ids)));
    } catch (error) {
      // Without a batch the statement itself failed: that is Postgres's trouble, and no alert's.
      if (batch.length === 0) throw error;
      if (isContention(error) && attempt < contentionRetries) continue;
      for (const id of batch) suspects.add(id);
      return [];
    }
  }
}

/** What is due and pending after a batch that was not full: those started before, and then those that others hold. */
async function stillDue(
  db: Database,
  cls: AlertClass,
  known: number,
  caseIds?: string[],
): Promise<{ id: string; starts: number }[]> {
  const ofCases = caseIds ? sql`and case_id in ${caseIds.length > 0 ? caseIds : [null]}` : sql``;
  return db.execute<{ id: string; starts: number }>(sql`
    select id, starts from alerts
    where class = ${cls} and state = 'pending' and fire_at <= (select hub_now()) ${ofCases}
    order by starts > 0 desc, fire_at, id limit ${known + suspectsAtOnce}`);
}

function count(counts: FireCounts, cls: AlertClass, rows: DueRow[]): void {
  const fired = rows.filter((row) => row.state === 'fired');
  counts.fired += fired.length;
  counts.superseded += rows.length - fired.length;
  countFired(cls, fired, rows.length - fired.length);
}
