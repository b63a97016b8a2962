import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, crimeCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, journeyTimeout, signedIn } from './camera.ts';
import { mainOf, putAside, submit } from './own-work.ts';

let hub: TestHub;
let browser: TestBrowser;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  await create(hub.as('cw-1'), crimeCase());
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

describe.each(browsers)('the pages of administrators for people and for what failed, in %s', () => {
  test.each(cameras)(
    'somebody is added, works part of two weeks, is trained, and leaves: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const id = `cw-${how.width}`;
      const visit = await signedIn(browser, 'admin-1', how);
      const { page } = visit;
      await page.goto('/admin/people');
      await visit.isFine();
      await page.click('text="Add somebody"');
      await page.fill('[name="id"]', id);
      await page.fill('[name="name"]', 'Ottoline <Thrupp>');
      await page.check('input[name="role"][value="caseworker"]');
      await page.fill('[name="email"]', 'ottoline@hub.example');
      await submit(page, 'Add them');
      expect(await page.textContent('.govuk-error-summary')).toContain('Team');
      await visit.isFine();
      await page.selectOption('[name="team"]', 'crime');
      await submit(page, 'Add them');
      expect(await page.textContent('h1')).toBe('Ottoline <Thrupp>');
      expect(await mainOf(page)).toContain('a full week is assumed');
      await visit.isFine();

      await page.click(`a[href="/staff/${id}/working-pattern"]`);
      await visit.isFine();
      for (const part of ['start', 'end', 'breakMinutes']) await page.fill(`[name="weeks.0.4.${part}"]`, '');
      await page.fill('[name="weeks.1.0.start"]', '9.00');
      await page.fill('[name="weeks.1.0.end"]', '08:00');
      await submit(page, 'Save');
      expect(await page.textContent('.govuk-error-summary')).toContain('Monday, until is not after start');
      await visit.isFine();
      await page.fill('[name="weeks.1.0.end"]', '13:00');
      await submit(page, 'Save');
      expect(await mainOf(page)).toContain('Week 1: Friday to Sunday: off');
      expect(await mainOf(page)).toContain('Week 2: Monday: 09:00 to 13:00');

      await page.click(`a[href="/staff/${id}/skills"]`);
      await page.fill('[name="skills"]', 'domestic-abuse\nyouth');
      await submit(page, 'Save');
      expect(await mainOf(page)).toContain('domestic-abuse');
      await page.click('text="Change or record that they have left"');
      await page.check('input[name="active"][value="false"]');
      await visit.isFine();
      await submit(page, 'Save');
      expect(await mainOf(page)).toContain('Has left');
      await visit.leave();
    },
    journeyTimeout,
  );

  test.each(cameras)(
    'what was put aside is looked at, tried again, and done without: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'admin-1', how);
      const { page } = visit;
      await putAside(hub);
      await page.goto('/admin/quarantine');
      await visit.isFine();
      await page.click('main a:has-text("Look at it")');
      await visit.isFine();
      await submit(page, 'Do without it');
      expect(await page.textContent('.govuk-error-summary')).toContain('Why can it be done without?');
      await visit.isFine();
      await submit(page, 'Try it again');
      expect(await mainOf(page)).toContain('It is due again');
      expect(await mainOf(page)).toContain('Nothing is put aside');
      await putAside(hub);
      await page.reload();
      await page.click('main a:has-text("Look at it")');
      await page.check('input[value="done-by-hand"]');
      await submit(page, 'Do without it');
      expect(await mainOf(page)).toContain('Nothing is put aside');
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );
});
