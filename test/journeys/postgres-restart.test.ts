import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { backends, startWholeHub } from '../support/whole-hub.ts';
import {
  crimeCase,
  defendant,
  expectStatus,
  readCase,
  victim,
  type CaseInput,
  type CaseJson,
} from './stage.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A database on a server of its own, which can be killed. */
async function ownServer(): Promise<{ database: TestDatabase; kill: () => void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-restart-'));
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'hub',
    progress: () => undefined,
    settings: { fsync: 'off', max_connections: '100' },
  });
  closers.push(() => server.stop());
  const connection = connect(server.address, { max: 12 });
  closers.push(connection.close);
  await migrate(connection);
  return {
    database: { ...connection, address: server.address },
    kill: () => process.kill(server.pid, 'SIGKILL'),
  };
}

describe.each(backends)('Postgres is killed in the middle of a story, on %s', (backend) => {
  test('what was acknowledged is there, what was not took effect once or not at all, and all goes on', async () => {
    const { database, kill } = await ownServer();
    const hub = await startWholeHub({ backend, now: '2026-06-02T10:00:00+01:00', database });
    closers.push(() => hub.close());
    const bodies = Array.from({ length: 10 }, (_, n) =>
      crimeCase({
        officer: `PC10${String(1 + n).padStart(2, '0')}`,
        defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
        victims: [victim()],
      }),
    );
    const sendAs = (body: CaseInput) => hub.as('sr-1').post<CaseJson>('/api/cases', body, { key: body.urn });
    const first = bodies.map(sendAs);
    await Promise.race(first);
    kill();
    const answers = await Promise.all(first);
    expect(answers.every(({ status }) => status === 201 || status === 503)).toBe(true);
    for (const { status, headers } of answers)
      if (status === 503) expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);

    await waitFor(
      'Postgres to be back',
      async () => (await hub.anyone.get('/health/ready')).status === 200,
      30_000,
    );
    // The same again, with the same keys: each case is made once.
    for (const body of bodies) {
      const again = await waitFor(`${body.urn} to be made`, async () => {
        const reply = await sendAs(body);
        return reply.status === 201 && reply;
      });
      expect(again.body.urn).toBe(body.urn);
    }
    for (const [n, { status, body }] of answers.entries())
      if (status === 201) expect((await readCase(hub.as('sr-1'), bodies[n]?.urn ?? '')).id).toBe(body.id);
    const [row] = await database.sql<{ cases: number; events: number }[]>`
      select (select count(*)::int from cases) as cases, (select count(*)::int from case_events) as events`;
    expect(row).toEqual({ cases: 10, events: 10 });

    const moving = hub.moveTo('2026-06-08', '12:00').catch(() => undefined);
    await waitFor(
      'alerts to fire',
      async () => {
        const [fired] = await database.sql<{ many: number }[]>`
          select count(*)::int as many from alerts where state = 'fired' and class = 'chasers'`;
        return (fired?.many ?? 0) > 0;
      },
      60_000,
    );
    kill();
    await moving;
    await waitFor(
      'Postgres to be back',
      async () => (await hub.anyone.get('/health/ready')).status === 200,
      30_000,
    );
    // What was left in the middle of being sent is taken up a minute later, by the machine's clock.
    await database.sql`update messages set sending_since = sending_since - interval '61 seconds'
      where state = 'sending' and sending_since < pg_postmaster_start_time()`;
    let minute = 0;
    await waitFor(
      'the clock to be moved on',
      () => {
        const now = `2026-06-08T12:${String((minute += 1)).padStart(2, '0')}:00Z`;
        return expectStatus(200, hub.anyone.post('/demo/clock', { now }));
      },
      60_000,
    );
    expect(await hub.problems({ outage: true })).toEqual([]);
  }, 120_000);
});
