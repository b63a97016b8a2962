import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { create, expectStatus, pull, type CaseJson, type Page, type Pulled, type Task } from './stage.ts';

type Row = typeof tasks.$inferInsert;

const team = ['cw-1', 'cw-2', 'cw-3', 'cw-4'];
const many = Array.from({ length: 6 }, (_, i) => `cw-1${i}`);

describe.each(backends)('pulling work, on %s', (backend) => {
  let hub: WholeHub;
  let made: CaseJson;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-02T10:00:00+01:00' });
    await hub.database.sql`
      insert into staff (id, name, role, team, email)
      select id, 'Invented', 'caseworker', 'crime', id || '@hub.example' from unnest(${many}::text[]) id`;
    made = await create(hub.as('sr-1'));
    await hub.calm();
    // What the case itself made is not of this story.
    await hub.database.sql`update tasks set assignee = 'sr-1', team = 'crime' where case_id = ${made.id}`;
  });
  afterAll(() => hub.close());

  async function plant(rows: readonly Partial<Row>[]): Promise<string[]> {
    const planted = rows.map((row, n): Row & { id: string } => ({
      id: randomUUID(),
      kind: 'planted',
      title: 'Planted by a test',
      caseId: made.id,
      source: `planted:${randomUUID()}`,
      subject: {},
      why: ['a test planted it'],
      team: 'crime',
      assignee: null,
      consequence: n % 5,
      dueAt: `2026-06-${String(3 + (n % 25)).padStart(2, '0')}T12:00:00.000Z`,
      effortMinutes: 10,
      risesAt: '2026-07-30T00:00:00.000Z',
      createdAt: '2026-06-01T08:00:00.000Z',
      ...row,
    }));
    await hub.database.db.insert(tasks).values(planted);
    return planted.map(({ id }) => id);
  }
  const next = (who: string) => hub.as(who).post<Pulled>(`/api/caseworkers/${who}/next-task`);
  const verb = (who: string, { id }: Task, name: string, body: Record<string, unknown>) =>
    hub.as(who).post<Task>(`/api/tasks/${id}/${name}`, body);
  const clear = () =>
    hub.database
      .sql`update tasks set state = 'cancelled', claimed_by = null, claim_token = null, claim_until = null
      where kind = 'planted'`.then(
      () => hub.database.sql`
      update claims set ended_at = clock_timestamp(), how = 'cancelled' where ended_at is null`,
    );

  test('fifty at once give no task twice, and to each person theirs first', async () => {
    const pullers = [...team, ...many];
    const pool = await plant(Array.from({ length: 60 }, () => ({})));
    const own = await plant(
      pullers.map((assignee) => ({ assignee, consequence: 0, dueAt: '2026-06-01T12:00:00.000Z' })),
    );
    const given: { who: string; id: string }[] = [];
    for (let round = 0; round < 5; round++) {
      const pulls = await Promise.all(pullers.map(async (who) => ({ who, reply: await next(who) })));
      for (const { who, reply } of pulls) {
        expect(reply.status, reply.text).toBe(200);
        given.push({ who, id: reply.body.task.id });
      }
      await Promise.all(
        pulls.map(({ who, reply }) =>
          expectStatus(
            200,
            verb(who, reply.body.task, 'complete', { claim: reply.body.task.claim?.token, outcome: 'done' }),
          ),
        ),
      );
    }
    expect(given).toHaveLength(50);
    expect(new Set(given.map(({ id }) => id)).size).toBe(50);
    for (const [i, who] of pullers.entries()) expect(given[i]).toEqual({ who, id: own[i] });
    expect(given.slice(10).every(({ id }) => pool.includes(id))).toBe(true);
    expect(await hub.problems()).toEqual([]);
    await clear();
  });

  test('one person who pulls in ten tabs gets one task', async () => {
    await plant(Array.from({ length: 12 }, () => ({})));
    const pulls = await Promise.all(Array.from({ length: 10 }, () => next('cw-1')));
    expect(pulls.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(pulls.map(({ body }) => `${body.task.id} ${body.task.claim?.token}`)).size).toBe(1);
    expect((await next('cw-2')).body.task.id).not.toBe(pulls[0]?.body.task.id);
    expect(await hub.problems()).toEqual([]);
    await clear();
  });

  test('a claim that expired is taken by the next, and the one who was late is refused', async () => {
    const [id] = await plant([{}]);
    const mine = await pull(hub.as('cw-1'), 'cw-1');
    expect((await next('cw-2')).status).toBe(204);
    const expire = () => hub.database.sql`
      update tasks set claim_until = clock_timestamp() - interval '1 second' where id = ${mine.id}`;
    await expire();
    const taken = await pull(hub.as('cw-2'), 'cw-2');
    expect(taken.id).toBe(id);
    for (const name of ['complete', 'release', 'renew'])
      await expectStatus(
        409,
        verb('cw-1', mine, name, {
          claim: mine.claim?.token,
          ...(name === 'complete' ? { outcome: 'done' } : {}),
        }),
      );
    // Expired and not retaken, it still completes.
    await expire();
    const done = { claim: taken.claim?.token, outcome: 'done' };
    expect(await expectStatus(200, verb('cw-2', taken, 'complete', done))).toMatchObject({ state: 'done' });
    await expectStatus(409, verb('cw-2', taken, 'complete', done));
    expect(await hub.problems()).toEqual([]);
    await clear();
  });

  test('what is released comes back at once, what is put off in its time, and what is given goes where it is given', async () => {
    await plant([{}]);
    const first = await pull(hub.as('cw-1'), 'cw-1');
    await expectStatus(200, verb('cw-1', first, 'renew', { claim: first.claim?.token }));
    await expectStatus(200, verb('cw-1', first, 'release', { claim: first.claim?.token }));
    const again = await pull(hub.as('cw-2'), 'cw-2');
    expect(again.id).toBe(first.id);

    const claim = again.claim?.token;
    await expectStatus(422, verb('cw-2', again, 'defer', { claim, until: '2026-06-01', reason: 'too soon' }));
    const put = await expectStatus(
      200,
      verb('cw-2', again, 'defer', { claim, until: '2026-06-03', reason: 'no phone' }),
    );
    expect(put).toMatchObject({ state: 'deferred', deferredUntil: '2026-06-03T07:00:00.000Z' });
    expect((await next('cw-2')).status).toBe(204);
    await hub.moveTo('2026-06-03', '08:00');
    const back = await pull(hub.as('cw-3'), 'cw-3');
    expect(back.id).toBe(first.id);

    await expectStatus(403, verb('cw-1', back, 'reassign', { to: 'cw-4', reason: 'knows it' }));
    await expectStatus(403, verb('cw-1', back, 'cancel', { reason: 'x' }));
    await expectStatus(422, verb('sr-1', back, 'reassign', { to: 'cw-5', reason: 'another team' }));
    await expectStatus(422, verb('sr-1', back, 'reassign', { to: 'nobody', reason: 'x' }));
    const given = await expectStatus(200, verb('sr-1', back, 'reassign', { to: 'cw-4', reason: 'knows it' }));
    expect(given).toMatchObject({ assignee: 'cw-4', claimedBy: null });
    await expectStatus(409, verb('cw-3', back, 'complete', { claim: back.claim?.token, outcome: 'done' }));
    expect((await next('cw-3')).status).toBe(204);
    expect((await pull(hub.as('cw-4'), 'cw-4')).id).toBe(first.id);
    await expectStatus(200, verb('cw-4', given, 'reassign', { to: 'pool', reason: 'too much' }));
    expect((await pull(hub.as('cw-3'), 'cw-3')).id).toBe(first.id);
    await expectStatus(200, verb('sr-1', given, 'cancel', { reason: 'not needed' }));
    expect((await next('cw-3')).status).toBe(204);
    expect(await hub.problems()).toEqual([]);
    await clear();
  });

  test('the order in which tasks are listed is the order in which they are pulled', async () => {
    await plant(
      Array.from({ length: 30 }, (_, n) => ({
        consequence: (n * 7) % 5,
        danger: n % 6 === 0,
        dueAt: new Date(Date.parse('2026-05-20T12:00:00Z') + n * 1.3 * 86_400_000).toISOString(),
        risesAt: n % 4 === 0 ? '2026-06-01T00:00:00.000Z' : '2026-07-30T00:00:00.000Z',
      })),
    );
    const { items } = await expectStatus(
      200,
      hub.as('cw-1').get<Page<Task>>('/api/caseworkers/cw-1/queue?limit=100'),
    );
    const pulled: string[] = [];
    for (let n = 0; n < 30; n++) {
      const task = await pull(hub.as('cw-1'), 'cw-1');
      pulled.push(task.id);
      await expectStatus(200, verb('cw-1', task, 'complete', { claim: task.claim?.token, outcome: 'done' }));
    }
    expect(pulled).toEqual(items.map(({ id }) => id));
    expect(await hub.problems()).toEqual([]);
  });
});
