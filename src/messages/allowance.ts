import { sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { Provider } from '../../db/schema/messages.ts';

/** So many seconds' worth may leave at once after a quiet time. */
const burstSeconds = 2;

/** How many messages a provider may be sent at once, at a rate for each minute. */
export function burstOf(perMinute: number): number {
  return Math.max(2, (perMinute / 60) * burstSeconds);
}

/**
 * Takes the allowance for messages from the bucket that all workers share: a row of Postgres, so that the limit
 * holds however many processes send, and whether a queue or the sweep woke them. What is sent by the thousand leaves
 * the last tenth of the bucket, and at least one message, to what somebody waits for.
 * @param perMinute what the provider takes
 * @returns 0 where it was taken; otherwise how many milliseconds to wait before asking again
 */
export async function takeAllowance(
  tx: Transaction,
  provider: Provider,
  perMinute: number,
  isBulk: boolean,
  count = 1,
): Promise<number> {
  const [burst, perSecond] = [burstOf(perMinute), perMinute / 60];
  const need = needOf(burst, isBulk, count);
  if (need > burst) return neverAtOnceMs;
  const filled = filledTo(burst, perSecond);
  const taken = await tx.execute(sql`
    insert into provider_allowances as a (provider, tokens, filled_at)
    values (${provider}, ${burst - count}::float8, clock_timestamp())
    on conflict (provider) do update set tokens = ${filled} - ${count}::float8, filled_at = clock_timestamp()
    where ${filled} >= ${need}::float8 and (a.paused_until is null or a.paused_until <= clock_timestamp())
    returning 1`);
  return taken.length > 0 ? 0 : Math.max(1, await waitForAllowance(tx, provider, perMinute, isBulk, count));
}

/**
 * How many milliseconds it is until there is allowance for messages, without taking or locking it: the bucket is
 * everybody's, and whoever takes of it holds it until they commit.
 */
export async function waitForAllowance(
  tx: Transaction,
  provider: Provider,
  perMinute: number,
  isBulk: boolean,
  count = 1,
): Promise<number> {
  const [burst, perSecond] = [burstOf(perMinute), perMinute / 60];
  const need = needOf(burst, isBulk, count);
  if (need > burst) return neverAtOnceMs;
  const filled = filledTo(burst, perSecond);
  const [row] = await tx.execute<{ wait_ms: number }>(sql`
    select ceil(1000 * greatest((${need}::float8 - ${filled}) / ${perSecond}::float8,
      extract(epoch from a.paused_until - clock_timestamp()), 0))::int as wait_ms
    from provider_allowances a where provider = ${provider}`);
  return row?.wait_ms ?? 0;
}

/** More than the bucket holds is never to be had at once. */
const neverAtOnceMs = 60_000;

function needOf(burst: number, isBulk: boolean, count: number): number {
  return isBulk ? count + Math.max(1, burst / 10) : count;
}

/** Keeps everything from a provider for a while, as it asked. */
export async function pauseProvider(db: Database, provider: Provider, ms: number): Promise<void> {
  await db.execute(sql`
    insert into provider_allowances as a (provider, tokens, filled_at, paused_until)
    values (${provider}, 0, clock_timestamp(), clock_timestamp() + ${ms} * interval '1 millisecond')
    on conflict (provider) do update set paused_until = greatest(a.paused_until, excluded.paused_until)`);
}

/** What is in the bucket now: what was left, and what has run in since. */
function filledTo(burst: number, perSecond: number): SQL {
  return sql`least(${burst}::float8,
    a.tokens + greatest(0, extract(epoch from clock_timestamp() - a.filled_at)::float8) * ${perSecond}::float8)`;
}
