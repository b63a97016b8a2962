import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';

export type Readiness = {
  status: 'ready' | 'degraded' | 'down';
  checks: {
    postgres: 'up' | 'down';
    migrations: 'current' | 'behind' | 'unknown';
    canary: { status: 'heard' | 'silent' | 'unknown'; ageSeconds: number | null };
    redis: 'up' | 'down' | 'not-used';
  };
};

const journal = new URL('../../db/migrations/meta/_journal.json', import.meta.url);
const patienceMs = 2_000;
/** A canary is sent every few seconds; after this long nobody hears the queue. */
const canaryDeafSeconds = 120;

type State = { applied: number; canary_age: number | null };

/**
 * Whether the hub can serve. Without Postgres, or with an older schema, it is down. Without Redis, or with no worker
 * heard of, it is degraded: nothing is lost, work is only later.
 */
export async function checkReadiness(
  db: Database,
  isRedisUp: (() => Promise<boolean>) | undefined,
): Promise<Readiness> {
  const [state, redis, expected] = await Promise.all([
    inTime(readState(db)),
    isRedisUp ? inTime(isRedisUp()).then((up) => (up === true ? 'up' : 'down')) : ('not-used' as const),
    migrationsExpected(),
  ]);
  if (state === undefined) {
    const canary = { status: 'unknown' as const, ageSeconds: null };
    return { status: 'down', checks: { postgres: 'down', migrations: 'unknown', canary, redis } };
  }
  const migrations = Number(state.applied) >= expected ? 'current' : 'behind';
  const ageSeconds = state.canary_age === null ? null : Math.max(0, Math.round(Number(state.canary_age)));
  const isHeard = ageSeconds !== null && ageSeconds <= canaryDeafSeconds;
  const status = migrations === 'behind' ? 'down' : redis === 'down' || !isHeard ? 'degraded' : 'ready';
  const canary = { status: isHeard ? ('heard' as const) : ('silent' as const), ageSeconds };
  return { status, checks: { postgres: 'up', migrations, canary, redis } };
}

async function readState(db: Database): Promise<State | undefined> {
  const [row] = await db.execute<State>(sql`
    select
      (select count(*) from drizzle.__drizzle_migrations) as applied,
      (select extract(epoch from now() - min(heard_at)) from canaries) as canary_age`);
  return row;
}

async function migrationsExpected(): Promise<number> {
  const { entries } = JSON.parse(await readFile(journal, 'utf8')) as { entries: unknown[] };
  return entries.length;
}

/** What a check answers, or undefined where it failed or took too long: a probe must not hang with what it probes. */
async function inTime<T>(check: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([check.catch(() => undefined), patience]);
  } finally {
    clearTimeout(timer);
  }
}
