import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { readNow } from '../db/read-now.ts';
import { advanceClock } from '../src/alerts/advance-clock.ts';
import { drainClass } from '../src/alerts/drain.ts';
import type { Effect } from '../src/alerts/fire.ts';
import type { Drains } from '../src/alerts/sweep.ts';
import { putMessage } from '../src/messages/outbox.ts';
import { sendMessages } from '../src/messages/send-messages.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { createLogger } from '../src/platform/logger.ts';
import { jump, makeAlerts, makeCases } from '../test/alerts/stage.ts';
import { recordingChannel } from '../test/workers/stage.ts';
import { report, type Pair } from './support/ratios.ts';

const alerts = 600;
const days = 25;
const dayMs = 86_400_000;
const pairsOf = 5;
const logger = createLogger('silent');

/** The demo's clock moved 25 days on with 600 alerts and 150 messages on the way, beside bare UPDATEs of as many rows. */
export async function benchClock(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const connection = connect(server.address);
  try {
    await migrate(connection);
    const cases = await makeCases(connection.sql, 60);
    const drains = drainsOf(connection);
    const walk = async () => {
      const to = new Date(Date.parse(await readNow(connection.db)) + days * dayMs).toISOString();
      await advanceClock({ db: connection.db, logger }, to, drains);
    };
    const pairs: Pair[] = [];
    for (let i = 0; i < pairsOf; i++) {
      const baseline = await secondsOf(connection, cases, () => bareWalk(connection));
      const ours = await secondsOf(connection, cases, walk);
      pairs.push({ ours, baseline });
    }
    report(
      'clock',
      `the demo’s clock moved ${days} days, ${alerts} alerts and ${alerts / 4} messages`,
      's',
      pairs,
    );
  } finally {
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** How long what is due in the next 25 days takes; four instants a day. */
async function secondsOf({ sql }: Connection, cases: string[], walk: () => Promise<void>): Promise<number> {
  await makeAlerts(sql, cases, alerts, { inMs: 3_600_000, everyMs: ((days - 1) * dayMs) / alerts });
  await sql`
    update alerts set fire_at = date_bin('6 hours', fire_at, 'epoch') + interval '6 hours' where state = 'pending'`;
  const start = performance.now();
  await walk();
  const seconds = (performance.now() - start) / 1000;
  const [row] = await sql<
    { left: number }[]
  >`select count(*)::int as left from alerts where state = 'pending'`;
  if (row?.left !== 0) throw new Error(`${row?.left} alerts were not carried out`);
  return seconds;
}

/** The same rows changed instant by instant: the clock, the alerts, a message for every fourth. */
async function bareWalk(connection: Connection): Promise<void> {
  const { sql } = connection;
  const instants = await sql<{ at: string; ms: number }[]>`
    select fire_at::text as at, (extract(epoch from fire_at - hub_now()) * 1000)::float8 as ms
    from alerts where state = 'pending' group by fire_at order by fire_at`;
  let passed = 0;
  for (const { at, ms } of instants) {
    await jump(connection, Math.ceil(ms) - passed);
    passed = Math.ceil(ms);
    await sql.begin(async (tx) => {
      const fired = await tx<{ id: string; n: number }[]>`
        update alerts set state = 'fired', fired_at = hub_now(), starts = 1
        where state = 'pending' and fire_at <= ${at}::timestamptz returning id`;
      const told = fired.filter((_, i) => i % 4 === 0).map(({ id }) => id);
      await tx`
        insert into messages (id, key, channel, purpose, to_id, to_address, case_ids, facts, subject, body, state, due_at, created_at)
        select gen_random_uuid(), id::text, 'email', 'staff-alert', 'cw-1', 'cw-1@hub.invalid', '[]', '{}', 's', 'b', 'cancelled',
          now(), now() from unnest(${told}::uuid[]) id`;
    });
  }
  await jump(connection, days * dayMs - passed);
}

function drainsOf(connection: Connection): Drains {
  const { channel } = recordingChannel();
  const sender = { db: connection.db, channel, logger, writers: {}, onTrouble: () => Promise.resolve() };
  const drain = (cls: 'deadlines' | 'victim-updates' | 'chasers') => async () =>
    void (await drainClass(connection, cls, aMessageForEveryFourth));
  return {
    deadlines: drain('deadlines'),
    'victim-updates': drain('victim-updates'),
    chasers: drain('chasers'),
    messages: async () => void (await sendMessages(sender, { queue: 'messages' })),
    'bulk-messages': async () => void (await sendMessages(sender, { queue: 'bulk-messages' })),
  };
}

const aMessageForEveryFourth: Effect = async (tx, fired, now) => {
  for (const { id, caseId } of fired.filter((_, i) => i % 4 === 0))
    await putMessage(tx, {
      key: id,
      purpose: 'staff-alert',
      toId: 'cw-1',
      toAddress: 'cw-1@hub.invalid',
      caseIds: [caseId],
      subject: 's',
      body: 'b',
      facts: {},
      dueAt: now,
    });
  return new Map();
};

await benchClock();
