import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { readNow } from '../db/read-now.ts';
import { seedPeople } from '../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { rules } from '../src/deadlines/rules/register.ts';
import { isFailure } from '../src/platform/failure.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { prepare, type Preparing } from '../src/workload/rebalance/prepare.ts';
import { propose } from '../src/workload/rebalance/propose.ts';
import { relax } from '../src/workload/rebalance/programme.ts';
import { requestProposal } from '../src/workload/rebalance/request-proposal.ts';
import { loadSolverHere } from '../src/workload/rebalance/solve-here.ts';
import { benchApply } from './b6-apply.ts';
import { inventCaseload, plantCaseload } from './support/caseload-of-minutes.ts';
import { median, report, type Pair } from './support/ratios.ts';

const people = 200;
const cases = Number(process.env['B6_CASES'] ?? 20_000);
const seeds = [1, 2, 3, 4, 5];
/** Each caseload is planned so often, so that what the machine does beside it matters less. */
const rounds = 3;

const how: Preparing = {
  asked: { kind: 'balance' },
  viewer: 'sr-1',
  limits: {
    hearingUntil: '2026-06-15',
    limitUntil: '2026-06-08',
    notesFrom: '2026-05-18',
    changedFrom: '2026-05-04',
  },
  nextDay: '2026-06-02',
};

/**
 * A whole proposal for 200 caseworkers and 20,000 cases, from the rows in memory to the reason of each move, beside the
 * solver alone on the same programme in this thread; and how far from the proven bound it is. Then a proposal over
 * Postgres, and applying one of several hundred moves and taking it back.
 */
export async function benchRebalance(): Promise<void> {
  const solveAlone = await loadSolverHere();
  const caseloads = seeds.map((seed) => ({ seed, caseload: inventCaseload({ seed, people, cases }) }));
  const pairs: Pair[] = [];
  const quality = [];
  for (let round = 1; round <= rounds; round++)
    for (const { seed, caseload } of caseloads) {
      const { programme } = relax(prepare(caseload, how).planning);
      const begun = performance.now();
      const alone = solveAlone(programme);
      const baseline = performance.now() - begun;
      if (alone.kind !== 'solved') throw new Error(alone.kind);
      const start = performance.now();
      const plan = await propose(caseload, how);
      pairs.push({ ours: (performance.now() - start) / 1_000, baseline: baseline / 1_000 });
      if (round > 1) continue;
      const work = plan.before.people.reduce((sum, { loadMinutes }) => sum + loadMinutes, 0);
      quality.push({
        ...{ seed, columns: programme.columns, method: plan.method, moves: plan.moves.length, gap: plan.gap },
        cost: plan.after.cost / plan.lowerBound.cost,
        overload: {
          before: plan.before.overload,
          after: plan.after.overload,
          bound: plan.lowerBound.overload,
        },
        overloadOfWork: (plan.after.overload - plan.lowerBound.overload) / work,
        fairness: [plan.before.fairness, plan.after.fairness],
        seconds: pairs.at(-1)?.ours,
      });
    }
  const costs = quality.map(({ cost }) => cost);
  const left = quality.map(({ overloadOfWork }) => overloadOfWork);
  report('b6', `a rebalance of ${people} people and ${cases} cases, beside the solver alone`, 's', pairs, {
    quality,
    load: loadavg(),
  });
  process.stdout.write(
    `    cost against the bound ${median(costs).toFixed(4)} (${Math.min(...costs).toFixed(4)} to ${Math.max(...costs).toFixed(4)}); ` +
      `overload above the bound ${(Math.max(...left) * 100).toFixed(4)} % of the work at most; ` +
      `longest ${Math.max(...pairs.map(({ ours }) => ours)).toFixed(2)} s; load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  await benchRequests();
  await benchApply();
}

/** What a senior waits for: reading the rows, planning, nothing kept. */
async function benchRequests(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const connection = connect(server.address, { max: 10 });
  try {
    await migrate(connection);
    await seedPeople(connection.db);
    const { db, sql } = connection;
    await plantCaseload(connection, inventCaseload({ seed: 1, people, cases }));
    await sql`vacuum (analyze)`;
    const pairs: Pair[] = [];
    for (let i = 0; i < seeds.length; i++) {
      const reading = { now: await readNow(db), calendar: ENGLAND_AND_WALES, rules };
      const start = performance.now();
      const planned = await requestProposal(db, 'sr-1', { team: 'crime' }, reading);
      if (isFailure(planned)) throw new Error(planned.detail);
      const ours = (performance.now() - start) / 1_000;
      const read = performance.now();
      await sql`select sum(effort_minutes) from tasks where state = 'open' and assignee is not null group by case_id, assignee`;
      pairs.push({ ours, baseline: (performance.now() - read) / 1_000 });
    }
    report(
      'b6-request',
      'the same from the rows in Postgres, beside adding up the tasks by case',
      's',
      pairs,
      {
        load: loadavg(),
      },
    );
  } finally {
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await benchRebalance();
