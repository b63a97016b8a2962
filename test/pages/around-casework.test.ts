import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Request } from 'playwright-core';
import { expectStatus } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import { cameras, everyCamera, fillDay, signedIn } from './camera.ts';
import { caseOf, leaveOnly, mainOf, officerPage, submit } from './own-work.ts';

const secret = 'a secret of the tests, of more than 32 characters';
let hub: TestHub;
let browser: TestBrowser;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00', environment: { LINK_SECRET: secret } });
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

describe.each(browsers)('finding, calculating and coming too late, in %s', () => {
  test('a form that comes too late keeps its words, says who was quicker, and what has changed', async () => {
    const visit = await signedIn(browser, 'cw-4', { width: 360 });
    const { page } = visit;
    const { urn, id } = await caseOf(hub, 'cw-4');
    await page.goto('/queue');
    await page.click('main button:has-text("Get your next task")');
    await page.click('summary:has-text("It has to wait")');
    await page.fill('[name="reason"]', 'the sergeant is <away>');
    await hub.hub
      .sql`update tasks set claim_token = null, claimed_by = null, claim_until = null, state = 'done',
      outcome = 'done', closed_by = 'cw-1', closed_at = now() where case_id = ${id} and claimed_by = 'cw-4'`;
    await hub.hub.sql`update claims set ended_at = now(), how = 'expired' where staff_id = 'cw-4'`;
    await hub.as('cw-1').post(`/api/cases/${urn}/events`, {
      type: 'officer-changed',
      on: '2026-06-02',
      data: { officer: 'PC1004' },
    });
    await fillDay(page, 'until', '9', '6');
    await submit(page, 'Put it off');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await mainOf(page)).toContain('It is done already');
    expect(await mainOf(page)).toContain('Officer in the case: it was PC1001, and is PC1004');
    expect(await page.inputValue('#kept-1')).toBe('the sergeant is <away>');
    expect(await visit.faults()).toEqual([]);
    await visit.leave();
  });

  test.each(cameras)(
    'the calculator asks for what a rule needs, shows the date with each step, and says what the rule says: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'audit-1', how);
      const { page } = visit;
      await page.goto('/calculator?q=nosuchrule');
      expect(await mainOf(page)).toContain('No rule has those words');
      await page.fill('#q', 'custody summary-only');
      await page.click('main button:has-text("Look")');
      await visit.isFine();
      await page.click('main a:has-text("summary-only offence")');
      await submit(page, 'Work it out');
      expect(await page.textContent('.govuk-error-summary')).toContain('First day in custody is needed');
      await visit.isFine();
      await fillDay(page, 'facts.custody.0.from', '10', '1');
      await submit(page, 'Add another period in custody');
      await submit(page, 'Work it out');
      expect(await page.textContent('.hub-result')).toContain('6 March 2026');
      expect(await page.textContent('.hub-result')).toContain(
        'First day in custody, 10 January 2026, is not counted',
      );
      await visit.isFine();
      await page.click('.hub-result a');
      expect(await mainOf(page)).toContain('Worked examples');
      await visit.isFine();
      await visit.leave();
    },
  );

  test.each(cameras)(
    'cases are found by the day of a hearing, and filters stay until they are cleared: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'cw-1', how);
      const { page } = visit;
      const on = how.width === 360 ? '2026-10-19' : '2026-10-20';
      const { urn } = await caseOf(hub, 'cw-2', {
        hearings: [{ on, court: 'magistrates', courtName: 'Lavender Hill', type: 'trial' }],
      });
      await page.goto('/cases');
      await fillDay(page, 'hearingOn', on.slice(8), '10');
      await page.click('main button:has-text("Look")');
      expect(await page.locator('tbody th').allTextContents()).toEqual([urn]);
      await visit.isFine();
      await page.goto('/cases');
      expect(await page.locator('tbody th').allTextContents(), 'the filter stayed').toEqual([urn]);
      await page.fill('[name="hearingOn-day"]', '42');
      await page.click('main button:has-text("Look")');
      expect(await page.title()).toMatch(/^Error: /);
      await visit.isFine();
      await page.click('text="Clear the filters"');
      expect(page.url()).toBe(`${hub.url}/cases`);

      await caseOf(hub, 'cw-1');
      await page.goto('/queue');
      await page.selectOption('#sort', 'case');
      await page.click('main button:has-text("Show")');
      const urns = await page.locator('.hub-queue td:nth-child(2) a').allTextContents();
      expect(urns).toEqual(urns.toSorted());
      await visit.isFine();
      await page.goto('/queue');
      expect(page.url()).toContain('sort=case');
      await page.selectOption('#about', 'chase');
      await page.click('main button:has-text("Show")');
      expect(await mainOf(page)).toContain('None of your tasks are about that');
      await visit.isFine();
      await page.click('text="Sign out"');
      await page.click('button[value="cw-1"]');
      expect(page.url(), 'filters end with the session').toBe(`${hub.url}/queue`);
      await visit.leave();
    },
  );

  test('the keyboard alone pulls a task and finishes it; single keys can be turned off', async () => {
    const { tasks } = await caseOf(hub, 'cw-3');
    await leaveOnly(
      hub,
      'cw-3',
      tasks.filter(({ kind }) => kind === 'check-file'),
    );
    const visit = await signedIn(browser, 'cw-3', { width: 1280 });
    const { page } = visit;
    const isOn = (url: RegExp) => page.waitForURL(url);
    // The hints are shown by the script that listens for the keys.
    await page.locator('.hub-shortcut').first().waitFor();
    await page.keyboard.press('n');
    await isOn(/\/tasks\//);
    await waitFor('the key to go to the button', async () => {
      await page.keyboard.press('c');
      return (await page.evaluate('document.activeElement.dataset.shortcut')) === 'c';
    });
    await page.keyboard.press('Enter');
    await isOn(/file-check$/);
    await page.locator('button[value="accepted"]').focus();
    await page.keyboard.press('Enter');
    await isOn(/\/cases\/\w+$/);

    await page.goto('/shortcuts');
    await submit(page, 'Turn them off');
    await page.goto('/queue');
    expect(await page.locator('.hub-shortcut').first().isVisible()).toBe(false);
    await page.keyboard.press('n');
    // Had the key done anything, the queue would be gone by the time that another page was asked for and shown.
    await page.focus(
      'main button:has-text("Get your next task"), main button:has-text("Go on with your task")',
    );
    expect(page.url()).toBe(`${hub.url}/queue`);
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        'getComputedStyle(document.activeElement).outlineStyle !== "none" || getComputedStyle(document.activeElement).boxShadow !== "none"',
      ),
    ).toBe(true);
    await visit.leave();
  });

  /** A case that a senior gives to a caseworker. */
  const given = async (to: string) => {
    const { urn, id } = await caseOf(hub, 'cw-2');
    await hub.hub.sql`update cases set caseworker = 'cw-2' where id = ${id}`;
    const move = { to, reason: 'Knows the officer' };
    await expectStatus(200, hub.as('sr-1').post(`/api/cases/${urn}/caseworker`, move));
  };

  test('a quiet banner says that somebody’s work is new to a person, nothing moves under the cursor, and a page that is not looked at asks for nothing', async () => {
    const visit = await browser.visit({ width: 360 });
    const { page } = visit;
    await page.addInitScript(
      "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => window.isLeft ? 'hidden' : 'visible' })",
    );
    const open = new Set<Request>();
    const isLive = (request: Request) => new URL(request.url()).pathname === '/queue/live';
    page.on('request', (request) => void (isLive(request) && open.add(request)));
    const over = (request: Request) => void open.delete(request);
    page.on('requestfailed', over).on('requestfinished', over);
    await page.goto('/');
    await page.click('button[value="cw-3"]');
    const banner = page.locator('#hub-live');
    const [rows, place] = [page.locator('.hub-queue tbody tr'), page.locator('h1')];
    const before = { rows: await rows.count(), place: await place.boundingBox() };
    await given('cw-3');
    await banner.waitFor({ state: 'visible' });
    const first = Number(/You have (\d+) new tasks?\./.exec((await banner.textContent()) ?? '')?.[1]);
    expect(first).toBeGreaterThan(0);
    expect({ rows: await rows.count(), place: await place.boundingBox() }).toEqual(before);
    expect(await visit.faults()).toEqual([]);
    const turn = (isLeft: boolean) =>
      page.evaluate(`window.isLeft = ${isLeft}; document.dispatchEvent(new Event('visibilitychange'))`);
    await turn(true);
    await waitFor('the stream to be over', () => Promise.resolve(open.size === 0));
    await given('cw-3');
    expect(open.size, 'nothing is asked for').toBe(0);
    await turn(false);
    await waitFor('what came meanwhile to be told', async () => {
      const told = /You have (\d+)/.exec((await banner.textContent()) ?? '')?.[1];
      return Number(told) > first;
    });
    await page.click('#hub-live a');
    expect(await rows.count()).toBeGreaterThan(before.rows);
    expect(visit.trouble).toEqual([]);
    await visit.close();
  });

  test('where the stream does not come through the page asks from time to time instead', async () => {
    const visit = await browser.visit();
    const { page } = visit;
    await page.clock.install();
    await page.route('**/queue/live*', (route) => route.abort());
    await page.goto('/');
    const asked = page.waitForResponse(/\/queue\/news/);
    await page.click('button[value="cw-4"]');
    expect(await (await asked).json()).toEqual({ count: 0 });
    expect(await page.locator('#hub-live').isVisible()).toBe(false);
    await given('cw-4');
    await page.clock.fastForward('01:01');
    await page.locator('#hub-live').waitFor({ state: 'visible' });
    await visit.close();
  });

  test.each(everyCamera)(
    'an officer opens the link of a message and answers in one form what is sent and what will be late: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const made = await caseOf(hub, 'cw-2', { officer: 'PC1005' });
      const visit = await browser.visit(how);
      const { page } = visit;
      await page.goto(await officerPage(hub, 'PC1005', made));
      expect(await page.textContent('header')).toContain('Prosecution Hub');
      const send = page.locator('button:has-text("Send my answers")');
      await send.click();
      expect(await page.title()).toMatch(/^Error: /);
      expect(await visit.sideways()).toEqual([]);
      const items = page.locator('details:has(input[type="radio"])');
      const answer = async (n: number, value: string) => {
        const item = items.nth(n);
        if ((await item.getAttribute('open')) === null) await item.locator('summary').click();
        await item.locator(`input[value="${value}"]`).check();
        return item;
      };
      await answer(0, 'sent');
      const late = await answer(1, 'late');
      await late.locator('input[type="date"]').fill('2026-06-20');
      await late.locator('textarea').fill('the <laboratory> has it');
      await send.click();
      expect(await page.title()).not.toMatch(/^Error: /);
      expect(await page.textContent('main')).toContain('Thank you');
      expect(await visit.sideways()).toEqual([]);
      expect(await page.textContent('main')).toContain('You answered');
      expect(visit.trouble).toEqual([]);
      await visit.close();
    },
  );
});
