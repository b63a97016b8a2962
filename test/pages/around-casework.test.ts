import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signLink } from '../../src/chasers/officer-link.ts';
import { issueLink } from '../../src/chasers/store-links.ts';
import { readOwed } from '../../src/materials/store.ts';
import { officerLinks } from '../../db/schema/index.ts';
import { crimeCase, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import { cameras, fillDay, signedIn } from './camera.ts';
import { caseOf, leaveOnly, mainOf, submit } from './own-work.ts';

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
    expect(await visit.faults()).toEqual([]);
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

  test('a quiet banner says how much new work there is, and the list stays as it is until it is asked for', async () => {
    const visit = await signedIn(browser, 'cw-6', { width: 360 });
    const { page } = visit;
    const rows = await page.locator('.hub-queue tr').count();
    const made = await hub.as('cw-5').post<CaseJson>('/api/cases', crimeCase({ kind: 'traffic' }));
    expect(made.status).toBe(201);
    const many = (await hub.as('cw-6').get<{ items: unknown[] }>('/api/caseworkers/cw-6/queue')).body.items
      .length;
    if (made.body.caseworker === 'cw-6' || many > 0) {
      await page.waitForSelector('#hub-live:not([hidden])');
      expect(await page.textContent('#hub-live')).toMatch(/You have \d+ new tasks?\./);
      expect(await page.locator('.hub-queue tr').count()).toBe(rows);
      expect(await visit.faults()).toEqual([]);
      await page.click('#hub-live a');
      expect(await page.locator('.hub-queue tr').count()).toBeGreaterThan(rows);
    }
    await visit.leave();
  });

  test('an officer’s page and the tour of the demo look like the hub, and have no fault', async () => {
    const { id } = await caseOf(hub, 'cw-2', { officer: 'PC1005' });
    await hub.hub.db.transaction(async (tx) => {
      const requests = (await readOwed(tx, 'PC1005')).map((one) => ({
        id: one.id,
        version: one.version,
        officer: 'PC1005',
      }));
      return issueLink(
        tx,
        { officer: 'PC1005', messageId: id, requests },
        hub.url,
        '2026-06-02T08:30:00.000Z',
      );
    });
    const link = (await hub.hub.db.select().from(officerLinks)).find(({ officer }) => officer === 'PC1005');
    if (!link) throw new Error('the link is not there');
    const visit = await browser.visit({ width: 360 });
    await visit.page.goto(`/r/${signLink(link, secret)}`);
    expect(await visit.page.textContent('header')).toContain('Prosecution Hub');
    expect(await visit.faults()).toEqual([]);
    await visit.page.click('button:has-text("Send my answers")');
    expect(await visit.page.title()).toMatch(/^Error: /);
    expect(await visit.faults()).toEqual([]);
    await visit.page.goto('/tour');
    expect(await visit.faults()).toEqual([]);
    expect(visit.trouble).toEqual([]);
    await visit.close();
  });
});
