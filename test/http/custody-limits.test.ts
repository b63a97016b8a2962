import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T09:00:00Z' });
});
afterAll(() => hub.close());

type Task = {
  id: string;
  kind: string;
  title: string;
  band: string;
  state: string;
  assignee: string | null;
  outcome: string | null;
  claim?: { token: string };
};
type Case = { caseworker: string; defendants: { id: string; offences: { id: string }[] }[]; tasks: Task[] };
type Problem = { detail: string; figures?: { by: string; dueOn: string; explanation: string[] }[] };

let last = 10;
/** A theft in custody since Monday 1 June: the limit of 56 days is Monday 27 July. */
async function inCustody(by: string, over: Record<string, unknown> = {}) {
  const urn = `21CL${String((last += 1)).padStart(5, '0')}26`;
  const made = await hub.as(by).post<Case>('/api/cases', {
    urn,
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    receivedAt: '2026-06-02T08:00:00Z',
    officer: 'PC1001',
    defendants: [
      {
        name: 'Orsino Blenkhurst',
        remand: 'custody',
        remandedOn: '2026-06-01',
        offences: [
          { code: 'TH68006', class: 'either-way', committedOn: '2026-05-01', chargedOn: '2026-05-29' },
        ],
      },
    ],
    hearings: [],
    victims: [],
    witnesses: [],
    ...over,
  });
  expect(made.status, made.text).toBe(201);
  return { urn, defendant: made.body.defendants[0]?.id ?? '', caseworker: made.body.caseworker };
}
const confirm = (who: string, { urn, defendant }: { urn: string; defendant: string }, body: unknown) =>
  hub.as(who).post<Problem>(`/api/cases/${urn}/custody-limits/${defendant}/confirmations`, body);
const tasksOf = async (urn: string, kind: string) =>
  (await hub.as('sr-1').get<Case>(`/api/cases/${urn}`)).body.tasks.filter((task) => task.kind === kind);
const record = (who: string, urn: string, body: unknown) =>
  hub.as(who).post<{ event: { id: string } }>(`/api/cases/${urn}/events`, body);
const pull = async (who: string) =>
  (await hub.as(who).post<{ task: Task }>(`/api/caseworkers/${who}/next-task`)).body.task;

/** The task itself, claimed: what comes before it in the person's queue is cancelled. */
async function pullUntil(who: string, id: string | undefined): Promise<Task> {
  let claimed = await pull(who);
  for (let i = 0; i < 50 && claimed.id !== id; i += 1) {
    await hub.as('sr-1').post(`/api/tasks/${claimed.id}/cancel`, { reason: 'x' });
    claimed = await pull(who);
  }
  return claimed;
}

test('a second person confirms by their own count, once; until then the case is critical', async () => {
  const one = await inCustody('cw-1');
  expect((await tasksOf(one.urn, 'confirm-custody-limit'))[0]).toMatchObject({
    band: 'critical',
    state: 'open',
  });
  const agreed = await confirm('cw-2', one, { dueOn: '2026-07-27', method: 'By hand' });
  expect(agreed).toMatchObject({
    status: 201,
    body: { event: { type: 'custody-limit-confirmed', data: { dueOn: '2026-07-27', by: 'cw-2' } } },
  });
  expect((await tasksOf(one.urn, 'confirm-custody-limit'))[0]).toMatchObject({
    state: 'done',
    outcome: 'recorded',
  });
  expect((await confirm('cw-3', one, { dueOn: '2026-07-27' })).status).toBe(409);
});

test('whoever recorded the remand cannot confirm, nor be given the task, and it is not in their queue', async () => {
  const one = await inCustody('cw-1');
  const refused = await confirm('cw-1', one, { dueOn: '2026-07-27' });
  expect(refused).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('a second person') as unknown },
  });
  const [task] = await tasksOf(one.urn, 'confirm-custody-limit');
  expect(task?.assignee).not.toBe('cw-1');
  const queue = await hub.as('cw-1').get<{ items: Task[] }>('/api/caseworkers/cw-1/queue?limit=100');
  expect(queue.body.items.map(({ id }) => id)).not.toContain(task?.id);
  const given = await hub.as('sr-1').post(`/api/tasks/${task?.id}/reassign`, { to: 'cw-1', reason: 'x' });
  expect(given).toMatchObject({ status: 422, body: { errors: [{ path: 'to' }] } });
});

test('a remand that its own caseworker records puts the task into the team’s pool', async () => {
  const one = await inCustody('feed-1', {
    defendants: [
      {
        name: 'Orsino Blenkhurst',
        remand: 'none',
        offences: [
          { code: 'TH68006', class: 'either-way', committedOn: '2026-05-01', chargedOn: '2026-05-29' },
        ],
      },
    ],
  });
  await record(one.caseworker, one.urn, { type: 'remanded', on: '2026-06-01' });
  expect((await tasksOf(one.urn, 'confirm-custody-limit'))[0]).toMatchObject({
    assignee: null,
    state: 'open',
  });
});

test('another date confirms nothing: both counts are told, and a senior settles it, not who counted otherwise', async () => {
  const one = await inCustody('cw-1');
  const differs = await confirm('cw-2', one, { dueOn: '2026-07-28', method: 'First day counted' });
  expect(differs.status).toBe(409);
  expect(differs.headers.get('content-type')).toContain('application/problem+json');
  expect(differs.body.figures).toMatchObject([
    { by: 'hub', dueOn: '2026-07-27', explanation: expect.arrayContaining([]) as unknown },
    { by: 'cw-2', dueOn: '2026-07-28', explanation: ['First day counted'] },
  ]);
  expect((await tasksOf(one.urn, 'confirm-custody-limit'))[0]).toMatchObject({
    state: 'done',
    outcome: 'differs',
  });
  expect((await tasksOf(one.urn, 'settle-custody-limit'))[0]).toMatchObject({
    title: 'Two people count this custody limit differently',
    band: 'critical',
    state: 'open',
    assignee: 'sr-1',
  });
  const again = await confirm('cw-2', one, { dueOn: '2026-07-27' });
  expect(again).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('somebody else') as unknown },
  });
  const [settling] = await tasksOf(one.urn, 'settle-custody-limit');
  expect(settling?.state).toBe('open');
  const task = await pullUntil('sr-1', settling?.id);
  expect(task.kind).toBe('settle-custody-limit');
  const complete = (outcome: string) =>
    hub.as('sr-1').post(`/api/tasks/${task.id}/complete`, { claim: task.claim?.token, outcome });
  expect((await complete('cannot')).status).toBe(409);
  expect((await complete('confirmed')).status).toBe(200);
  const log = await hub
    .as('sr-1')
    .get<{ defendants: { confirmations: unknown[] }[] }>(`/api/cases/${one.urn}/custody-log`);
  expect(log.body.defendants[0]?.confirmations).toMatchObject([
    { result: 'differs', by: 'cw-2', dueOn: '2026-07-27' },
    { result: 'confirmed', by: 'sr-1', dueOn: '2026-07-27' },
  ]);
});

test('a date that moves must be confirmed anew', async () => {
  const one = await inCustody('cw-1');
  await confirm('cw-2', one, { dueOn: '2026-07-27' });
  await record('cw-1', one.urn, {
    type: 'custody-limit-extended',
    on: '2026-06-02',
    data: { until: '2026-08-21' },
  });
  const open = (await tasksOf(one.urn, 'confirm-custody-limit')).filter(({ state }) => state === 'open');
  expect(open).toHaveLength(1);
  expect((await confirm('cw-2', one, { dueOn: '2026-07-27' })).status).toBe(409);
});

test('completing the task confirms the date that it shows, but not for whoever has since recorded the remand anew', async () => {
  const hubOfTwo = await inCustody('feed-1', {
    defendants: [
      {
        name: 'Orsino Blenkhurst',
        remand: 'none',
        offences: [
          { code: 'TH68006', class: 'either-way', committedOn: '2026-05-01', chargedOn: '2026-05-29' },
        ],
      },
    ],
  });
  const remanded = await record('sr-1', hubOfTwo.urn, { type: 'remanded', on: '2026-06-01' });
  const [task] = await tasksOf(hubOfTwo.urn, 'confirm-custody-limit');
  await hub.as('sr-1').post(`/api/tasks/${task?.id}/reassign`, { to: 'cw-4', reason: 'x' });
  const claimed = await pullUntil('cw-4', task?.id);
  expect(claimed.id).toBe(task?.id);
  const again = { type: 'remanded', on: '2026-06-01', supersedes: remanded.body.event.id };
  await record('cw-4', hubOfTwo.urn, again);
  const done = await hub
    .as('cw-4')
    .post<Problem>(`/api/tasks/${task?.id}/complete`, { claim: claimed.claim?.token, outcome: 'confirmed' });
  expect(done.status).toBe(409);
  expect(done.body.detail).toContain('a second person');
});

test('the log has the stays, what is used, the count, extensions, chasers and tasks; and is a page for a browser', async () => {
  const one = await inCustody('cw-1');
  await confirm('cw-2', one, { dueOn: '2026-07-27' });
  await record('cw-1', one.urn, {
    type: 'custody-limit-extended',
    on: '2026-06-02',
    data: { until: '2026-08-21' },
  });
  type Log = {
    defendants: { custody: unknown[]; charges: { limits: unknown[]; extensions: unknown[] }[] }[];
    tasks: unknown[];
  };
  const { body } = await hub.as('cw-1').get<Log>(`/api/cases/${one.urn}/custody-log`);
  const [defendant] = body.defendants;
  expect(defendant?.custody).toMatchObject([{ from: '2026-06-01', to: null, recordedBy: 'cw-1' }]);
  expect(defendant?.charges[0]?.limits).toContainEqual(
    expect.objectContaining({
      rule: 'ctl-eitherway-56',
      limitDays: 56,
      daysUsed: 1,
      expiresOn: '2026-08-21',
    }),
  );
  expect(defendant?.charges[0]?.extensions).toMatchObject([{ decision: 'granted', until: '2026-08-21' }]);
  expect(body.tasks.length).toBeGreaterThan(1);
  const page = await hub
    .as('cw-1')
    .get(`/api/cases/${one.urn}/custody-log`, { headers: { Accept: 'text/html' } });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.text).toContain('21 August 2026');
  expect(page.text).toMatch(/@media print/);
  expect(page.text).not.toMatch(/<script|onclick|style="/);
  expect(page.text).toContain('<html lang="en-GB">');
  expect((await hub.as('cw-5').get(`/api/cases/${one.urn}/custody-log`)).status).toBe(403);
});
