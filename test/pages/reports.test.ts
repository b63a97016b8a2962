import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSize } from '../../src/reports/quality-sample.ts';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, everyCamera, goByMenu, journeyTimeout, signedIn } from './camera.ts';
import { completedWork } from './own-work.ts';

let hub: TestHub;
let browser: TestBrowser;
const completed = sampleSize + 4;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  for (let n = 0; n < 3; n += 1) await create(hub.as('cw-1'), crimeCase());
  // Work of a month that is over: completed by a caseworker, but for one task that the senior completed.
  await completedWork(hub, '2026-06', completed);
  await hub.setClock('2026-07-06T10:00:00+01:00');
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

type Rows<Row> = { items: Row[] };
const report = <Row>(path: string, who = 'sr-1') => hub.as(who).get<Rows<Row>>(`/api/reports/${path}`);
type Timeliness = {
  rule: string | null;
  due: number;
  inTime: number;
  late: number;
  notDone: number;
  owed: number;
};

test('deadlines are counted by rule, team and month, each once, and what came to nothing not at all', async () => {
  const period = 'from=2026-06-01&to=2026-12-31';
  const [expected] = await hub.hub.sql<{ n: number }[]>`
    select count(*)::int as n from deadlines
    where state <> 'withdrawn' and legal_due between '2026-06-01' and '2026-12-31'`;
  for (const by of ['rule', 'team', 'month']) {
    const { body } = await report<Timeliness>(`timeliness?${period}&by=${by}`);
    expect(body.items.reduce((sum, { due }) => sum + due, 0)).toBe(expected?.n);
    for (const { due, inTime, late, notDone, owed } of body.items)
      expect(inTime + late + notDone + owed).toBe(due);
  }
  const rule = (await report<Timeliness>(`timeliness?${period}`)).body.items[0]?.rule ?? '';
  const [one] = await hub.hub.sql<{ id: string }[]>`
    select id from deadlines where rule = ${rule} and state <> 'withdrawn' and legal_due >= '2026-06-01' limit 1`;
  const counts = async () => (await report<Timeliness>(`timeliness?${period}&rule=${rule}`)).body.items[0];
  await hub.hub.sql`update deadlines set state = 'met', met_on = legal_due where id = ${one?.id ?? ''}`;
  const inTime = (await counts())?.inTime ?? 0;
  await hub.hub.sql`update deadlines set met_on = legal_due + 1 where id = ${one?.id ?? ''}`;
  expect(await counts()).toMatchObject({ inTime: inTime - 1, late: 1 });
  expect((await report('timeliness?from=2026-02-01&to=2026-01-01')).status).toBe(422);
  expect((await report('timeliness', 'feed-1')).status).toBe(403);
});

test('a chaser counts by what came of it before the next one', async () => {
  const [first] = await hub.hub.sql<{ id: string; case_id: string; key: string }[]>`
    select id, case_id, key from material_requests order by id limit 1`;
  const sent = (day: string, level: string) => hub.hub.sql`
    insert into chasers (id, alert_id, request_id, request_version, step, level, recipient, at, occasion)
    values (gen_random_uuid(), gen_random_uuid(), ${first?.id ?? ''}, 1, ${level}, ${level}, 'PC1001',
      ${`${day}T08:00:00Z`}, ${day})`;
  await sent('2026-06-10', 'officer');
  await sent('2026-06-15', 'sergeant');
  const data = hub.hub.sql.json({ request: first?.key ?? '', answer: 'late', until: '2026-06-30' });
  await hub.hub.sql`
    insert into case_events (id, case_id, seq, type, happened_on, received_at, data, recorded_at, recorded_by)
    select gen_random_uuid(), ${first?.case_id ?? ''}, max(seq) + 1, 'officer-answered', '2026-06-12',
      '2026-06-12T09:00:00Z', ${data}, '2026-06-12T09:00:00Z', 'officer:PC1001'
    from case_events where case_id = ${first?.case_id ?? ''}`;
  const { body } = await report<{ level: string; sent: number; answered: number; saidLate: number }>(
    'chasers?from=2026-06-01&to=2026-06-30',
  );
  expect(body.items).toEqual([
    expect.objectContaining({ level: 'officer', sent: 1, answered: 1, saidLate: 1 }),
    expect.objectContaining({ level: 'sergeant', sent: 1, answered: 0 }),
  ]);
  const station = await report<{ station: string; sent: number }>(
    'chasers?from=2026-06-01&to=2026-06-30&by=station',
  );
  expect(station.body.items.reduce((sum, row) => sum + row.sent, 0)).toBe(2);
});

test('the history counts what was done in a week once, and a caseworker has their own team’s alone', async () => {
  type Week = { team: string; week: string; made: number; done: number; openAtEnd: number };
  const { body } = await report<Week>('workload-history?from=2026-06-01&to=2026-06-30');
  const crime = body.items.filter(({ team }) => team === 'crime');
  expect(crime.map(({ week }) => week)).toEqual([
    '2026-06-01',
    '2026-06-08',
    '2026-06-15',
    '2026-06-22',
    '2026-06-29',
  ]);
  expect(crime.map(({ done }) => done)).toEqual([0, completed, 0, 0, 0]);
  expect(crime[0]?.openAtEnd).toBe((crime[1]?.openAtEnd ?? 0) + completed);
  const own = await report<Week>('workload-history?from=2026-06-01&to=2026-06-30', 'cw-1');
  expect(new Set(own.body.items.map(({ team }) => team))).toEqual(new Set(['crime']));
  const csv = await hub.as('audit-1').get('/api/reports/workload-history?format=csv');
  expect(csv.text).toContain('team,week,cases,made,done,doneMinutes,cancelled,openAtEnd');
});

test('the sample of a month is by chance and always the same, and nobody looks at their own work or at work twice', async () => {
  type Sample = { items: { taskId: string; isOwn: boolean }[]; figures: unknown[] };
  const path = '/api/quality-samples/2026-06';
  const [mine, theirs] = [await hub.as('sr-1').get<Sample>(path), await hub.as('sr-2').get<Sample>(path)];
  const ids = mine.body.items.map(({ taskId }) => taskId);
  expect(ids).toHaveLength(sampleSize);
  expect(theirs.body.items.map(({ taskId }) => taskId)).toEqual(ids);
  const other = mine.body.items.find(({ isOwn }) => !isOwn)?.taskId ?? '';
  const review = (taskId: string, verdict: string, who = 'sr-1') =>
    hub
      .as(who)
      .post(`${path}/reviews`, { taskId, verdict, ...(verdict === 'pass' ? {} : { note: 'No date' }) });
  expect(
    (await hub.as('sr-1').post(`${path}/reviews`, { taskId: other, verdict: 'fail' })).body,
  ).toMatchObject({
    errors: [{ path: 'note' }],
  });
  expect((await review(other, 'partial')).status).toBe(201);
  expect((await review(other, 'pass', 'sr-2')).status).toBe(409);
  await hub.hub.sql`update tasks set closed_by = 'sr-1' where id = ${ids.find((id) => id !== other) ?? ''}`;
  expect((await review(ids.find((id) => id !== other) ?? '', 'pass')).status).toBe(403);
  expect((await review(crypto.randomUUID(), 'pass')).status).toBe(404);
  expect((await hub.as('sr-1').get('/api/quality-samples/2026-07')).status).toBe(422);
  for (const who of ['cw-1', 'admin-1', 'audit-1']) expect((await hub.as(who).get(path)).status).toBe(403);
  expect((await hub.as('sr-2').get<Sample>(path)).body.figures).toEqual([
    expect.objectContaining({ team: 'crime', sampled: sampleSize, reviewed: 1, pass: 0, partial: 1 }),
  ]);
});

describe.each(browsers)('the reports, in %s', () => {
  test.each(everyCamera)(
    'each report has its figures as a chart and a table, says what is wrong with a date, and is narrowed: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'audit-1', how);
      const { page } = visit;
      await goByMenu(page, 'Reports');
      await visit.isFine();
      const links = await Promise.all(
        (await page.locator('main dt a').all()).map((link) => link.getAttribute('href')),
      );
      expect(links).toHaveLength(5);
      for (const href of links) {
        await page.goto(href ?? '');
        await visit.isFine();
      }
      await page.goto('/reports/timeliness');
      expect(await page.locator('.hub-chart svg').count()).toBeGreaterThan(0);
      expect(await page.textContent('main')).toMatch(/\d+ of \d+ in time/);
      await page.fill('[name="from-day"]', '40');
      await page.fill('[name="from-month"]', '1');
      await page.fill('[name="from-year"]', '2026');
      await page.click('button:has-text("Show")');
      expect(await page.title()).toMatch(/^Error: /);
      await visit.isFine();
      await page.fill('[name="from-day"]', '1');
      await page.selectOption('[name="team"]', 'traffic');
      await page.click('button:has-text("Show")');
      expect(await page.textContent('main')).toContain('nothing to count');
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );

  test.each(cameras)(
    'a senior looks at completed work of the sample: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'sr-2', how);
      const { page } = visit;
      await page.goto('/reports/quality-sample');
      await page.click('main a:has-text("Say how good it is") >> nth=0');
      await page.check('input[value="fail"]');
      await page.click('text="Save what was found"');
      expect(await page.textContent('.govuk-error-summary')).toContain('say what was missing');
      await visit.isFine();
      await page.fill('[name="note"]', `Seen at ${how.width} pixels`);
      await page.click('text="Save what was found"');
      expect(await page.textContent('main')).toContain(`Seen at ${how.width} pixels; sr-2`);
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );
});

test('administrators and auditors have the reports, and the sample is for seniors', async () => {
  for (const who of ['admin-1', 'audit-1', 'cw-1']) {
    expect((await hub.as(who).get('/reports')).status).toBe(200);
    expect((await hub.as(who).get('/reports/quality-sample')).status).toBe(403);
  }
});
