import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { addBusinessDays } from '../src/calendar/holiday-calendar.ts';
import { machineClock } from '../src/platform/clock.ts';
import { civilDateOf } from '../src/calendar/london-time.ts';
import { readProgress } from '../src/cases/store-recomputations.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import type { Client } from '../test/support/client.ts';
import { startApi } from './support/api-in-process.ts';
import { plantCases, plantStaff } from './support/caseload.ts';
import { keepClaiming } from './support/claims.ts';
import { percentile, report, type Pair } from './support/ratios.ts';

/** The contract's size: 20,000 cases with about 160,000 pending deadlines. B5_CASES asks for fewer, for a quick look. */
const cases = Number(process.env['B5_CASES'] ?? 20_000);
const workers = 2;
const pairsOf = 5;
/** A caseworker of two hundred pulls every twenty seconds. */
const claimEveryMs = 100;
const quietMs = 20_000;

/**
 * A bank holiday proclaimed over the whole caseload, from the request until worker processes have worked out the last
 * case, beside one set-based UPDATE that moves every pending deadline by a day, and one that writes what was written;
 * caseworkers go on pulling all the while.
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
    const [pairs, written]: [Pair[], Pair[]] = [[], []];
    const [during, touched, moved]: [number[], number[], number[]] = [[], [], []];
    const proclaimed: { on: string; name: string }[] = [];
    for (let i = 0; i < pairsOf; i++) {
      const baseline = await updateAll(connection);
      await pause(2_000);
      proclaimed.push({ on: holidayOf(i), name: `Jubilee ${i + 1}` });
      await connection.sql`vacuum (analyze)`;
      await pause(1_000);
      claiming.taken();
      const ours = await recomputeAll(connection, clientOf('admin-1'), proclaimed);
      during.push(...claiming.taken());
      touched.push(ours.touched);
      moved.push(ours.moved);
      pairs.push({ ours: ours.seconds, baseline });
      written.push({ ours: ours.seconds, baseline: await updateMoved(connection, ours.id) });
    }
    await claiming.stop();
    await close();
    const claims = { before: percentile(before, 0.99), during: percentile(during, 0.99) };
    report(
      'b5',
      `a bank holiday: ${cases} cases, ${pending} deadlines, beside an UPDATE of them all`,
      's',
      pairs,
      {
        workers,
        pending,
        touched,
        moved,
        load: loadavg(),
        claimP99: { ...claims, ratio: claims.during / claims.before, pulls: [before.length, during.length] },
      },
    );
    report('b5-written', 'the same, beside an UPDATE of what it wrote and no more', 's', written);
    process.stdout.write(
      `    cases touched: ${touched.join(', ')}; deadlines moved: ${moved.join(', ')}; claim p99 ` +
        `${claims.before.toFixed(0)} ms before, ${claims.during.toFixed(0)} ms during, ` +
        `ratio ${(claims.during / claims.before).toFixed(2)}; load ${loadavg()[0]?.toFixed(1)}\n`,
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Copies of the pending deadlines and alerts with every index, so that moving them by a day moves nobody's deadline. */
async function plantBaseline({ sql }: Connection): Promise<number> {
  await sql`create table baseline (like deadlines including all)`;
  await sql`insert into baseline select * from deadlines where state = 'pending'`;
  await sql`create table baseline_alerts (like alerts including all)`;
  await sql`insert into baseline_alerts select * from alerts where state = 'pending'`;
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

/** The deadlines that a recomputation moved and their alerts, in the copies: one statement that writes that much. */
async function updateMoved({ sql }: Connection, recomputation: string): Promise<number> {
  await sql`vacuum (analyze) baseline, baseline_alerts`;
  const start = performance.now();
  await sql`
    with moved as (select deadline_id as id from recomputation_moves where recomputation_id = ${recomputation}),
    rescheduled as (
      update baseline_alerts a set fire_at = fire_at + interval '1 day', version = version + 1 from moved m
      where a.obligation_id = m.id
    )
    update baseline b set legal_due = legal_due + 1, action_due = action_due + 1, explanation = explanation || '["Jubilee"]',
      expires_at = expires_at + interval '1 day', version = version + 1, calendar_version = 'next', changed_at = now()
    from moved m where b.id = m.id`;
  return (performance.now() - start) / 1000;
}

/** From the administrator's request until the last case is done. */
async function recomputeAll(
  { db, sql }: Connection,
  administrator: Client,
  proclaimed: readonly { on: string; name: string }[],
): Promise<{ id: string; seconds: number; touched: number; moved: number }> {
  const path = '/api/calendar/bank-holidays';
  const ifMatch = (await administrator.get(path)).headers.get('etag') ?? '';
  const start = performance.now();
  const { status, body } = await administrator.put<{ id: string }>(path, { proclaimed }, { ifMatch });
  if (status !== 202) throw new Error(`the bank holiday was answered ${status}`);
  const { id } = body;
  while ((await readFinished(sql, id)) === null) await pause(50);
  const seconds = (performance.now() - start) / 1000;
  const progress = await readProgress(db, id);
  if (progress?.casesLeft !== 0 || progress.casesFailed > 0) throw new Error('cases were left');
  return { id, seconds, touched: progress.casesTotal, moved: progress.movedTotal };
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
