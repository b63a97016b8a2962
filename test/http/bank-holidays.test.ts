import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { tasks } from '../../db/schema/index.ts';
import { easterMonday, goodFriday } from '../../src/calendar/easter.ts';
import { recompute } from '../../src/cases/recompute.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startRecomputer } from '../../workers/recompute.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-08T09:00:00Z' });
});
afterAll(() => hub.close());

const path = '/api/calendar/bank-holidays';
type Holidays = {
  items: { on: string; name: string; source: string }[];
  firstYear: number;
  lastYear: number;
  lessThanAYearLeft: boolean;
  version: string;
};
type Progress = {
  id: string;
  state: string;
  why: string[];
  casesTotal: number;
  casesDone: number;
  movedTotal: number;
  moved: {
    items: { caseUrn: string | null; rule: string; before: unknown; after: unknown }[];
    next: string | null;
  };
};
type Preview = {
  why: string[];
  cases: number;
  changes: {
    rule: string;
    kind: string;
    count: number;
    examples: { caseUrn: string | null; before: unknown; after: unknown }[];
  }[];
};
type Problem = { errors?: { path: string; message: string }[] };

const read = (as = 'admin-1') => hub.as(as).get<Holidays>(path);
const tag = async () => (await read()).headers.get('etag') ?? '';
const put = async (body: unknown, ifMatch?: string) =>
  hub.as('admin-1').put<Progress & Problem>(path, body, { ifMatch: ifMatch ?? (await tag()) });
const progress = (id: string, query = '') =>
  hub.as('admin-1').get<Progress>(`/api/calendar/recomputations/${id}${query}`);

const jubilee = { on: '2026-06-19', name: 'Jubilee' };

async function makeCase(urn: string, over: object = {}) {
  const reply = await hub.as('cw-1').post<{ caseworker: string }>('/api/cases', {
    urn,
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    receivedAt: '2026-06-08T08:00:00Z',
    officer: 'PC1001',
    defendants: [
      {
        name: 'Barnaby Wigglethrope',
        remand: 'custody',
        remandedOn: '2026-04-24',
        offences: [{ code: 'TH68006', committedOn: '2026-04-23', chargedOn: '2026-04-23' }],
      },
    ],
    hearings: [],
    victims: [],
    witnesses: [],
    ...over,
  });
  expect(reply.status, reply.text).toBe(201);
}

test('the list says what is official and how far it goes, to administrators, seniors and caseworkers', async () => {
  for (const who of ['admin-1', 'sr-1', 'cw-1']) {
    const { status, body } = await read(who);
    expect(status).toBe(200);
    expect(body).toMatchObject({ firstYear: 2000, lastYear: 2028, lessThanAYearLeft: false });
    expect(body.items).toContainEqual({ on: '2026-12-25', name: 'Christmas Day', source: 'official' });
  }
  for (const who of ['audit-1', 'feed-1']) expect((await read(who)).status).toBe(403);
});

test('only an administrator changes it, who has read it as it is', async () => {
  for (const who of ['sr-1', 'cw-1', 'audit-1', 'feed-1'])
    expect((await hub.as(who).put(path, { proclaimed: [] }, { ifMatch: '*' })).status).toBe(403);
  expect((await hub.as('admin-1').put(path, { proclaimed: [] })).status).toBe(428);
  expect((await put({ proclaimed: [] }, '"bank-holidays.v99"')).status).toBe(412);
});

test('a day that does not exist, is official, comes twice, has no name or is beyond the list is refused by its place', async () => {
  const refused = async (...proclaimed: { on: string; name: string }[]) => {
    const { status, body } = await put({ proclaimed });
    expect(status).toBe(422);
    return body.errors?.map((error) => error.path);
  };
  const name = 'Jubilee';
  expect(await refused({ on: '2026-02-31', name })).toEqual(['proclaimed.0.on']);
  expect(await refused({ on: '2026-12-25', name })).toEqual(['proclaimed.0.on']);
  expect(await refused(jubilee, jubilee)).toEqual(['proclaimed.1.on']);
  expect(await refused({ on: '2026-06-19', name: '' })).toEqual(['proclaimed.0.name']);
  expect(await refused({ on: '2026-06-19', name: 'x'.repeat(101) })).toEqual(['proclaimed.0.name']);
  expect(await refused({ on: '2029-06-19', name })).toEqual(['proclaimed.0.on']);
  expect((await read()).body.items.every(({ source }) => source === 'official')).toBe(true);
});

test('what is proclaimed is accepted, followed by its Location, and reports every date that moved', async () => {
  await makeCase('21AB1000126');
  await makeCase('21AB1000226', { restricted: true, visibleTo: ['cw-1'] });
  const before = await tag();
  const { status, body, headers } = await put({ proclaimed: [jubilee] });
  expect(status).toBe(202);
  expect(headers.get('location')).toBe(`/api/calendar/recomputations/${body.id}`);
  expect(body).toMatchObject({ state: 'pending', casesTotal: 2, casesDone: 0 });
  expect(headers.get('etag')).not.toBe(before);
  expect(await tag()).toBe(headers.get('etag'));
  expect((await read()).body.items).toContainEqual({ ...jubilee, source: 'proclaimed' });
  expect((await progress(body.id)).body).toMatchObject({ state: 'pending', casesDone: 0, movedTotal: 0 });

  await recompute(hub.hub.db);
  const done = (await progress(body.id)).body;
  expect(done).toMatchObject({
    state: 'done',
    casesDone: 2,
    why: ['Friday 19 June 2026 is a bank holiday: Jubilee'],
  });
  expect(done.moved.items).toHaveLength(done.movedTotal);
  expect(done.moved.items).toContainEqual(
    expect.objectContaining({
      caseUrn: '21AB1000126',
      rule: 'ctl-eitherway-56',
      before: { legalDue: '2026-06-19', actionDue: '2026-06-19' },
      after: { legalDue: '2026-06-18', actionDue: '2026-06-18' },
    }),
  );
  expect(done.moved.items.map(({ caseUrn }) => caseUrn)).toContain(null);
  expect(JSON.stringify(done)).not.toMatch(/21AB1000226|Wigglethrope/);
  const pages = await progress(body.id, '?limit=1');
  expect(pages.body.moved.items).toHaveLength(1);
  const second = await progress(body.id, `?limit=1&cursor=${pages.body.moved.next}`);
  expect(second.body.moved.items).toEqual([done.moved.items[1]]);
});

test('an event that is recorded afterwards counts by the new holiday, before its case was gone through too', async () => {
  const { body } = await put({ proclaimed: [jubilee, { on: '2026-07-03', name: 'Second jubilee' }] });
  await makeCase('21AB1000326', {
    defendants: [
      {
        name: 'Barnaby Wigglethrope',
        remand: 'custody',
        remandedOn: '2026-05-08',
        offences: [{ code: 'TH68006', committedOn: '2026-05-07', chargedOn: '2026-05-07' }],
      },
    ],
  });
  const { body: listed } = await hub
    .as('cw-1')
    .get<{ items: { rule: string; legalDue: string }[] }>('/api/cases/21AB1000326/deadlines');
  expect(listed.items).toContainEqual(
    expect.objectContaining({ rule: 'ctl-eitherway-56', legalDue: '2026-07-02' }),
  );
  await recompute(hub.hub.db);
  expect((await progress(body.id)).body.state).toBe('done');
});

test('a further year is loaded whole or not at all, and the task that asked for it is done', async () => {
  await hub.hub.db.transaction(async (tx) => {
    const { openTaskOnce } = await import('../../src/tasks/store.ts');
    const draft = {
      ...{ kind: 'load-bank-holidays', title: 'Load', source: 'bank-holidays:2029', subject: {}, why: [] },
      ...{ consequence: 'record' as const, danger: false, alwaysCritical: false },
      ...{ dueAt: '2026-07-08T00:00:00.000Z', effortMinutes: 15 },
    };
    await openTaskOnce(tx, draft, 'administration', '2026-06-08T09:00:00.000Z');
  });
  const days = [goodFriday(2029), easterMonday(2029), '2029-01-01', '2029-05-07', '2029-05-28', '2029-08-27'];
  const year = [...days, '2029-12-25', '2029-12-26'].map((on) => ({ on, name: 'Bank holiday' }));
  const half = await put({ proclaimed: year.slice(1), lastYear: 2029 });
  expect(half).toMatchObject({ status: 422, body: { errors: [{ path: 'lastYear' }] } });
  expect((await put({ proclaimed: year, lastYear: 2029 })).status).toBe(202);
  expect((await read()).body).toMatchObject({ lastYear: 2029 });
  const [task] = await hub.hub.db.select().from(tasks).where(eq(tasks.source, 'bank-holidays:2029'));
  expect(task).toMatchObject({ state: 'done', outcome: 'loaded' });
  expect((await put({ proclaimed: year })).status, 'stays loaded unless said otherwise').toBe(202);
  expect((await put({ proclaimed: [], lastYear: 2028 })).status).toBe(202);
  expect((await read()).body).toMatchObject({ lastYear: 2028 });
});

test('the list, a worker that starts and the page say so when less than a year of holidays is left', async () => {
  const words = 'Load those of 2029';
  await hub.setClock('2027-12-31T12:00:00Z');
  expect((await read()).body.lessThanAYearLeft).toBe(false);
  expect(await saidAtStart()).not.toContain(words);
  expect((await openPage()).text).not.toContain(words);
  await hub.setClock('2028-01-02T12:00:00Z');
  expect((await read()).body.lessThanAYearLeft).toBe(true);
  expect(await saidAtStart()).toContain(words);
  expect((await openPage()).text).toContain(words);
});

const openPage = (as = 'admin-1') => hub.as(as).get('/admin/bank-holidays');

/** What a worker process writes to its log until it has looked for work once. */
async function saidAtStart(): Promise<string> {
  const lines: string[] = [];
  const log = createLogger('warn', { write: (line: string) => void lines.push(line) });
  const worker = startRecomputer({ db: hub.hub.db, logger: log }, 20);
  const { body } = await put({ proclaimed: [] });
  await waitFor('the worker to be at work', async () => (await progress(body.id)).body.state === 'done');
  await worker.close();
  return lines.join('');
}

test('a preview says which dates would move, names no restricted case, refuses what could not be proclaimed, and changes nothing', async () => {
  await hub.setClock('2026-06-08T09:00:00Z');
  expect((await put({ proclaimed: [] })).status).toBe(202);
  await recompute(hub.hub.db);
  const preview = (proclaimed: unknown[], who = 'admin-1') =>
    hub.as(who).post<Preview & Problem>(`${path}/preview`, { proclaimed });
  const before = await tag();
  const { body, text } = await preview([jubilee]);
  expect(await tag()).toBe(before);
  expect(body.why).toEqual(['Friday 19 June 2026 is a bank holiday: Jubilee']);
  const limits = body.changes.find(({ rule, kind }) => rule === 'ctl-eitherway-56' && kind === 'moved');
  expect(limits?.examples).toContainEqual({
    caseUrn: '21AB1000126',
    before: { legalDue: '2026-06-19', actionDue: '2026-06-19' },
    after: { legalDue: '2026-06-18', actionDue: '2026-06-18' },
  });
  expect(limits?.examples.map(({ caseUrn }) => caseUrn)).toContain(null);
  expect(text).not.toMatch(/21AB1000226|Wigglethrope/);
  const moved = (await put({ proclaimed: [jubilee] })).body;
  await recompute(hub.hub.db);
  const done = (await progress(moved.id)).body;
  expect(done.movedTotal).toBe(body.changes.reduce((sum, { count }) => sum + count, 0));
  expect(done.casesTotal).toBe(body.cases);
  expect((await preview([jubilee])).body).toMatchObject({ cases: 0, changes: [] });

  const refused = await preview([{ on: '2026-12-25', name: 'Christmas' }]);
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'proclaimed.0.on' }] } });
  for (const who of ['sr-1', 'cw-1', 'audit-1']) expect((await preview([], who)).status).toBe(403);
});

test('recomputations are listed newest first', async () => {
  const asked = [(await put({ proclaimed: [] })).body.id, (await put({ proclaimed: [jubilee] })).body.id];
  await recompute(hub.hub.db);
  const { body } = await hub.as('sr-1').get<{ items: { id: string }[] }>('/api/calendar/recomputations');
  expect(body.items.slice(0, 2).map(({ id }) => id)).toEqual(asked.toReversed());
  expect((await hub.as('cw-1').get('/api/calendar/recomputations')).status).toBe(403);
});

test('dates that move by what somebody else recorded are told to the caseworker, and not what they recorded themselves', async () => {
  const told = async () =>
    (await hub.hub.db.select().from(tasks).where(eq(tasks.kind, 'dates-moved'))).filter(({ why }) =>
      why[0]?.startsWith('Hearing'),
    );
  await hub.setClock('2026-06-08T09:30:00Z');
  const hearing = { on: '2026-07-20', court: 'magistrates', courtName: 'Norwich', type: 'first-hearing' };
  await makeCase('21AB1000426', { hearings: [hearing] });
  const found = await hub
    .as('cw-1')
    .get<{ caseworker: string; hearings: { id: string }[] }>('/api/cases/21AB1000426');
  const { caseworker, hearings } = found.body;
  const move = (as: string, on: string) =>
    hub.as(as).post('/api/cases/21AB1000426/events', {
      type: 'hearing-moved',
      on: '2026-06-08',
      hearing: hearings[0]?.id,
      data: { on },
    });
  expect((await move(caseworker, '2026-07-21')).status).toBe(201);
  expect(await told()).toEqual([]);
  expect((await move('sr-1', '2026-07-23')).status).toBe(201);
  const [task, ...more] = await told();
  expect(more).toEqual([]);
  expect(task).toMatchObject({ assignee: caseworker, state: 'open' });
  expect(task?.why[0]).toContain('recorded by sr-1');
});
