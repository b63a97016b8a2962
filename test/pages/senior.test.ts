import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, everyCamera, fillDay, goByMenu, journeyTimeout, signedIn } from './camera.ts';

let hub: TestHub;
let browser: TestBrowser;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  for (let n = 0; n < 4; n += 1) await create(hub.as('cw-1'), crimeCase());
  await hub.setClock('2026-06-15T10:00:00+01:00');
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

describe.each(browsers)('the pages of seniors, in %s', () => {
  test.each(cameras)(
    'the board shows load and capacity as numbers, what will be late, and each caseworker: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'sr-1', how);
      const { page } = visit;
      await goByMenu(page, 'Workload');
      expect(await page.textContent('h1')).toBe('Workload');
      const { body } = await hub
        .as('sr-1')
        .get<{ items: { name: string; cases: number }[] }>('/api/workload');
      for (const { name } of body.items) expect(await page.textContent('main')).toContain(name);
      expect(await page.locator('#load ~ .hub-figures >> nth=0').locator('tbody tr').count()).toBe(
        body.items.length,
      );
      expect(await page.textContent('main')).toMatch(/\d+(\.5)?h of \d+(\.5)?h/);
      const cutOff = await page.evaluate<number>(
        `[...document.querySelectorAll('.hub-figures')].filter((box) => box.scrollWidth > box.clientWidth).length`,
      );
      if (how.width === 1280) expect(cutOff, 'every figure is seen at a desk').toBe(0);
      await visit.isFine();

      await page.selectOption('#team', 'traffic');
      await page.click('button:has-text("Show")');
      expect(page.url()).toContain('team=traffic');
      expect(await page.textContent('main')).not.toContain('The whole hub');

      await page.click('text="What will be late, and why"');
      expect(await page.textContent('h1')).toBe('What will be late');
      expect(await page.textContent('main')).toContain('Traffic: nothing will be late as things are.');
      await page.selectOption('#team', 'crime');
      await page.click('button:has-text("Show")');
      expect(await page.textContent('main')).toMatch(/Crime: \d+ pieces of work will be late as things are/);
      expect(await page.textContent('main')).toContain('overdue already');
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );

  test.each(cameras)(
    'absences are added, refused by the field that is wrong, saved and taken away again: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'sr-1', how);
      const { page } = visit;
      await page.goto('/workload/cw-2');
      expect(await page.textContent('main')).toContain('No absence is recorded');
      await visit.isFine();
      await page.click('text="Add or change absences"');
      await visit.isFine();
      const day = (path: string, of: string, month = '7') => fillDay(page, path, of, month);
      await day('absences.0.from', '6');
      await day('absences.0.to', '31', '6');
      await page.click('text="Save the absences"');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.locator('.govuk-error-summary a').count()).toBeGreaterThanOrEqual(2);
      expect(await page.inputValue('[name="absences.0.from-day"]')).toBe('6');
      await visit.isFine();
      await day('absences.0.to', '17');
      await page.selectOption('[name="absences.0.kind"]', 'leave');
      await page.click('text="Add another absence"');
      await day('absences.1.from', '3', '8');
      await day('absences.1.to', '3', '8');
      await page.selectOption('[name="absences.1.kind"]', 'court');
      await page.fill('[name="absences.1.start"]', '9.30');
      await page.fill('[name="absences.1.end"]', '8:00');
      await page.click('text="Save the absences"');
      expect(await page.textContent('.govuk-error-summary')).toContain('Back at is not after start');
      await page.fill('[name="absences.1.end"]', '13:00');
      await page.click('text="Save the absences"');
      expect(page.url()).toBe(`${hub.url}/workload/cw-2?done=absences`);
      expect(await page.textContent('main')).toContain('3 August, 9:30am to 1pm (at court)');
      expect(await page.textContent('main')).toContain('6 July to 17 July (leave)');
      await page.click('text="Add or change absences"');
      await page.click('text="Remove absence 1"');
      await page.click('text="Remove absence 1"');
      await page.click('text="Save the absences"');
      expect(await page.textContent('main')).toContain('No absence is recorded');
      await visit.leave();
    },
    journeyTimeout,
  );

  test('who saves absences that somebody else has changed meanwhile is told so, and keeps what was typed', async () => {
    const visit = await signedIn(browser, 'sr-1', { width: 360 });
    const { page } = visit;
    await page.goto('/staff/cw-3/absences');
    const path = '/api/staff/cw-3/absences';
    const read = await hub.as('sr-2').get(path);
    const sick = { from: '2026-06-15', to: '2026-06-16', kind: 'sickness' };
    const ifMatch = read.headers.get('ETag') ?? '';
    expect((await hub.as('sr-2').put(path, { absences: [sick] }, { ifMatch })).status).toBe(200);
    await fillDay(page, 'absences.0.from', '9', '7');
    await fillDay(page, 'absences.0.to', '9', '7');
    await page.selectOption('[name="absences.0.kind"]', 'training');
    await page.click('text="Save the absences"');
    expect(await page.textContent('.govuk-error-summary')).toContain('changed after you read it');
    expect(await page.inputValue('[name="absences.0.from-day"]')).toBe('9');
    await visit.isFine();
    await visit.leave();
  });
});

describe.each(browsers)('moving work, in %s', () => {
  test.each(everyCamera)(
    'work is proposed for somebody new, ticked, moved with a note and taken back: $width pixels, without scripts $withoutScripts',
    async (how) => {
      await hub.hub.sql`update cases set caseworker = 'cw-1' where state = 'open'`;
      await hub.hub.sql`update tasks set assignee = 'cw-1' where state = 'open' and case_id is not null`;
      const visit = await signedIn(browser, 'sr-1', how);
      const { page } = visit;
      await page.goto('/rebalances');
      await visit.isFine();
      await page.check('input[value="cover"]');
      await page.click('text="Propose moves"');
      expect(await page.title()).toMatch(/^Error: /);
      await visit.isFine();
      await page.check('input[value="newStarter"]');
      await page.selectOption('[name="staffId"]', 'cw-4');
      await page.click('text="Propose moves"');
      expect(page.url()).toMatch(/\/rebalances\/[0-9a-f-]{36}$/);
      await visit.isFine();
      const ticks = page.locator('input[type="checkbox"]');
      const many = await ticks.count();
      expect(many).toBeGreaterThan(0);
      for (let n = 0; n < many; n += 1) await ticks.nth(n).uncheck();
      await page.click('text="Move what is ticked"');
      expect(await page.textContent('.govuk-error-summary')).toContain('Tick at least one case');
      await visit.isFaultless();
      const urn = ((await ticks.nth(0).getAttribute('name')) ?? '').slice('move-'.length);
      await ticks.nth(0).check();
      await page.click('summary >> nth=0');
      await page.fill(`[name="note-${urn}"]`, 'Ring the officer first');
      await page.click('text="Move what is ticked"');
      expect(await page.textContent('main')).toContain('Moved');
      await visit.isFaultless();
      const caseworker = async () => (await hub.as('sr-1').get(`/api/cases/${urn}`)).body['caseworker'];
      expect(await caseworker()).toBe('cw-4');
      const { text } = await hub.as('cw-4').get(`/api/cases/${urn}/hand-overs`);
      expect(text).toContain('Ring the officer first');
      await page.click('text="Take back what is ticked"');
      expect(await page.textContent('main')).toContain('Taken back');
      expect(await caseworker()).toBe('cw-1');

      await page.goto(`/cases/${urn}/move`);
      await page.click('text="Move the case"');
      expect(await page.locator('.govuk-error-summary a').count()).toBe(2);
      await visit.isFine();
      await page.check('input[value="cw-2"]');
      await page.fill('[name="reason"]', 'Knows the officer');
      await page.click('text="Move the case"');
      expect(page.url()).toBe(`${hub.url}/cases/${urn}`);
      expect(await caseworker()).toBe('cw-2');
      await visit.leave();
    },
    journeyTimeout,
  );

  test(
    'an absence is covered by two presses, one that proposes it and one that applies it, and can be taken back',
    async () => {
      await hub.hub.sql`update cases set caseworker = 'cw-1' where state = 'open'`;
      await hub.hub.sql`update tasks set assignee = 'cw-1' where state = 'open' and case_id is not null`;
      const path = '/api/staff/cw-1/absences';
      const ifMatch = (await hub.as('sr-1').get(path)).headers.get('ETag') ?? '';
      const ill = { from: '2026-06-15', to: '2026-06-19', kind: 'sickness' };
      const saved = await hub.as('sr-1').put(path, { absences: [ill] }, { ifMatch });
      expect(saved.status, saved.text).toBe(200);
      const visit = await signedIn(browser, 'sr-1', { width: 360, withoutScripts: true });
      const { page } = visit;
      await page.goto('/workload/cw-1');
      await visit.isFine();
      await page.click('text="Propose cover for 15 June 2026 to 19 June 2026"');
      expect(await page.textContent('main')).toMatch(/Fairness is \d+(\.\d)? % afterwards/);
      await visit.isFine();
      await page.click('text="Move what is ticked"');
      expect(await page.textContent('main')).toContain('Moved');
      expect(await page.textContent('main')).toContain('Take back, until the end of 19 June 2026');
      const covered = () =>
        hub.hub.sql`select case_id from case_covers where absent = 'cw-1' and ended_at is null`;
      expect((await covered()).length).toBeGreaterThan(0);
      await visit.isFine();
      await page.click('text="Take back what is ticked"');
      expect(await page.textContent('main')).toContain('Taken back');
      expect(await covered()).toHaveLength(0);
      await visit.leave();
    },
    journeyTimeout,
  );
});

test('the people of the hub are listed for seniors and administrators, and the board is for seniors alone', async () => {
  const people = await hub.as('admin-1').get<{ items: { id: string; team: string | null }[] }>('/api/staff');
  expect(people.body.items).toContainEqual(
    expect.objectContaining({ id: 'cw-4', team: 'crime', active: true, away: null }),
  );
  expect((await hub.as('cw-1').get('/api/staff')).status).toBe(403);
  for (const who of ['cw-1', 'admin-1', 'audit-1'])
    expect((await hub.as(who).get('/workload')).status).toBe(403);
});
