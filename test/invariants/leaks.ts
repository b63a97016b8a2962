import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import type { Asked, Evidence } from './evidence.ts';

/**
 * Invariant 19: the queue knows instants and nothing else; and what is personal of defendants, victims and witnesses is
 * where it belongs and nowhere besides: not in the queue, the log, the history, events, tasks, messages, URLs or the
 * bodies of errors. Names of tests are nobody's, so that a search finds every leak.
 */
export async function leakProblems(db: Asked, evidence: Evidence): Promise<string[]> {
  const personal = await readPersonal(db);
  const queue =
    evidence.redisUrl === undefined ? await readBullTables(db) : await readRedis(evidence.redisUrl);
  const places: [place: string, texts: readonly string[]][] = [
    ...(await readTables(db)),
    ['the queue', queue.texts],
    ['the log', evidence.log ?? []],
    ['URLs', (evidence.requests ?? []).map(({ path }) => decodeURIComponent(path))],
    [
      'bodies of errors',
      (evidence.requests ?? []).filter(({ status }) => status >= 400).map(({ text }) => text),
    ],
  ];
  return [
    ...places.flatMap(([place, texts]) =>
      personal
        .filter((word) => texts.some((text) => text.toLowerCase().includes(word)))
        .map((word) => `19: ${word} stands in ${place}`),
    ),
    ...queue.jobs.flatMap(payloadProblems),
    ...(evidence.log ?? [])
      .filter((line) => /"level":"(error|fatal)"/.test(line) && evidence.outage !== true)
      .map((line) => `20: the log complains: ${line.slice(0, 600)}`),
  ];
}

/** Surnames, and every way to reach somebody, in small letters. */
async function readPersonal(db: Asked): Promise<string[]> {
  const named = await db.execute<{ name: string }>(sql`
    select name from defendants union select name from people`);
  const reached = await db.execute<{ value: string }>(sql`
    select distinct value from people, jsonb_each_text(contact)`);
  return [...named.map(({ name }) => name.split(' ').at(-1) ?? ''), ...reached.map(({ value }) => value)]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 4 && word !== 'example');
}

async function readTables(db: Asked): Promise<[string, string[]][]> {
  const places: [string, ReturnType<typeof sql>][] = [
    ['history.detail', sql`select detail::text as text from history`],
    ['case_events.data', sql`select data::text as text from case_events`],
    [
      'tasks',
      sql`select concat_ws(' ', title, source, subject, why, outcome, note, deferred_why) as text from tasks`,
    ],
    ['messages', sql`select concat_ws(' ', key, subject, body, facts, last_error) as text from messages`],
    ['deadlines', sql`select concat_ws(' ', facts, explanation, ended_why) as text from deadlines`],
    ['alerts', sql`select concat_ws(' ', follow_ups, last_error) as text from alerts`],
    ['access_log', sql`select concat_ws(' ', actor, route, request_id) as text from access_log`],
  ];
  const found: [string, string[]][] = [];
  for (const [place, query] of places)
    found.push([place, (await db.execute<{ text: string }>(query)).map(({ text }) => text)]);
  return found;
}

/** Everything that the queue holds, and of it what its jobs say. */
type Held = { texts: string[]; jobs: unknown[] };

async function readBullTables(db: Asked): Promise<Held> {
  const tables = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables
    where table_schema = 'bullmq' and table_type = 'BASE TABLE'`);
  const held: Held = { texts: [], jobs: [] };
  for (const { name } of tables)
    for (const { text } of await db.execute<{ text: string }>(
      sql`select to_jsonb(t)::text as text from bullmq.${sql.identifier(name)} t`,
    )) {
      held.texts.push(text);
      if (name === 'job') held.jobs.push((JSON.parse(text) as { data: unknown }).data);
    }
  return held;
}

async function readRedis(url: string): Promise<Held> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  await client.connect();
  const held: Held = { texts: [], jobs: [] };
  try {
    for (const key of await client.keys('*')) {
      const value = await readKey(client, key);
      held.texts.push(`${key} ${JSON.stringify(value)}`);
      if (typeof value === 'object' && value !== null && 'data' in value) held.jobs.push(value.data);
    }
    return held;
  } finally {
    client.disconnect();
  }
}

async function readKey(client: Redis, key: string): Promise<unknown> {
  const read: Partial<Record<string, () => Promise<unknown>>> = {
    string: () => client.get(key),
    hash: () => client.hgetall(key),
    list: () => client.lrange(key, 0, -1),
    set: () => client.smembers(key),
    zset: () => client.zrange(key, '0', '-1'),
    stream: () => client.xrange(key, '-', '+'),
  };
  return read[await client.type(key)]?.();
}

/** A job says when, and nothing else. */
function payloadProblems(data: unknown): string[] {
  const said: unknown = typeof data === 'string' ? JSON.parse(data) : data;
  const fields = Object.keys(said ?? {}).join();
  return fields === 'at' ? [] : [`19: a job of the queue says ${fields || 'nothing'}`];
}
