import { afterAll, beforeAll, expect, test } from 'vitest';
import { drainClass } from '../../src/alerts/drain.ts';
import { onQuarantine } from '../../src/tasks/trouble-tasks.ts';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

type Put = { id: string; caseId: string; urn: string };

/** Carries out what is due of deadlines, with an effect that fails or does nothing, until it is settled. */
async function drain(isPoison: boolean) {
  const effect = () => (isPoison ? Promise.reject(new Error('poison')) : Promise.resolve(new Map()));
  for (let n = 0; n < 3; n += 1) await drainClass(hub.hub, 'deadlines', effect, { onQuarantine });
}

/** A case of which one alert was tried three times, and put aside. */
async function putAside(): Promise<Put> {
  const { urn, id: caseId } = await create(hub.as('cw-1'), crimeCase());
  const [alert] = await hub.hub.sql<{ id: string }[]>`
    update alerts set fire_at = hub_now() - interval '1 minute'
    where id = (select id from alerts where case_id = ${caseId} and class = 'deadlines' and state = 'pending' limit 1)
    returning id`;
  await drain(true);
  return { id: alert?.id ?? '', caseId, urn };
}

const stateOf = async ({ id }: Put) => {
  const [alert] = await hub.hub.sql<{ state: string }[]>`select state from alerts where id = ${id}`;
  const tasks = await hub.hub.sql<{ state: string }[]>`
    select state from tasks where source = ${`quarantined:${id}`} order by created_at`;
  return { alert: alert?.state, tasks: tasks.map(({ state }) => state) };
};

test('work that was put aside is looked at without its case, tried again, and put aside again where it fails', async () => {
  const put = await putAside();
  expect(await stateOf(put)).toEqual({ alert: 'quarantined', tasks: ['open'] });
  const { body, text } = await hub.as('audit-1').get(`/api/quarantine/${put.id}`);
  expect(body).toMatchObject({ id: put.id, class: 'deadlines', starts: 3, isCurrent: true });
  expect(body['about']).toEqual({ rule: expect.any(String) as string });
  for (const secret of [put.caseId, put.urn]) expect(text).not.toContain(secret);

  const retry = () =>
    hub.as('admin-1').post(`/api/quarantine/${put.id}/retry`, {}, { key: crypto.randomUUID() });
  expect(await retry()).toMatchObject({ status: 200, body: { state: 'pending' } });
  expect(await stateOf(put)).toEqual({ alert: 'pending', tasks: ['done'] });
  expect((await retry()).status, 'somebody has seen to it').toBe(404);
  await drain(true);
  expect(await stateOf(put)).toEqual({ alert: 'quarantined', tasks: ['done', 'open'] });
  await retry();
  await drain(false);
  expect(await stateOf(put)).toEqual({ alert: 'fired', tasks: ['done', 'done'] });
  const { body: past } = await hub
    .as('cw-1')
    .get<{ items: { title: string }[] }>(`/api/cases/${put.urn}/timeline`);
  expect(past.items.map(({ title }) => title)).toContain('Work of the hub that had failed is tried again');
});

test('it is done without for a reason, and never fires', async () => {
  const put = await putAside();
  const discard = (body: object) => hub.as('admin-1').post(`/api/quarantine/${put.id}/discard`, body);
  expect((await discard({})).status).toBe(422);
  expect((await discard({ reason: 'because' })).status).toBe(422);
  for (const who of ['audit-1', 'sr-1', 'cw-1'])
    expect(
      (await hub.as(who).post(`/api/quarantine/${put.id}/discard`, { reason: 'not-needed' })).status,
    ).toBe(403);
  expect(await discard({ reason: 'done-by-hand' })).toMatchObject({
    status: 200,
    body: { state: 'withdrawn' },
  });
  await drain(false);
  expect(await stateOf(put)).toEqual({ alert: 'withdrawn', tasks: ['done'] });
});

test('what has moved or is over by now cannot be tried again', async () => {
  const put = await putAside();
  await hub.hub.sql`update deadlines set version = version + 1
    where id = (select obligation_id from alerts where id = ${put.id})`;
  expect((await hub.as('admin-1').get(`/api/quarantine/${put.id}`)).body).toMatchObject({ isCurrent: false });
  expect((await hub.as('admin-1').post(`/api/quarantine/${put.id}/retry`, {})).status).toBe(409);
  expect(await stateOf(put)).toEqual({ alert: 'quarantined', tasks: ['open'] });
});
