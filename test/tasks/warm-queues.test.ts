import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEachHotConnection, runHot } from '../../db/hot-statement.ts';
import { accessLog } from '../../db/schema/index.ts';
import { startSession } from '../../src/staff/sessions.ts';
import { warmQueues } from '../../src/tasks/warm-queues.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

/** What each of the connections for queues has planned. */
async function plannedOnEach(): Promise<string[][]> {
  const lists: string[][] = [];
  await onEachHotConnection(hub.hub.db, async (one) => {
    const rows = await runHot<{ statement: string }>(
      one,
      `select statement from pg_prepared_statements where generic_plans > 0
        and statement not like '%pg_prepared_statements%' order by 1`,
      [],
    );
    lists.push(rows.map(({ statement }) => statement));
  });
  return lists;
}

test('whichever connection the first queue is read over has planned before what it takes, and nobody was shown anything', async () => {
  const { db } = hub.hub;
  await warmQueues(db);
  const [first = [], ...others] = await plannedOnEach();
  expect(first.length).toBeGreaterThan(0);
  expect(others).toEqual([first, first, first]);
  expect(await db.select().from(accessLog)).toEqual([]);

  await hub.as('cw-1').get('/api/caseworkers/cw-1/queue');
  const cookie = `hub_session=${await startSession(db, 'cw-1')}`;
  expect((await fetch(`${hub.url}/queue`, { headers: { cookie } })).status).toBe(200);
  expect(new Set((await plannedOnEach()).flat())).toEqual(new Set(first));
});
