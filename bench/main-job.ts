import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { createApp } from '../src/http/create-app.ts';
import { serve } from '../src/http/serve.ts';
import { readConfig } from '../src/platform/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { createLogger } from '../src/platform/logger.ts';
import { createDemoIssuer } from '../src/staff/demo-issuer.ts';
import { perSecond, report, type Pair } from './support/ratios.ts';
import { Recorder, replay, type Statement } from './support/recorded-sql.ts';

const pairsOf = 5;
const casesEach = 60;
const pullsEach = 200;
const inFlight = 8;

type Held = { id: string; claim: { token: string } };
type Answer = { task?: Held };

/** Cases created a second and tasks pulled a second over HTTP, each beside postgres.js sending the same statements. */
export async function benchMainJob(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const recorder = new Recorder();
  const connection = connect(server.address, { max: inFlight + 2, onStatement: recorder.listen });
  await migrate(connection);
  await seedPeople(connection.db);
  // The client below Drizzle, which takes parameters as they were sent.
  const baseline = connect(server.address, { max: inFlight });
  const bare = baseline.db.$client;
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const { db } = connection;
  const issuer = await createDemoIssuer(db, read.config.oidcAudience);
  const hub = { db, sql: connection.sql, config: read.config, logger: createLogger('silent') };
  const listening = await serve(createApp({ hub, verifyToken: issuer.verifyToken }), {
    host: '127.0.0.1',
    port: 0,
  });
  const url = `http://127.0.0.1:${listening.port}`;
  const tokens = new Map<string, string>();
  const call = async (who: string, path: string, body?: unknown) => {
    const token = tokens.get(who) ?? (await issuer.issue(who));
    tokens.set(who, token);
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : ((await response.json()) as Answer);
  };

  let urn = 0;
  const nextUrn = () => `29BN${String(++urn).padStart(5, '0')}26`;
  const create = () => call('feed-1', '/api/cases', caseBody(nextUrn()));
  for (let i = 0; i < 40; i++) await create();
  const first = nextUrn();
  const statements = await recorder.record(() => call('feed-1', '/api/cases', caseBody(first)));
  const createPairs: Pair[] = [];
  for (let i = 0; i < pairsOf; i++)
    createPairs.push({
      ours: await perSecond(casesEach, inFlight, create),
      baseline: await perSecond(casesEach, inFlight, () =>
        replay(bare, statements, new Set(), new Map([[first, nextUrn()]])),
      ),
    });
  report(
    'main-create',
    'create a case with two defendants over HTTP, against postgres.js sending the same statements',
    'cases/s',
    createPairs,
    {
      statements: statements.length,
    },
  );

  const workers = ['cw-1', 'cw-2', 'cw-3', 'cw-4'];
  const cycle = async (who: string) => {
    const pulled = await call(who, `/api/caseworkers/${who}/next-task`);
    if (pulled === null) throw new Error('the queue ran dry');
    if (!pulled.task) throw new Error('nothing to pull');
    const { id, claim } = pulled.task;
    await call(who, `/api/tasks/${id}/release`, { claim: claim.token });
  };
  for (let i = 0; i < 100; i++) await cycle(workers[i % workers.length] ?? 'cw-1');
  const scripts = new Map<
    string,
    { pull: Statement[]; release: Statement[]; taskId: string; claim: string; caseId: string }
  >();
  for (const who of workers) {
    const pulled: Held[] = [];
    const pull = await recorder.record(async () => {
      const answer = await call(who, `/api/caseworkers/${who}/next-task`);
      if (answer?.task) pulled.push(answer.task);
    });
    const [task] = pulled;
    if (!task) throw new Error('nothing to pull');
    const { id, claim } = task;
    const release = await recorder.record(() =>
      call(who, `/api/tasks/${id}/release`, { claim: claim.token }),
    );
    scripts.set(who, { pull, release, taskId: id, claim: claim.token, caseId: '' });
  }
  const rawCycle = async (who: string) => {
    const script = scripts.get(who);
    if (!script) return;
    // The same person pulls and gives back the same task as recorded, so only the claim's token is new each time.
    const token = crypto.randomUUID();
    const texts = new Map([[script.claim, token]]);
    const keep = new Set(
      [...script.pull, ...script.release].flatMap(({ params }) =>
        params.filter((p) => typeof p === 'string'),
      ),
    );
    await replay(bare, script.pull, keep, texts);
    await replay(bare, script.release, keep, texts);
  };
  const pullPairs: Pair[] = [];
  const four = workers.length;
  for (let i = 0; i < pairsOf; i++)
    pullPairs.push({
      ours: await perSecondBy(workers, pullsEach / four, cycle),
      baseline: await perSecondBy(workers, pullsEach / four, rawCycle),
    });
  report(
    'main-pull',
    'pull a task and give it back over HTTP, against postgres.js sending the same statements',
    'pulls/s',
    pullPairs,
  );

  await listening.close();
  await baseline.close();
  await connection.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Each person does one thing after another, all of them at once. */
async function perSecondBy(
  people: readonly string[],
  each: number,
  work: (who: string) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  await Promise.all(
    people.map(async (who) => {
      for (let i = 0; i < each; i++) await work(who);
    }),
  );
  return (people.length * each) / ((performance.now() - start) / 1000);
}

function caseBody(urn: string) {
  const offence = { code: 'TH68006', committedOn: '2026-06-01', chargedOn: '2026-06-02' };
  const contact = { phone: '07700 900123' };
  return {
    urn,
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    receivedAt: '2026-06-03T09:00:00Z',
    officer: 'PC1001',
    defendants: [
      { name: 'Orsino Blenkhurst', remand: 'custody', remandedOn: '2026-06-03', offences: [offence] },
      { name: 'Tavish Quornmere', remand: 'conditional-bail', offences: [offence] },
    ],
    hearings: [
      {
        on: '2026-07-01',
        at: '10:00',
        court: 'magistrates',
        courtName: 'Lavender Hill',
        type: 'first-hearing',
      },
    ],
    victims: [{ name: 'Petra Quillbarrow', contact, preferred: 'phone' }],
    witnesses: [],
  };
}

await benchMainJob();
