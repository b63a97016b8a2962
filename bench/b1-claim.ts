import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { readNow } from '../db/read-now.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { createDemoIssuer } from '../src/staff/demo-issuer.ts';
import { bandRankText } from '../src/tasks/band-sql.ts';
import { bandEdges, type BandEdges } from '../src/tasks/urgency.ts';
import { startApi } from './support/api-server.ts';
import { startBareClaims } from './support/bare-claims.ts';
import { httpCycle, keepGoing, recordCycle, type Given, type Recorded } from './support/claim-cycles.ts';
import { explainStatements } from './support/explain.ts';
import { plantManyTasks } from './support/many-tasks.ts';
import { measurePeers } from './support/queue-peers.ts';
import { percentile, report, type Pair } from './support/ratios.ts';
import { BatchRecorder } from './support/recorded-batches.ts';

const pairsOf = Number(process.env['B1_PAIRS'] ?? 5);
const seconds = Number(process.env['B1_SECONDS'] ?? 3);
const tasks = Number(process.env['B1_TASKS'] ?? 1_000_000);
const inFlights = [16, 64, 200];
/** As many connections as an API process has. */
const connections = 10;
/** On either side: the API has one for each core of a small machine. */
const processes = 2;

/**
 * 200 caseworkers pull and complete over HTTP, a fifth of them from the pool of their team, beside the same statements
 * sent by postgres.js alone; what was given, to whom, and what was passed over; the plans of the hot statements; and
 * queues that do as much for a job.
 */
export async function benchClaim(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const recorder = new BatchRecorder();
  const recording = connect(server.address, { onStatement: recorder.listen });
  await migrate(recording);
  await seedPeople(recording.db);
  const { withOwn, ofPool } = await plantManyTasks(recording.sql, tasks);
  const issuer = await createDemoIssuer(recording.db, audience());
  const people = mix(withOwn, ofPool);
  const tokens = new Map<string, string>();
  for (const who of people) tokens.set(who, await issuer.issue(who));
  const api = await startApi(server.address, processes);
  const [crime, traffic] = [await recordTwice('bw-2'), await recordTwice('bw-1')];
  const ours = httpCycle(api, tokens);
  const bare = await startBareClaims(server.address, { even: crime, odd: traffic }, processes, connections);
  const all: Given[] = [];
  try {
    // Every connection plans a statement anew the first five times.
    all.push(...(await keepGoing(people, 64, 4, ours)).given);
    all.push(...(await bare.keepGoing({ people, inFlight: 64, seconds: 4 })).given);
    for (const inFlight of inFlights) {
      const [rates, latencies]: [Pair[], Pair[]] = [[], []];
      for (let i = 0; i < pairsOf; i++) {
        const first = await keepGoing(people, inFlight, seconds, ours);
        const second = await bare.keepGoing({ people, inFlight, seconds });
        rates.push({ ours: first.perSecond, baseline: second.perSecond });
        latencies.push({ ours: p99(first.given), baseline: p99(second.given) });
        all.push(...first.given, ...second.given);
      }
      const what = `${tasks} open tasks, ${inFlight} of 200 caseworkers at a time, ${processes} processes each`;
      report(
        `b1-claims-${inFlight}`,
        `${what}: pulled and completed over HTTP, beside the same SQL`,
        'claims/s',
        rates,
      );
      report(`b1-p99-${inFlight}`, `${what}: p99 of a pull, beside the same SQL`, 'ms', latencies);
    }
    await checkGiven(recording, all, bandEdges(ENGLAND_AND_WALES, await readNow(recording.db)));
    await explainStatements(recording, crime);
    await measurePeers(server.address, recording);
  } finally {
    await api.stop();
    await bare.stop();
    await recording.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }

  /** The second time, when everything that is read once has been read. */
  async function recordTwice(who: string): Promise<Recorded> {
    await recordCycle(recording, recorder, issuer, who);
    return recordCycle(recording, recorder, issuer, who);
  }
}

function audience(): string {
  const read = readConfig({ PORT: '0' });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  return read.config.oidcAudience;
}

const p99 = (given: readonly Given[]) =>
  percentile(
    given.map(({ ms }) => ms),
    0.99,
  );

/** Every fifth is one who lives on the pool. */
function mix(withOwn: readonly string[], ofPool: readonly string[]): string[] {
  const each = withOwn.length / ofPool.length;
  return ofPool.flatMap((who, i) => [who, ...withOwn.slice(i * each, (i + 1) * each)]);
}

/**
 * What must not be: a task given twice, two claims on one at a time, or work of a pool passed over for what comes later
 * in the order of work. Only work without conditions is compared, with what was given out of the same pool.
 */
async function checkGiven({ sql }: Connection, given: readonly Given[], at: BandEdges): Promise<void> {
  const literal = (instant: string) => `'${instant}'::timestamptz`;
  const rank = bandRankText({
    now: literal(at.now),
    today: literal(at.today),
    soon: literal(at.soon),
    soonForHearing: literal(at.soonForHearing),
  });
  const twice = given.length - new Set(given.map(({ taskId }) => taskId)).size;
  const [claimed] = await sql<{ twice: number; lost: number }[]>`
    select count(*) filter (where n > 1)::int as twice, count(*) filter (where state <> 'done')::int as lost
    from (select t.state, count(*) as n from claims c join tasks t on t.id = c.task_id group by t.id, t.state) x`;
  const teams = (await sql.unsafe(`
    with pool as (
      select t.team, t.state, row(${rank}, t.consequence, t.due_at) as place from tasks t
      where t.skills = '{}' and t.visible_to = '{}' and t.barred = '{}' and t.deferred_until is null
        and (t.assignee is null or t.closed_by like 'bp-%'))
    select g.team, g.given, (select count(*)::int from pool p
      where p.team = g.team and p.state = 'open' and p.place < g.last) as "passedOver"
    from (select team, count(*)::int as given, max(place) as last from pool where state = 'done' group by team) g`)) as {
    team: string;
    given: number;
    passedOver: number;
  }[];
  const fromPool = given.filter(({ who }) => who.startsWith('bp-')).length;
  process.stdout.write(
    `b1  ${given.length} given, ${Math.round((100 * fromPool) / given.length)} % by people with nothing but the pool; ` +
      `twice: ${twice}; tasks with two claims: ${claimed?.twice ?? 0}; not completed: ${claimed?.lost ?? 0}\n`,
  );
  for (const { team, given: many, passedOver } of teams)
    process.stdout.write(`    ${team}: ${many} of the pool given, ${passedOver} of it passed over\n`);
}

await benchClaim();
