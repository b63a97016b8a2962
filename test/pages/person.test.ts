import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, crimeCase, victim, witness, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, fillDay, journeyTimeout, signedIn } from './camera.ts';
import { mainOf, submit } from './own-work.ts';

let hub: TestHub;
let browser: TestBrowser;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

const caseWithPeople = (): Promise<CaseJson> =>
  create(
    hub.as('cw-1'),
    crimeCase({
      victims: [victim({ safeContact: { note: 'Her partner reads her phone', noVoicemail: true } })],
      witnesses: [witness()],
    }),
  );

const read = async (path: string) => {
  const { body, headers } = await hub.as('cw-1').get<Record<string, unknown>>(path);
  return { body, etag: headers.get('ETag') ?? '' };
};

describe.each(browsers)('the pages of a victim or witness, in %s', () => {
  test.each(cameras)(
    'a caseworker comes to a victim from the case, is warned, and changes what is known: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const found = await caseWithPeople();
      const id = found.victims[0]?.id ?? '';
      const visit = await signedIn(browser, 'cw-1', how);
      const { page } = visit;
      await page.goto(`/cases/${found.urn}`);
      await page.click('main >> text="Orla Squibbleworth"');
      expect(await page.textContent('.govuk-warning-text')).toContain('Her partner reads her phone');
      await visit.isFine();
      await page.click('text="Change what is known"');
      await visit.isFine();
      await page.fill('[name="contact.email"]', 'nobody');
      await page.check('[name="enhancedRights"]');
      await submit(page, 'Save');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.textContent('.govuk-error-summary')).toContain('E-mail address');
      await visit.isFine();
      await page.fill('[name="contact.email"]', 'orla@mail.invalid');
      await submit(page, 'Save');
      expect(await page.textContent('.govuk-error-summary')).toMatch(/reasons: why enhanced rights are owed/);
      await page.check('[name="grounds.vulnerable"]');
      await page.fill('[name="needsAssessment.note"]', 'Screens in court & <a supporter>');
      await fillDay(page, 'needsAssessment.on', '1', '6');
      await page.check('input[name="preferred"][value="letter"]');
      await submit(page, 'Add days on which they cannot come');
      await fillDay(page, 'unavailable.0.from', '6', '7');
      await fillDay(page, 'unavailable.0.to', '10', '7');
      await submit(page, 'Save');
      expect(await page.textContent('.govuk-notification-banner')).toContain('It is changed');
      expect(await mainOf(page)).toContain('Screens in court & <a supporter>');
      expect(await mainOf(page)).toContain('6 July 2026 to 10 July 2026');
      await visit.isFine();
      expect((await read(`/api/victims/${id}`)).body).toMatchObject({
        contact: { phone: '07700 900417', email: 'orla@mail.invalid', address: '9 Fizzgig Row' },
        preferred: 'letter',
        enhancedRights: true,
        grounds: ['vulnerable'],
        entitlement: 'enhanced',
        safeContact: { note: 'Her partner reads her phone', noVoicemail: true },
      });
      const { version } = (await read(`/api/victims/${id}`)).body;
      await page.click('text="Change what is known"');
      await submit(page, 'Save');
      expect(page.url(), 'nothing was touched').toMatch(/victims\/[\w-]+$/);
      expect((await read(`/api/victims/${id}`)).body).toMatchObject({ version });
      await page.goto(`/witnesses/${found.witnesses[0]?.id}`);
      expect(await page.textContent('h1')).toBe('Piers Nobblethwack');
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );

  test(
    'two change the same victim: the second keeps their words, is told what the first changed, and saves both',
    async () => {
      const found = await caseWithPeople();
      const path = `/api/victims/${found.victims[0]?.id}`;
      const visit = await signedIn(browser, 'cw-1', cameras[0]);
      const { page } = visit;
      await page.goto(`/victims/${found.victims[0]?.id}/change`);
      await page.fill('[name="safeContact.note"]', 'Ring her sister first');
      const { etag } = await read(path);
      const first = { contact: { phone: '07700 900418' }, language: 'Welsh' };
      expect((await hub.as('cw-2').patch(path, first, { ifMatch: etag })).status).toBe(200);
      await submit(page, 'Save');
      expect(await mainOf(page)).toContain('Telephone number: it was 07700 900417, and is 07700 900418');
      expect(await page.inputValue('[name="contact.phone"]')).toBe('07700 900418');
      expect(await page.inputValue('[name="safeContact.note"]')).toBe('Ring her sister first');
      await visit.isFine();
      await submit(page, 'Save');
      expect((await read(path)).body).toMatchObject({
        contact: { phone: '07700 900418' },
        language: 'Welsh',
        safeContact: { note: 'Ring her sister first', noVoicemail: true },
      });
      await visit.leave();
    },
    journeyTimeout,
  );
});
