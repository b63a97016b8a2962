import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import { bounceOf } from '../messages/bounces.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { create, expectStatus, pullKind, type CaseJson, type Page } from '../journeys/stage.ts';
import { addMessage } from '../messages/stage.ts';

const notifyToken = 'the token by which GOV.UK Notify is known';
const emailToken = 'the token by which the mail gateway is known';

type Message = {
  id: string;
  state: string;
  attempts: number;
  lastError: string | null;
  deliveredAt: string | null;
  resolution: string | null;
  resolvedBy: string | null;
  receipts: { status: string; code: string }[];
};

let hub: TestHub;
let made: CaseJson;
beforeAll(async () => {
  hub = await startTestHub({
    now: '2026-06-10T09:30:00+01:00',
    environment: { NOTIFY_RECEIPT_TOKEN: notifyToken, EMAIL_RECEIPT_TOKEN: emailToken },
  });
  made = await create(hub.as('sr-1'), { officer: 'PC1001' });
});
afterAll(() => hub.close());
beforeEach(() => hub.database.sql`delete from provider_allowances`);

/** A message of the case, as it is once it was handed over, or in whatever state. */
async function message(purpose: MessagePurpose, state = 'sent', toId = 'PC1001'): Promise<string> {
  const id = await addMessage(hub.database, purpose, { toId });
  const caseId = hub.database.sql`(select id from cases where urn = ${made.urn})`;
  await hub.database.sql`
    update messages set state = ${state}, attempts = 1, case_ids = jsonb_build_array(${caseId}),
      sent_at = case when ${state} = 'sent' then hub_now() end,
      sending_since = case when ${state} = 'sending' then clock_timestamp() end where id = ${id}`;
  return id;
}

const read = (id: string) => expectStatus(200, hub.as('admin-1').get<Message>(`/api/messages/${id}`));

function notify(reference: string | null, status: string, at: string, token = notifyToken) {
  const body = {
    id: '740e5834-3a29-46b4-9a6f-16142fde533a',
    reference,
    to: 'pc1001@force.invalid',
    status,
    created_at: '2026-06-10T08:00:00.000000Z',
    completed_at: at,
    sent_at: '2026-06-10T08:00:01.000000Z',
    notification_type: 'email',
    template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
    template_version: 1,
  };
  return hub.anyone.post('/api/receipts/notify', body, { headers: { Authorization: `Bearer ${token}` } });
}

function bounce(raw: string, token = emailToken) {
  const headers = { 'Content-Type': 'message/rfc822', Authorization: `Bearer ${token}` };
  return hub.anyone.send('/api/receipts/email', { method: 'POST', headers, body: raw });
}

const tasksOf = async (id: string) =>
  hub.database.sql<{ kind: string; state: string; outcome: string | null; assignee: string | null }[]>`
    select kind, state, outcome, assignee from tasks where source = ${`message:${id}`} order by created_at`;

test('a delivery receipt gives the time of delivery, and repeated, or out of order, changes nothing', async () => {
  const id = await message('chaser');
  await expectStatus(204, notify(id, 'delivered', '2026-06-10T08:05:00.000000Z'));
  await expectStatus(204, notify(id, 'temporary-failure', '2026-06-10T08:04:00.000000Z'));
  await expectStatus(204, notify(id, 'delivered', '2026-06-10T08:05:00.000000Z'));
  await expectStatus(204, notify(id, 'sending', '2026-06-10T08:06:00.000000Z'));
  const after = await read(id);
  expect(after).toMatchObject({ state: 'sent', deliveredAt: '2026-06-10T08:05:00.000Z' });
  expect(after.receipts.map(({ code }) => code)).toEqual(['temporary-failure', 'delivered']);
  expect(await tasksOf(id)).toEqual([]);
});

test('a receipt clears up what was in doubt, even a message to a victim, and closes the task that it had made', async () => {
  const [sending, unknown] = [
    await message('victim-update', 'sending'),
    await message('victim-update', 'unknown'),
  ];
  const caseId = hub.database.sql`(select id from cases where urn = ${made.urn})`;
  await hub.database.sql`
    insert into tasks (id, kind, title, case_id, source, subject, why, team, consequence, due_at, effort_minutes, rises_at, created_at)
    values (gen_random_uuid(), 'message-in-doubt', 't', ${caseId}, ${`message:${unknown}`}, '{}', '[]', 'crime', 2, now(), 1, now(), now())`;
  for (const id of [sending, unknown]) {
    await expectStatus(204, notify(id, 'delivered', '2026-06-10T08:05:00.000000Z'));
    expect(await read(id)).toMatchObject({ state: 'sent', deliveredAt: '2026-06-10T08:05:00.000Z' });
  }
  expect(await tasksOf(unknown)).toEqual([
    expect.objectContaining({ state: 'done', outcome: 'arrived after all' }),
  ]);
});

test('a chaser that comes back is a task for a person, goes to whoever is above, and its link is revoked', async () => {
  const id = await message('chaser');
  const requests = hub.database
    .sql`(select jsonb_agg(jsonb_build_object('id', id, 'version', version, 'officer', officer))
    from material_requests where officer = 'PC1001' and state = 'outstanding')`;
  await hub.database.sql`
    insert into officer_links (id, officer, message_id, requests, issued_at, expires_at)
    values (gen_random_uuid(), 'PC1001', ${id}, ${requests}, hub_now(), hub_now() + interval '30 days')`;
  expect((await bounce(bounceOf(id))).status).toBe(204);
  expect((await bounce(bounceOf(id))).status).toBe(204);
  const after = await read(id);
  expect(after).toMatchObject({ state: 'failed', lastError: 'came back: smtp 5.1.1' });
  expect(after.receipts).toHaveLength(1);
  expect(await tasksOf(id)).toEqual([
    expect.objectContaining({ kind: 'message-bounced', state: 'open', assignee: made.caseworker }),
  ]);
  const passed = await hub.database
    .sql`select to_id, purpose, state from messages where key = ${`passed-on:${id}`}`;
  expect(passed).toEqual([{ to_id: 'PS2001', purpose: 'escalation', state: 'pending' }]);
  const [link] = await hub.database.sql`select revoked_by from officer_links where message_id = ${id}`;
  expect(link).toEqual({ revoked_by: 'hub' });
  await expectStatus(204, notify(id, 'permanent-failure', '2026-06-16T08:05:00.000000Z'));
  expect(await tasksOf(id)).toHaveLength(1);
});

test('whoever completes the task that a message made has dealt with the message', async () => {
  const id = await message('chaser', 'sent', 'PC1005');
  expect((await bounce(bounceOf(id))).status).toBe(204);
  const cw = made.caseworker ?? '';
  const task = await pullKind(hub.as(cw), cw, 'message-bounced', made.urn);
  const [row] = await hub.database.sql`select source from tasks where id = ${task.id}`;
  const about = String(row?.['source']).split(':')[1] ?? '';
  await expectStatus(
    200,
    hub.as(cw).post(`/api/tasks/${task.id}/complete`, { claim: task.claim?.token, outcome: 'done' }),
  );
  expect(await read(about)).toMatchObject({
    state: 'failed',
    resolution: 'told-another-way',
    resolvedBy: cw,
  });
});

test('what a provider gave up for now is sent again, later; what only waits there is left', async () => {
  const [id, waits] = [await message('victim-update'), await message('chaser')];
  await expectStatus(204, notify(id, 'temporary-failure', '2026-06-10T08:05:00.000000Z'));
  expect(await read(id)).toMatchObject({
    state: 'pending',
    lastError: 'not delivered: notify temporary-failure',
  });
  expect((await bounce(bounceOf(waits, { action: 'delayed', status: '4.4.1' }))).status).toBe(204);
  expect(await read(waits)).toMatchObject({ state: 'sent', deliveredAt: null });
});

test('reports are taken with their token alone, and of nobody else’s messages nothing becomes', async () => {
  const id = await message('chaser');
  const at = '2026-06-10T08:05:00.000000Z';
  for (const token of ['', 'x', emailToken, `${notifyToken}x`])
    expect((await notify(id, 'permanent-failure', at, token)).status).toBe(401);
  expect((await bounce(bounceOf(id), notifyToken)).status).toBe(401);
  expect((await hub.as('admin-1').post('/api/receipts/notify', {})).status).toBe(422);
  expect((await bounce('From: a@b.invalid\r\n\r\nI am on leave')).status).toBe(422);
  const neverSent = await addMessage(hub.database, 'chaser', { dueInMs: 3_600_000 });
  for (const reference of [null, 'x', '22222222-2222-4222-8222-222222222222', neverSent])
    await expectStatus(204, notify(reference, 'permanent-failure', at));
  expect(await read(neverSent)).toMatchObject({ state: 'pending', receipts: [] });
  expect(await read(id)).toMatchObject({ state: 'sent', receipts: [] });
});

test('administrators see messages by state, without words, addresses or cases; others those of their cases alone', async () => {
  const id = await message('chaser', 'unknown');
  const list = await expectStatus(
    200,
    hub.as('admin-1').get<Page<Message>>('/api/messages?state=unknown&to=PC1001'),
  );
  expect(list.items.map((one) => one.id)).toContain(id);
  const [first] = list.items;
  expect(JSON.stringify(first)).not.toMatch(/words|@|21AB/);
  const paged = await expectStatus(200, hub.as('admin-1').get<Page<Message>>('/api/messages?limit=1'));
  const next = await expectStatus(
    200,
    hub.as('admin-1').get<Page<Message>>(`/api/messages?limit=1&cursor=${paged.next}`),
  );
  expect(next.items[0]?.id).not.toBe(paged.items[0]?.id);
  await expectStatus(403, hub.as('cw-1').get('/api/messages'));
  await expectStatus(200, hub.as('cw-1').get(`/api/messages/${id}`));
  await expectStatus(404, hub.as('cw-5').get(`/api/messages/${id}`));
  await expectStatus(404, hub.as('cw-5').post(`/api/messages/${id}/retry`, {}));
  await expectStatus(403, hub.as('audit-1').post(`/api/messages/${id}/retry`, {}));
});

test('a person sends a message again, to the address that is right by now, or says what became of it', async () => {
  const [retried, resolved, sent] = [
    await message('staff-alert', 'failed', 'PC1002'),
    await message('victim-update', 'unknown'),
    await message('chaser'),
  ];
  await hub.database.sql`update officers set email = 'right@force.invalid' where collar = 'PC1002'`;
  const again = await expectStatus(
    200,
    hub.as('admin-1').post<Message>(`/api/messages/${retried}/retry`, {}),
  );
  expect(again).toMatchObject({ state: 'pending', attempts: 0, lastError: null });
  const [row] = await hub.database.sql`select to_address from messages where id = ${retried}`;
  expect(row).toEqual({ to_address: 'right@force.invalid' });
  const told = { resolution: 'arrived' };
  expect(
    await expectStatus(200, hub.as('cw-1').post<Message>(`/api/messages/${resolved}/resolve`, told)),
  ).toMatchObject({
    state: 'sent',
    resolution: 'arrived',
  });
  for (const id of [retried, resolved, sent])
    await expectStatus(409, hub.as('sr-1').post(`/api/messages/${id}/resolve`, told));
  const history = await hub.database.sql<{ action: string }[]>`
    select action from history where entity = 'message' and entity_id in (${retried}, ${resolved}) order by id`;
  expect(history.map(({ action }) => action)).toEqual(['message-retried', 'message-resolved']);
});
