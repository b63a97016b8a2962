import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { createApp } from '../src/http/create-app.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { makePausesShort } from '../src/platform/short-pauses.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createDemoIssuer } from '../src/staff/demo-issuer.ts';
import { startSession } from '../src/staff/sessions.ts';
import { startReadLog } from '../workers/read-log.ts';
import { startApi, type ApiServer } from './support/api-server.ts';
import { plantManyTasks } from './support/many-tasks.ts';
import { median, percentile, report, type Pair } from './support/ratios.ts';
import { BatchRecorder } from './support/recorded-batches.ts';

const pairsOf = Number(process.env['B7_PAIRS'] ?? 11);
const seconds = Number(process.env['B7_SECONDS'] ?? 5);
const tasks = Number(process.env['B7_TASKS'] ?? 1_000_000);
/** A hub with so many tasks is measured beside, where this is not 0. */
const tasksBeside = Number(process.env['B7_BESIDE'] ?? 0);
const rate = Number(process.env['B7_RATE'] ?? 200);
/** Asked for so long before anything is measured, as of a hub that has been up for a while. */
const warmSeconds = 20;
/**
 * How long each turn of a page or of the bare route goes on before it is measured. Each begins with the processor's memory
 * full of the other's, and with the garbage of this process just collected: a second later neither is to be seen, and no
 * hub is asked for something else every five seconds.
 */
const leadSeconds = 1;
const callersOf = 100;
/** How often a page is asked for to count its statements: what this process sends by itself meanwhile is counted in some. */
const askings = 9;

type Page = { name: string; path: (who: string) => string; headers: (who: string) => Record<string, string> };
const bare: Page = { name: 'select-1', path: () => '/bench/select-1', headers: () => ({}) };

/** A hub with planted tasks, whose API is asked by a hundred caseworkers. */
type Hub = {
  api: ApiServer;
  people: string[];
  pages: Page[];
  /** How many statements a page sends that was asked for before. */
  statementsOf(page: Page): Promise<number>;
  stop(): Promise<void>;
};

/**
 * The queue as JSON and as a page, asked for so many times a second by a hundred caseworkers, whatever became of the
 * request before, beside a route that does `select 1`; and how many statements one page sends. With `B7_BESIDE` also beside
 * the same page of a hub with so many tasks, in turn with it: from one hour to the next a machine differs by more than the
 * two do.
 */
export async function benchPage(): Promise<void> {
  // A pause of this process would count as one of the API, and bodies of pages make more garbage here than `[1]` does.
  makePausesShort();
  const hub = await startHub(tasks);
  const other = tasksBeside > 0 ? await startHub(tasksBeside) : undefined;
  try {
    for (const { api, people, pages } of other === undefined ? [hub] : [hub, other])
      for (const page of [...pages, bare]) await askSteadily(api, page, people, warmSeconds);
    for (const [place, page] of hub.pages.entries()) {
      const statements = await hub.statementsOf(page);
      const otherPage = other?.pages[place];
      const pairs: Pair[] = [];
      const beside: Pair[] = [];
      for (let i = 0; i < pairsOf; i++) {
        const ours = await p99(hub, page);
        pairs.push({ ours, baseline: await p99(hub, bare) });
        if (other !== undefined && otherPage !== undefined)
          beside.push({ ours, baseline: await p99(other, otherPage) });
      }
      const title = `the queue as ${page.name} at ${tasks} open tasks, ${rate} a second: p99 beside`;
      report(`b7-${page.name}`, `${title} a select 1 route`, 'ms', pairs, { statements });
      process.stdout.write(`    ${statements} statements a page\n`);
      if (beside.length > 0)
        report(`b7-${page.name}-beside`, `${title} the same at ${tasksBeside}`, 'ms', beside);
    }
  } finally {
    await other?.stop();
    await hub.stop();
  }
}

async function p99({ api, people }: Hub, page: Page): Promise<number> {
  return percentile(await askSteadily(api, page, people), 0.99);
}

async function startHub(many: number): Promise<Hub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({
    ...{ dataDir, database: 'hub', progress: () => undefined },
    // A quarter of the memory, as the manual advises for the server of a force.
    settings: { shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB` },
  });
  const recorder = new BatchRecorder();
  const connection = connect(server.address, { onStatement: recorder.listen });
  await migrate(connection);
  await seedPeople(connection.db);
  const { withOwn } = await plantManyTasks(connection.sql, many);
  // A million tasks do not come within a minute: what Postgres would do about that in the background is no part of a page.
  await connection.sql.unsafe('vacuum analyze');
  await connection.sql.unsafe('checkpoint');
  const people = withOwn.slice(0, callersOf);
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const issuer = await createDemoIssuer(connection.db, read.config.oidcAudience);
  const tokens = new Map<string, string>();
  const cookies = new Map<string, string>();
  for (const who of people) {
    tokens.set(who, await issuer.issue(who));
    cookies.set(who, await startSession(connection.db, who));
  }
  const pages: Page[] = [
    {
      name: 'json',
      path: (who) => `/api/caseworkers/${who}/queue`,
      headers: (who) => ({ Authorization: `Bearer ${tokens.get(who) ?? ''}` }),
    },
    {
      name: 'html',
      path: () => '/queue',
      headers: (who) => ({ Cookie: `hub_session=${cookies.get(who) ?? ''}` }),
    },
  ];
  const { db, sql } = connection;
  const hub = { db, sql, config: read.config, logger: createLogger('silent') };
  const app = createApp({ hub, verifyToken: issuer.verifyToken });
  const api = await startApi(server.address);
  // As the workers of a hub do.
  const readLog = startReadLog(hub);
  return {
    api,
    people,
    pages,
    statementsOf: async (page) => {
      const who = people[0] ?? '';
      // As the server hands it over, so that a page and what it asks are of one request.
      const ask = async () => app.request(page.path(who), { headers: page.headers(who) }, { incoming: {} });
      await ask();
      const counts: number[] = [];
      while (counts.length < askings) counts.push((await recorder.record(ask)).before.flat().length);
      return median(counts);
    },
    stop: async () => {
      await readLog.close();
      await api.stop();
      await connection.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Sends requests at a steady rate; each is timed from when it was to be sent, so that waiting counts.
 * @returns how long each took, in milliseconds, of those that were to be sent after `leadSeconds`
 */
async function askSteadily(
  api: ApiServer,
  page: Page,
  people: readonly string[],
  forSeconds = seconds,
): Promise<number[]> {
  // What this process collects of its own is no part of a page either: none is left to come in the midst of a measurement.
  collectGarbage();
  const times: number[] = [];
  const running: Promise<void>[] = [];
  const start = performance.now();
  const first = rate * leadSeconds;
  const many = first + rate * forSeconds;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      while (running.length < many && performance.now() >= start + (running.length * 1_000) / rate) {
        const nth = running.length;
        const due = start + (nth * 1_000) / rate;
        const who = people[nth % people.length] ?? '';
        running.push(
          api.send('GET', page.path(who), page.headers(who)).then((reply) => {
            if (reply.status !== 200) throw new Error(`${page.name} answered ${reply.status}: ${reply.text}`);
            if (nth >= first) times.push(performance.now() - due);
          }),
        );
      }
      if (running.length < many) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(running);
  return times;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

await benchPage();
