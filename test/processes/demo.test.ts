import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '../support/client.ts';
import { waitFor } from '../support/wait-for.ts';
import { caseBody } from './case-body.ts';
import { clearStage, leftOf, newFolder, serverOf, startDemo, startLimitMs, startProcess } from './stage.ts';

const today = new Date().toISOString().slice(0, 10);
const limit = { timeout: 3 * startLimitMs };

afterAll(clearStage);

/** The demo's own way in, as a person at a terminal takes it. */
function signedIn(url: string, staffId = 'feed-1'): Client {
  return createClient(url, async () => {
    const answer = await fetch(`${url}/demo/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ staffId }),
    });
    return ((await answer.json()) as { token: string }).token;
  });
}

async function countCases(url: string): Promise<number> {
  const client = signedIn(url, 'cw-1');
  let count = 0;
  for (let cursor = ''; ;) {
    const page = await client.get<{ items: unknown[]; next: string | null }>(
      `/api/cases?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    count += page.body.items.length;
    if (page.body.next === null) return count;
    cursor = page.body.next;
  }
}

describe('the demo', () => {
  const dataDir = newFolder();
  let kept = '';

  test(
    'says what it does, where it is and whom to sign in as, and Ctrl-C leaves nothing behind',
    limit,
    async () => {
      const demo = await startDemo(dataDir);
      expect(demo.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(demo.output).toMatch(
        /^Starting PostgreSQL[^]*Preparing a new Postgres[^]*Planted an invented force with \d+ cases\n[^]*cw-1/,
      );
      expect(demo.output).not.toMatch(/^\{/m);
      expect(demo.complaints).toBe('');
      const body = caseBody(today);
      expect((await signedIn(demo.url).post('/api/cases', body)).status).toBe(201);
      kept = body.urn;
      expect(leftOf(dataDir)).not.toEqual([]);

      expect(await demo.stop('SIGINT')).toMatchObject({ code: 0 });
      expect(leftOf(dataDir)).toEqual([]);
      expect(demo.complaints).toBe('');
      expect(readFileSync(join(dataDir, 'hub.log'), 'utf8')).toContain('"shut down"');
      expect(statSync(join(dataDir, 'link-secret')).mode & 0o777).toBe(0o600);
    },
  );

  test(
    'starts again on the same data, survives kill -9 of its Postgres, and is not started twice',
    limit,
    async () => {
      const demo = await startDemo(dataDir);
      expect(demo.output).not.toContain('Planted');
      const client = signedIn(demo.url);
      expect((await client.get(`/api/cases/${kept}`)).status).toBe(403);
      const worker = signedIn(demo.url, 'sr-1');
      expect((await worker.get(`/api/cases/${kept}`)).body).toMatchObject({ urn: kept });
      const before = await countCases(demo.url);

      const second = startProcess('src/main.ts', { PORT: '0', DATA_DIR: dataDir });
      const killed = serverOf(dataDir).pid;
      expect(await second.ended).toMatchObject({ code: 1 });
      expect(second.complaints).toContain(`in use by process ${demo.pid}`);

      process.kill(killed, 'SIGKILL');
      const body = caseBody(today);
      await waitFor(
        'a case to be taken again',
        async () => (await client.post('/api/cases', body, { key: body.urn })).status === 201,
        startLimitMs,
      );
      expect(demo.output).toContain('Postgres had ended; started it again');
      expect(serverOf(dataDir).pid).not.toBe(killed);
      expect(await countCases(demo.url)).toBe(before + 1);

      // Killed in the middle of requests: what was acknowledged is there when it is back.
      const acknowledged: string[] = [];
      let isGone = false;
      const asking = Array.from({ length: 4 }, async () => {
        while (!isGone) {
          const one = caseBody(today);
          const answer = await client.post('/api/cases', one).catch(() => undefined);
          if (answer?.status === 201) acknowledged.push(one.urn);
        }
      });
      await waitFor('some to be acknowledged', () => acknowledged.length >= 8, startLimitMs);
      const end = demo.stop('SIGKILL');
      expect(await end).toMatchObject({ signal: 'SIGKILL' });
      isGone = true;
      await Promise.all(asking);
      await waitFor('Postgres to follow', () => leftOf(dataDir).length === 0);

      const again = await startDemo(dataDir);
      const reader = signedIn(again.url, 'sr-1');
      const found = await Promise.all(acknowledged.map((urn) => reader.get(`/api/cases/${urn}`)));
      expect(found.filter(({ status }) => status !== 200)).toEqual([]);
      expect(await again.stop('SIGTERM')).toMatchObject({ code: 0 });
      expect(leftOf(dataDir)).toEqual([]);
    },
  );

  test('stops cleanly where it is told to in the middle of its start', limit, async () => {
    const folder = newFolder();
    const demo = startProcess('src/main.ts', { PORT: '0', DATA_DIR: folder });
    await demo.says(/Bringing the database up to date/);
    expect(await demo.stop('SIGINT')).toMatchObject({ code: 0 });
    expect(demo.complaints).toBe('');
    expect(leftOf(folder)).toEqual([]);
  });

  test('on a port that is taken says so and leaves nothing running', limit, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const demo = startProcess('src/main.ts', { PORT: String(port), DATA_DIR: dataDir });
    expect(await demo.ended).toMatchObject({ code: 1 });
    expect(demo.complaints).toBe(
      `prosecution-hub could not start: something else listens on 127.0.0.1:${port} already. ` +
        `Choose another port, as in PORT=${port + 1} (or PORT=0 for any free one).\n`,
    );
    expect(leftOf(dataDir)).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  test('runs beside another one that another user has started', limit, async () => {
    const folder = newFolder();
    const demos = await Promise.all([startDemo(dataDir), startDemo(folder, { user: anotherUser() })]);
    for (const { url } of demos) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await countCases(demos[0].url)).not.toBe(await countCases(demos[1].url));
    const ends = await Promise.all(demos.map((demo) => demo.stop('SIGINT')));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect([...leftOf(dataDir), ...leftOf(folder)]).toEqual([]);
  });

  test('with a wrong configuration names everything that is wrong, and starts nothing', limit, async () => {
    const demo = startProcess('src/main.ts', { PORT: 'x', HOST: '0.0.0.0', SWEEP_SECONDS: '0' });
    expect(await demo.ended).toMatchObject({ code: 1 });
    for (const name of ['PORT', 'HOST', 'SWEEP_SECONDS']) expect(demo.complaints).toMatch(`\n  ${name} `);
    expect(demo.output).toBe('');
  });
});

/** Nobody, where the tests are run by root and nobody can read the checkout; otherwise whoever runs them. */
function anotherUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout),
  );
  const program = join(process.cwd(), 'src', 'main.ts');
  return spawnSync('cat', [program], { uid, gid, cwd: '/' }).status === 0 ? { uid, gid } : {};
}
