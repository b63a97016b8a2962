import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { learnEffort } from '../../src/workload/learn-effort.ts';
import { warnSeniors } from '../../src/workload/warn-seniors.ts';
import { create, expectStatus, type CaseJson, type Page, type Pulled, type Task } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plant, replace } from './stage.ts';

let hub: TestHub;
let made: CaseJson;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T08:00:00+01:00' });
  made = await create(hub.as('sr-1'));
  await hub.database.sql`update tasks set state = 'cancelled'`;
  await hub.database.sql`update deadlines set state = 'withdrawn'`;
});
afterAll(() => hub.close());

const warnings = async () => {
  await warnSeniors(hub.database.db);
  const { items } = await expectStatus(200, hub.as('sr-1').get<Page<Task>>('/api/caseworkers/sr-1/queue'));
  return items.filter(({ kind }) => kind === 'plan-warning');
};

test('a senior is warned before work cannot be done any more, once for each state of things', async () => {
  expect(await warnings()).toEqual([]);
  await replace(hub, '/api/staff/cw-1/skills', { skills: ['youth'] });
  // Two days of cw-1 are 754 minutes.
  const [long = ''] = await plant(hub, made.id, [
    { skills: ['youth'], effortMinutes: 700, dueAt: '2026-06-03T22:59:59.999Z' },
  ]);
  const [tight, ...more] = await warnings();
  expect(more).toEqual([]);
  expect(tight?.because).toContain(
    'It is nearly too late. Youth-trained staff have 12.5 hours until the end of 3 June 2026; work due by then is 11.7 hours',
  );
  expect(
    (await warnings()).map(({ id }) => id),
    'the same again is no news',
  ).toEqual([tight?.id]);

  await hub.database.sql`update tasks set effort_minutes = 900 where id = ${long}`;
  const [short] = await warnings();
  expect(short?.id).not.toBe(tight?.id);
  expect(short?.because).toContain(
    'Youth-trained staff have 12.5 hours until the end of 3 June 2026; work due by then is 15 hours',
  );
  const { task } = await expectStatus(200, hub.as('sr-1').post<Pulled>('/api/caseworkers/sr-1/next-task'));
  expect(task.id).toBe(short?.id);
  const done = { claim: task.claim?.token, outcome: 'done' };
  await expectStatus(200, hub.as('sr-1').post(`/api/tasks/${task.id}/complete`, done));
  expect(await warnings(), 'it was dealt with, and nothing has changed').toEqual([]);
  await hub.database.sql`update tasks set effort_minutes = 10 where id = ${long}`;
  expect(await warnings()).toEqual([]);
  await hub.database.sql`update tasks set effort_minutes = 700 where id = ${long}`;
  expect(await warnings(), 'nobody dealt with that one, and it has come back').toHaveLength(1);
  const [grave = ''] = await plant(hub, made.id, [
    {
      assignee: 'cw-3',
      effortMinutes: 1_000,
      danger: true,
      consequence: 0,
      dueAt: '2026-06-03T22:59:59.999Z',
    },
  ]);
  const both = await warnings();
  expect(both, 'something new takes the place of what stood').toHaveLength(1);
  await hub.database.sql`update tasks set effort_minutes = 10 where id = ${long}`;
  expect(
    (await warnings()).map(({ id }) => id),
    'less to warn of is no news',
  ).toEqual([both[0]?.id]);
  await hub.database.sql`update tasks set state = 'cancelled' where id = ${grave}`;
  expect(await warnings()).toEqual([]);
});

test('a limit that will be late as things are is warned of, without a word of which case', async () => {
  const [first = '', limit = ''] = await plant(hub, made.id, [
    { assignee: 'cw-2', effortMinutes: 1_000, dueAt: '2026-06-02T22:59:59.999Z' },
    {
      ...{ assignee: 'cw-2', effortMinutes: 60, dueAt: '2026-06-03T22:59:59.999Z' },
      ...{ consequence: 0, danger: true, visibleTo: ['cw-2'] },
    },
  ]);
  const [warning] = await warnings();
  const words = warning?.because.find((one) => one.includes('as things are:'));
  expect(words).toBe(
    'A limit that ends a case or frees someone will be late as things are: it is due on 3 June 2026',
  );
  expect(JSON.stringify(warning)).not.toContain(made.urn);
  await hub.database.sql`update tasks set state = 'cancelled' where id in (${first}, ${limit})`;
  expect(await warnings(), 'what no longer holds is closed').toEqual([]);
});

async function work(kind: string, who: readonly string[], minutes: readonly number[]): Promise<void> {
  const ids = await plant(
    hub,
    made.id,
    minutes.map(() => ({ kind, state: 'done' as const, closedAt: '2026-06-01T12:00:00.000Z' })),
  );
  for (const [i, id] of ids.entries())
    await hub.database.sql`
      insert into claims (token, task_id, staff_id, claimed_at, until, ended_at, how)
      values (${randomUUID()}, ${id}, ${who[i % who.length] ?? ''}, '2026-06-01T09:00:00Z', '2026-06-01T11:00:00Z',
        '2026-06-01T09:00:00Z'::timestamptz + ${minutes[i] ?? 0} * interval '1 minute', 'completed')`;
}

test('each team learns how long its work takes, from enough of it and enough people, and plans with that', async () => {
  const minutes = Array.from({ length: 21 }, (_, i) => 10 + i);
  await work('learned', ['cw-1', 'cw-2', 'cw-3'], minutes);
  await work('of-one-person', ['cw-1'], minutes);
  await work('of-few-tasks', ['cw-1', 'cw-2', 'cw-3'], minutes.slice(0, 19));
  expect(await learnEffort(hub.database.db)).toBe(true);
  expect(await learnEffort(hub.database.db), 'once a day').toBe(false);
  const { items } = await expectStatus(200, hub.as('sr-1').get<Page<Record<string, unknown>>>('/api/effort'));
  expect(items).toMatchObject([{ team: 'crime', kind: 'learned', p50: 20, p80: 26, samples: 21 }]);
  expect(JSON.stringify(items)).not.toContain('cw-');
  expect((await hub.as('cw-1').get('/api/effort')).status).toBe(403);

  await plant(hub, made.id, [{ kind: 'learned', assignee: 'cw-4', effortMinutes: 200 }]);
  const { items: people } = await expectStatus(
    200,
    hub.as('sr-1').get<Page<{ id: string; weeks: { loadMinutes: number }[] }>>('/api/workload'),
  );
  expect(people.find(({ id }) => id === 'cw-4')?.weeks[1]?.loadMinutes).toBe(20);
});
