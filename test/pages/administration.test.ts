import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recompute } from '../../src/cases/recompute.ts';
import { create, crimeCase, defendant, theft } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, everyCamera, fillDay, goByMenu, journeyTimeout, signedIn } from './camera.ts';
import { messageInDoubt, putAside } from './own-work.ts';

let hub: TestHub;
let browser: TestBrowser;

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  await create(
    hub.as('cw-1'),
    crimeCase({
      defendants: [
        defendant({
          remand: 'custody',
          remandedOn: '2026-04-24',
          offences: [theft({ committedOn: '2026-04-23', chargedOn: '2026-04-23' })],
        }),
      ],
    }),
  );
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

describe.each(browsers)('the pages of administrators, in %s', () => {
  test.each(everyCamera)(
    'a bank holiday is proclaimed after it was shown what that would move, and taken back: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'admin-1', how);
      const { page } = visit;
      await goByMenu(page, 'Administration');
      await visit.isFine();
      await page.click('main >> text="Bank holidays"');
      expect(await page.textContent('main')).toContain('31 December 2028');
      await visit.isFine();
      await page.click('text="Proclaim or take back a bank holiday"');
      await fillDay(page, 'proclaimed.0.on', '25', '12');
      await page.click('button:has-text("Show what would move"):visible >> nth=-1');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.textContent('.govuk-error-summary')).toMatch(/Name/);
      await visit.isFine();
      await fillDay(page, 'proclaimed.0.on', '19', '6');
      await page.fill('[name="proclaimed.0.name"]', 'Jubilee <of> sorts');
      await page.click('text="Add another bank holiday"');
      await page.click('button:has-text("Show what would move"):visible >> nth=-1');
      expect(await page.textContent('h1')).toBe('What would move');
      expect(await page.textContent('main')).toContain('is a bank holiday: Jubilee <of> sorts');
      expect(await page.textContent('main')).toMatch(/Friday 19 June 2026 becomes Thursday 18 June 2026/);
      await visit.isFaultless();
      await page.click('text="Change them first"');
      expect(await page.inputValue('[name="proclaimed.0.name"]')).toBe('Jubilee <of> sorts');
      await page.click('button:has-text("Show what would move"):visible >> nth=-1');
      const { body } = await hub.as('cw-1').get('/api/calendar/bank-holidays');
      expect(JSON.stringify(body)).not.toContain('Jubilee <of> sorts');
      await page.click('text="Proclaim"');
      expect(page.url()).toContain('/admin/bank-holidays?recomputation=');
      expect(await page.textContent('main')).toContain('waiting for a worker');
      await recompute(hub.hub.db);
      await page.reload();
      expect(await page.textContent('main')).toMatch(/Friday 19 June 2026[^]*Thursday 18 June 2026/);
      expect(await page.textContent('main')).toContain('proclaimed');
      await visit.isFine();
      await page.click('text="Proclaim or take back a bank holiday"');
      await page.click('text="Remove bank holiday 1"');
      await page.click('button:has-text("Show what would move"):visible >> nth=-1');
      expect(await page.textContent('main')).toContain('is no longer a bank holiday');
      await page.click('text="Proclaim"');
      await recompute(hub.hub.db);
      await visit.leave();
    },
    journeyTimeout,
  );

  test.each(cameras)(
    'rules are looked up by their source, one is switched off with a reason, and words and the ladder are set: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'admin-1', how);
      const { page } = visit;
      await page.goto('/admin/rules');
      await visit.isFine();
      await page.fill('#q', 'nothing is called this');
      await page.click('button:has-text("Look")');
      expect(await page.textContent('main')).toContain('Try fewer words');
      await visit.isFine();
      await page.goto('/admin/rules/ctl-summary-56');
      expect(await page.textContent('main')).toContain('the force cannot set it');
      await visit.isFine();
      await page.goto('/admin/rules/file-to-cps-post-charge');
      await page.fill('[name="amount"]', 'seven');
      await page.click('text="Save the setting"');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.locator('.govuk-error-summary a').count()).toBe(2);
      await visit.isFine();
      await page.fill('[name="amount"]', '7');
      await page.fill('[name="note"]', 'Agreed in May');
      await page.click('text="Save the setting"');
      expect(await page.textContent('main')).toContain('the force’s figure: 7');
      await page.fill('[name="amount"]', '');
      await page.fill('[name="note"]', 'Back to the default');
      await page.click('text="Save the setting"');

      await page.goto('/admin/words');
      await visit.isFine();
      await page.click('main a:has-text("Change") >> nth=0');
      await page.fill('[name="words"]', 'Short');
      await page.click('text="Save the words"');
      expect(await page.textContent('.govuk-error-summary')).toContain('Words');
      await visit.isFine();
      await page.fill('[name="words"]', 'These are the words of this force.');
      await page.click('text="Save the words"');
      expect(await page.textContent('main')).toContain('These are the words of this force.');

      await page.goto('/admin/ladder');
      await visit.isFine();
      await page.click('text="Change the ladder"');
      await page.fill('[name="note"]', 'Ask a week before');
      await page.fill('[name="ordinary.0.businessDays"]', '20');
      await page.click('button:has-text("Save the ladder"):visible >> nth=-1');
      expect(await page.textContent('.govuk-error-summary')).toContain('before the step above it');
      await visit.isFine();
      await page.fill('[name="ordinary.0.businessDays"]', '-7');
      await page.click('button:has-text("Save the ladder"):visible >> nth=-1');
      expect(await page.textContent('main')).toContain('7 working days before it is due');
      expect(await page.textContent('main')).toContain('Ask a week before');
      await visit.leave();
    },
    journeyTimeout,
  );

  test.each(cameras)(
    'people are listed, nothing is put aside, and a message in doubt is settled: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const id = await messageInDoubt(hub);
      const visit = await signedIn(browser, 'admin-1', how);
      const { page } = visit;
      await page.goto('/admin/people');
      expect(await page.textContent('main')).toContain('cw-1');
      await visit.isFine();
      await page.goto('/admin/quarantine');
      expect(await page.textContent('main')).toContain('Nothing is put aside');
      await visit.isFine();
      await page.goto('/admin/messages');
      await visit.isFine();
      await page.click(`a[href="/admin/messages/${id}"]`);
      await page.click('text="Settle it"');
      expect(await page.title()).toMatch(/^Error: /);
      await visit.isFine();
      await page.check('input[value="told-another-way"]');
      await page.click('text="Settle it"');
      expect(await page.textContent('main')).toContain('They were told another way, says admin-1');
      await visit.isFine();
      await visit.leave();
    },
    journeyTimeout,
  );
});

test('what was put aside is listed for administrators and auditors, without its case', async () => {
  const row = await putAside(hub);
  const { body, text } = await hub.as('audit-1').get<{ items: unknown[] }>('/api/quarantine');
  expect(body.items).toEqual([expect.objectContaining({ id: row?.id, lastError: 'Error', starts: 3 })]);
  expect(text).not.toContain(row?.case_id);
  for (const who of ['cw-1', 'sr-1']) expect((await hub.as(who).get('/api/quarantine')).status).toBe(403);
});
