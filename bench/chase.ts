import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { morningOf } from '../src/chasers/business-hours.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { waitFor } from '../test/support/wait-for.ts';
import { runWorkers, testConfig } from '../test/workers/stage.ts';
import { workerParts } from '../workers/worker-parts.ts';
import { plantItems, plantOfficers, type Force } from './support/force.ts';
import { report, type Pair } from './support/ratios.ts';

const force: Force = { officers: 2_000, items: 10_000 };
const rounds = 3;
/** A Tuesday. */
const day = '2026-06-16';
/** As many as a bare loop is given. */
const connections = 4;

type Came = { messages: number; distinct: number; most: number; recipients: number };
type Sent = { toAddress: string; subject: string; body: string };

/**
 * A force of 2,000 officers with 10,000 outstanding items at 08:00: how many messages, how long until all of them have
 * reached a mail server, and none twice; beside a bare nodemailer loop that sends the same mail over as many connections.
 */
export async function benchChase(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const db = connect(server.address, { max: 12 });
  const sink = fork(new URL('support/smtp-sink.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    await migrate(db);
    await seedPeople(db.db);
    await plantOfficers(db, force.officers);
    const pairs: Pair[] = [];
    const more: object[] = [];
    for (let round = 0; round < rounds; round++) {
      const { seconds, firedAfter, came, load } = await chase(db, smtpUrl, sink);
      const mail = await db.sql<
        Sent[]
      >`select to_address as "toAddress", subject, body from messages where state = 'sent'`;
      const bare = await bareLoop(mail, smtpUrl, sink);
      pairs.push({ ours: came.messages / seconds, baseline: came.messages / bare });
      const [kinds] = await db.sql`
        select count(*) filter (where purpose = 'chaser')::int as chasers,
          count(*) filter (where purpose = 'escalation')::int as escalations,
          (select count(*)::int from tasks where kind like 'chasing-failed%') as tasks from messages`;
      more.push({ ...came, ...kinds, seconds, firedAfter, bare, load });
      if (came.distinct !== came.messages || came.messages !== mail.length)
        throw new Error('mail was doubled or lost');
      process.stdout.write(
        `    ${came.messages} messages (${kinds?.['chasers']} to officers, ${kinds?.['escalations']} to those above), none twice, ` +
          `in ${seconds.toFixed(1)} s from 08:00 (all steps fired after ${firedAfter.toFixed(1)} s); bare ${bare.toFixed(1)} s; load ${load.toFixed(1)}\n`,
      );
    }
    report(
      'chase',
      `${force.items} items of ${force.officers} officers at 08:00 through SMTP, against nodemailer sending the same mail`,
      'messages/s',
      pairs,
      { rounds: more },
    );
  } finally {
    sink.disconnect();
    await db.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Plants the items, lets the hub's clock come to 08:00 and waits until every message has left. */
async function chase(db: Connection, smtpUrl: string, sink: ChildProcess) {
  await db.sql`truncate cases, alerts, messages, tasks cascade`;
  await plantItems(db, force, day, ENGLAND_AND_WALES);
  await db.sql.unsafe('analyze');
  await ask(sink, 'clear');
  const linkSecret = 'a secret of the benchmark, of more than 32 characters';
  const messagesPerMinute = { smtp: 1_000_000, notify: 1_000_000, teams: 1_000_000 };
  const config = { smtpUrl, linkSecret, messagesPerMinute, armSeconds: 3_600, sweepSeconds: 15 };
  await setClock(db, new Date(Date.parse(morningOf(day)) - 4_000).toISOString());
  const running = await runWorkers(db, config, workerParts(testConfig(config)));
  await waitFor('the queues', () => running.queues.isReady());
  await running.sweep.armNow();
  await waitFor(
    'every message to leave',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const [row] = await db.sql<{ waiting: boolean }[]>`
        select exists (select from alerts where state = 'pending' and fire_at <= ${morningOf(day)})
          or exists (select from messages where state in ('pending', 'sending')) as waiting`;
      return row?.waiting === false;
    },
    600_000,
  );
  const [row] = await db.sql<{ seconds: number; firedAfter: number }[]>`
    select extract(epoch from max(m.sent_at) - ${morningOf(day)}::timestamptz)::float as seconds,
      (select extract(epoch from max(fired_at) - min(fire_at))::float from alerts where state = 'fired') as "firedAfter"
    from messages m`;
  await running.stop();
  return { ...row!, came: await ask(sink, 'count'), load: loadavg()[0] ?? 0 };
}

/** The same mail, one after another over a pool of connections, by a loop that knows nothing else. In seconds. */
async function bareLoop(mail: readonly Sent[], smtpUrl: string, sink: ChildProcess): Promise<number> {
  await ask(sink, 'clear');
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
  } as never);
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let one = mail[next++]; one !== undefined; one = mail[next++])
        await transport.sendMail({
          from: 'hub@bench.invalid',
          to: one.toAddress,
          subject: one.subject,
          text: one.body,
        });
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  transport.close();
  return seconds;
}

async function setClock(db: Connection, to: string): Promise<void> {
  await db.sql`
    update hub_clock set ahead_ms = round(extract(epoch from ${to}::timestamptz - clock_timestamp()) * 1000)`;
}

async function ask(sink: ChildProcess, what: 'count' | 'clear'): Promise<Came> {
  const answer = once(sink, 'message') as Promise<[Came]>;
  sink.send(what);
  return (await answer)[0];
}

await benchChase();
