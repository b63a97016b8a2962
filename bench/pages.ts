import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedDemo } from '../db/seed/demo.ts';
import { loadCalendar } from '../src/deadlines/store-calendar.ts';
import { createApp } from '../src/http/create-app.ts';
import { serve } from '../src/http/serve.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createDemoIssuer } from '../src/staff/demo-issuer.ts';
import { startSession } from '../src/staff/sessions.ts';
import { pageRoutes, Walker } from '../test/pages/walk-site.ts';
import { startBrowser, type Visit } from '../test/support/browser.ts';
import { startApi } from './support/api-server.ts';
import { keep, median, type Pair } from './support/ratios.ts';
import { BatchRecorder } from './support/recorded-batches.ts';

const pairsOf = Number(process.env['PAGES_PAIRS'] ?? 5);
const timesOf = Number(process.env['PAGES_TIMES'] ?? 10);
const mostStatementsOfQueue = 3;
const people = ['cw-1', 'sr-1', 'admin-1'];

type Page = { route: string; who: string; address: string };
/** What a visit asks the hub for: requests, and the bytes of bodies as they are sent and as they are read. */
type Load = { requests: number; sent: number; read: number };

/**
 * Every page of the demo to which links lead: what a browser loads for it, at the first visit of a person and at the
 * next; how long until its first byte beside a route that does `select 1`; and how many statements it sends.
 */
export async function benchPages(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const recorder = new BatchRecorder();
  const connection = connect(server.address, { onStatement: recorder.listen });
  const { db, sql } = connection;
  await migrate(connection);
  await seedDemo(db, await loadCalendar(db));
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const issuer = await createDemoIssuer(db, read.config.oidcAudience);
  const hub = { db, sql, config: read.config, logger: createLogger('silent') };
  const unmoved = () =>
    Promise.resolve({ kind: 'unavailable' as const, detail: 'The clock stands still here.' });
  const demo = { issuer, moveClock: unmoved };
  const app = createApp({ hub, verifyToken: issuer.verifyToken, demo });
  const listening = await serve(app, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listening.port}`;
  const api = await startApi(server.address);
  const browser = await startBrowser(url);
  try {
    const cookies = new Map<string, string>();
    for (const who of people) cookies.set(who, await startSession(db, who));
    const cookieOf = (who: string) => ({ Cookie: `hub_session=${cookies.get(who) ?? ''}` });
    const pages = await findPages(url, (await browser.visit()).page);
    const rows = [];
    for (const page of pages) {
      // As the server hands it over, so that a page and what it asks are of one request.
      const ask = async () => app.request(page.address, { headers: cookieOf(page.who) }, { incoming: {} });
      await ask();
      const { before, inside } = await recorder.record(ask);
      const visit = await browser.visit();
      await visit.page
        .context()
        .addCookies([{ name: 'hub_session', value: cookies.get(page.who) ?? '', url }]);
      const [first, again] = [await load(visit.page, page.address), await load(visit.page, page.address)];
      await visit.close();
      const pairs: Pair[] = [];
      const time = (path: string, headers: Record<string, string>) => firstByte(`${api.url}${path}`, headers);
      await time(page.address, cookieOf(page.who));
      for (let i = 0; i < pairsOf; i++)
        pairs.push({
          ours: await time(page.address, cookieOf(page.who)),
          baseline: await time('/bench/select-1', {}),
        });
      const ratios = pairs.map(({ ours, baseline }) => ours / baseline);
      const statements = [...before, ...inside].flat().length;
      rows.push({ ...page, statements, first, again, pairs, ratio: median(ratios) });
      process.stdout.write(
        `pages  ${page.route} (${page.who}): ${statements} statements; first ${say(first)}; again ${say(again)}; first byte ` +
          `${median(pairs.map(({ ours }) => ours)).toFixed(1)} ms, ${median(ratios).toFixed(1)} times select 1 ` +
          `(${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)}, ${pairs.length} pairs)\n`,
      );
    }
    keep('pages', { id: 'pages', title: 'every page of the demo', rows });
    const queue = rows.find(({ route }) => route === '/queue');
    if (queue === undefined || queue.statements > mostStatementsOfQueue)
      throw new Error(`My queue sends ${queue?.statements} statements, of ${mostStatementsOfQueue} at most`);
  } finally {
    await browser.close();
    await listening.close();
    await api.stop();
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const say = ({ requests, sent, read }: Load) =>
  `${requests} requests, ${(sent / 1000).toFixed(1)} kB sent, ${(read / 1000).toFixed(1)} kB read`;

/** What is no page of the hub's own, and what the demo alone has. */
const leftOut = /^\/(assets|docs|admin\/queues|tour)(\/|$)/;

/** One page of each route that links lead to, as the first of these people who comes there sees it. */
async function findPages(url: string, reader: Visit['page']): Promise<Page[]> {
  const routes = (await pageRoutes({ url })).filter((route) => !leftOut.test(route));
  const found = new Map<string, Page>();
  const trail = { kinds: new Map<string, number>(), sent: new Set<string>() };
  for (const who of people) {
    const walker = new Walker({ url }, reader, routes, who, trail);
    await walker.signIn();
    await walker.walk(['/queue', '/reports']);
    for (const { route, address, status } of walker.states)
      if (status === 200 && !found.has(route)) found.set(route, { route, who, address });
  }
  return [...found.values()];
}

/** Goes to a page and waits until it has loaded all that it asks for, but the stream that stays open. */
async function load(page: Visit['page'], address: string): Promise<Load> {
  await page.goto(address, { waitUntil: 'load' });
  // An import in the page begins when its scripts run, which is before the page counts as loaded.
  return page.evaluate<Load>(`(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const asked = entries.filter(({ transferSize }) => transferSize > 0);
    const sum = (what) => asked.reduce((total, entry) => total + entry[what], 0);
    return { requests: asked.length, sent: sum('encodedBodySize'), read: sum('decodedBodySize') };
  })()`);
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds until the first byte of an answer: the middle of some. */
async function firstByte(address: string, headers: Record<string, string>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < timesOf; i++) {
    const start = performance.now();
    const asked = request(address, { agent, headers: { ...headers, 'Accept-Encoding': 'gzip' } }).end();
    const [answer] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    times.push(performance.now() - start);
    if (answer.statusCode !== 200) throw new Error(`${address} answered ${answer.statusCode}`);
    answer.resume();
    await once(answer, 'end');
  }
  return median(times);
}

await benchPages();
