import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { addBusinessDays, type Holiday } from '../src/calendar/holiday-calendar.ts';
import { machineClock } from '../src/platform/clock.ts';
import { civilDateOf } from '../src/calendar/london-time.ts';
import { proclaimHolidays } from '../src/cases/proclaim-holidays.ts';
import { readProgress } from '../src/cases/store-recomputations.ts';
import { createApp } from '../src/http/create-app.ts';
import { serve } from '../src/http/serve.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { isFailure } from '../src/platform/failure.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createDemoIssuer } from '../src/staff/demo-issuer.ts';
import { createClient, type Client } from '../test/support/client.ts';
import { plantCases, plantStaff } from './support/caseload.ts';
import { keepClaiming } from './support/claims.ts';
import { percentile, report, type Pair } from './support/ratios.ts';

/** The contract's size: 20,000 cases with about 160,000 pending deadlines. B5_CASES asks for fewer, for a quick look. */
const cases = Number(process.env['B5_CASES'] ?? 20_000);
const workers = 2;
const pairsOf = 3;
const claimEveryMs = 25;
const quietMs = 10_000;

/**
 * A proclaimed bank holiday over the whole caseload, worked out by worker processes through the engine, beside one
 * set-based UPDATE that moves the same deadlines by a day; caseworkers go on pulling all the while.
 */
export async function benchHoliday(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const connection = connect(server.address, { max: 10 });
  const children: ChildProcess[] = [];
  try {
    await migrate(connection);
    await seedPeople(connection.db);
    const caseworkers = await plantStaff(connection.db, Math.max(8, Math.round(cases / 100)));
    await plantCases(connection.db, cases, caseworkers, ENGLAND_AND_WALES);
    const pending = await plantBaseline(connection);
    const { clientOf, close } = await startApi(connection, dataDir);
    for (let i = 0; i < workers; i++) children.push(startWorker(JSON.stringify(server.address)));
    const claiming = keepClaiming(clientOf, caseworkers, claimEveryMs);
    await pause(quietMs);
    claiming.taken();
    await pause(quietMs);
    const before = claiming.taken();
    const pairs: Pair[] = [];
    const [during, moved]: [number[], number[]] = [[], []];
    const proclaimed: Holiday[] = [];
    for (let i = 0; i < pairsOf; i++) {
      const baseline = await updateAll(connection);
      await pause(2_000);
      claiming.taken();
      const date = holidayOf(i);
      proclaimed.push({ date, name: `Jubilee ${i + 1}` });
      const ours = await recomputeAll(connection, proclaimed);
      during.push(...claiming.taken());
      moved.push(ours.moved);
      pairs.push({ ours: ours.seconds, baseline });
    }
    await claiming.stop();
    await close();
    const claims = { before: percentile(before, 0.99), during: percentile(during, 0.99) };
    report(
      'b5',
      `a bank holiday: ${cases} cases, ${pending} pending deadlines, ${workers} workers`,
      's',
      pairs,
      {
        pending,
        moved,
        claimP99: { ...claims, ratio: claims.during / claims.before, pulls: [before.length, during.length] },
      },
    );
    process.stdout.write(
      `    deadlines moved: ${moved.join(', ')}; claim p99 ${claims.before.toFixed(0)} ms before, ` +
        `${claims.during.toFixed(0)} ms during, ratio ${(claims.during / claims.before).toFixed(2)}\n`,
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A copy of the pending deadlines with every index, so that moving them all by a day moves nobody's deadline. */
async function plantBaseline({ sql }: Connection): Promise<number> {
  await sql`create table baseline (like deadlines including all)`;
  await sql`insert into baseline select * from deadlines where state = 'pending'`;
  await sql`vacuum (analyze)`;
  const [row] = await sql<{ many: number }[]>`select count(*)::int as many from baseline`;
  return row?.many ?? 0;
}

async function updateAll({ sql }: Connection): Promise<number> {
  await sql`vacuum (analyze) baseline`;
  const start = performance.now();
  await sql`
    update baseline set legal_due = legal_due + 1, action_due = action_due + 1,
      expires_at = expires_at + interval '1 day', version = version + 1, calendar_version = 'next', changed_at = now()`;
  return (performance.now() - start) / 1000;
}

async function recomputeAll(
  { db, sql }: Connection,
  proclaimed: Holiday[],
): Promise<{ seconds: number; moved: number }> {
  await sql`vacuum (analyze)`;
  const start = performance.now();
  const begun = await db.transaction((tx) =>
    proclaimHolidays(
      tx,
      { proclaimed: [...proclaimed], lastYear: ENGLAND_AND_WALES.lastYear },
      { id: 'admin-1', requestId: null },
    ),
  );
  if (isFailure(begun)) throw new Error(JSON.stringify(begun.errors));
  const { id } = begun.recomputation;
  while ((await readFinished(sql, id)) === null) await pause(50);
  const seconds = (performance.now() - start) / 1000;
  const progress = await readProgress(db, id);
  if (progress?.casesLeft !== 0 || progress.casesFailed > 0) throw new Error('cases were left');
  return { seconds, moved: progress.movedTotal };
}

async function readFinished(sql: Connection['sql'], id: string): Promise<unknown> {
  const [row] = await sql<
    { finished_at: unknown }[]
  >`select finished_at from recomputations where id = ${id}`;
  return row?.finished_at ?? null;
}

/** Working days about two, three and four weeks ahead, where most deadlines are. */
function holidayOf(i: number): string {
  const day = addBusinessDays(ENGLAND_AND_WALES, civilDateOf(machineClock.now()), 9 + 5 * i);
  if (typeof day !== 'string') throw new Error('the bank holidays of this year are not loaded');
  return day;
}

async function startApi(connection: Connection, dataDir: string) {
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const { db, sql } = connection;
  const issuer = await createDemoIssuer(db, read.config.oidcAudience);
  const hub = { db, sql, config: read.config, logger: createLogger('silent') };
  const app = createApp({ hub, verifyToken: issuer.verifyToken });
  const listening = await serve(app, { host: '127.0.0.1', port: 0 });
  const clients = new Map<string, Client>();
  const clientOf = (who: string) => {
    const client =
      clients.get(who) ?? createClient(`http://127.0.0.1:${listening.port}`, () => issuer.issue(who));
    clients.set(who, client);
    return client;
  };
  return { clientOf, close: () => listening.close() };
}

function startWorker(address: string): ChildProcess {
  const program = fileURLToPath(new URL('./support/recompute-worker.ts', import.meta.url));
  return spawn(process.execPath, ['--max-semi-space-size=64', '--import', 'tsx', program, address], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

await benchHoliday();
