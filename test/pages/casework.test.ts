import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newUrn, victim } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser } from '../support/browser.ts';
import { cameras, fillDay, signedIn } from './camera.ts';
import { caseOf, leaveOnly, mainOf, submit } from './own-work.ts';

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

describe.each(browsers)('casework on the pages, in %s', () => {
  test.each(cameras)(
    'a new case keeps what was typed, looks its offence up, shows its dates before it is saved, and has the same ones after: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'cw-2', how);
      const { page } = visit;
      const urn = newUrn();
      await page.goto('/cases/new');
      await visit.isFine();
      await submit(page, 'See the dates');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.textContent('.govuk-error-summary')).toContain('Defendant 1: Name is needed');
      await visit.isFine();
      await page.click('.govuk-error-summary a:has-text("Day of the offence")');
      // Scripts go to the field itself; without them the address does.
      const place = how.withoutScripts
        ? page.url()
        : await page.evaluate<string>('document.activeElement.id');
      expect(place).toContain('defendants.0.offences.0.committedOn-day');

      await page.fill('[name="urn"]', urn.toLowerCase());
      for (const [name, value] of [
        ['kind', 'crime'],
        ['initiation', 'charge'],
        ['anticipatedPlea', 'not-guilty'],
        ['defendants.0.remand', 'custody'],
      ])
        await page.check(`[name="${name}"][value="${value}"]`);
      await page.fill('[name="officer"]', 'PC1001');
      await page.fill('[name="defendants.0.name"]', 'Orsino "Blenk" <b>hurst</b>');
      await page.fill('[name="defendants.0.offences.0.code"]', 'theft from the person of another');
      await page.click('button:has-text("Look up the offence")');
      await page.locator('[name="defendants.0.offences.0.found"]').first().check();
      await visit.isFaultless();
      await fillDay(page, 'defendants.0.remandedOn', '2', '6');
      await fillDay(page, 'defendants.0.offences.0.committedOn', '30', '5');
      await page.click('button:has-text("Add a victim")');
      await page.click('button:has-text("Add another offence")');
      await page.fill('[name="victims.0.name"]', 'Petra Quillbarrow');
      await page.selectOption('[name="victims.0.preferred"]', 'phone');
      expect(await page.inputValue('[name="defendants.0.name"]')).toBe('Orsino "Blenk" <b>hurst</b>');
      await submit(page, 'See the dates');
      expect(await page.textContent('h1')).toBe(`Check the dates of case ${urn}`);
      await visit.isFaultless();
      const before = await page.locator('main h3').allTextContents();
      expect(before.join()).toMatch(/Custody time limit.*: 28 July 2026/);
      expect((await hub.as('cw-2').get(`/api/cases/${urn}`)).status, 'nothing is saved yet').toBe(404);

      await submit(page, 'Change something');
      expect(await page.inputValue('[name="victims.0.name"]')).toBe('Petra Quillbarrow');
      await submit(page, 'See the dates');
      await submit(page, 'Create the case');
      expect(page.url()).toBe(`${hub.url}/cases/${urn}?done=created`);
      expect(await page.textContent('.govuk-notification-banner')).toContain('The case is created');
      const after = await page.locator('#deadlines ~ h3').allTextContents();
      expect(after.toSorted()).toEqual(before.toSorted());
      await visit.isFine();
      await visit.leave();
    },
  );

  test.each(cameras)(
    'what happened is recorded with the fields of its type alone, and shows what it added, moved and ended; then it is taken back: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'cw-1', how);
      const { page } = visit;
      const { urn } = await caseOf(hub, 'cw-2', {
        hearings: [
          { on: '2026-06-12', court: 'magistrates', courtName: 'Lavender Hill', type: 'first-hearing' },
        ],
      });
      await page.goto(`/cases/${urn}`);
      await page.click('text="Record what happened"');
      await visit.isFine();
      await page.click('main >> text="Hearing moved"');
      expect(await page.locator('[name="data.plea"]').count()).toBe(0);
      await submit(page, 'Record it');
      expect(await page.textContent('.govuk-error-summary')).toContain('New day is needed');
      await visit.isFine();
      await page.locator('select[name="hearing"]').selectOption({ index: 1 });
      await fillDay(page, 'data.on', '19', '6');
      await submit(page, 'Record it');
      expect(await page.textContent('h1')).toBe('Hearing moved');
      expect(await page.textContent('#moved ~ .hub-scroll')).toMatch(/12 June 2026.*19 June 2026/s);
      await visit.isFaultless();
      await page.click('text="This was wrong: take it back"');
      await submit(page, 'Record it');
      expect(await page.textContent('#moved ~ .hub-scroll')).toMatch(/19 June 2026.*12 June 2026/s);

      await page.goto(`/cases/${urn}/events/new?type=action-plan-received`);
      await page.fill('[name="data.items.0.why"]', 'the defence asks for it');
      await submit(page, 'Add another item');
      expect(await page.inputValue('[name="data.items.0.why"]')).toBe('the defence asks for it');
      await submit(page, 'Record it');
      expect(await page.textContent('.govuk-error-summary')).toContain('Item 1: Material is needed');
      expect(await page.textContent('.govuk-error-summary'), 'a blank row is no item').not.toContain(
        'Item 2',
      );
      await visit.isFine();
      await visit.leave();
    },
  );

  test.each(cameras)(
    'a victim is told: what keeps them safe stands first, then the number and the words, and the try is recorded in one step: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'cw-3', how);
      const { page } = visit;
      const { tasks, contacts } = await caseOf(hub, 'cw-3', {
        victims: [victim({ safeContact: { note: 'Her <i>brother</i> may pick up', noVoicemail: true } })],
      });
      const owed = contacts.map(({ deadlineId }) => deadlineId);
      await leaveOnly(
        hub,
        'cw-3',
        tasks.filter(({ deadlineId }) => owed.includes(deadlineId ?? '')),
      );
      await page.goto('/queue');
      await page.click('main button:has-text("Get your next task")');
      const text = (await mainOf(page)) ?? '';
      const order = ['Her <i>brother</i> may pick up', '07700 900417', 'Why now', 'What came of it?'];
      expect(order.map((words) => text.indexOf(words)).toSorted((a, b) => a - b)).toEqual(
        order.map((words) => text.indexOf(words)),
      );
      expect(text.indexOf(order[0] ?? '')).toBeGreaterThan(0);
      await visit.isFine();
      await page.fill('[name="note"]', 'she asks for a letter');
      await submit(page, 'Record the attempt');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.inputValue('[name="note"]')).toBe('she asks for a letter');
      await visit.isFine();
      await page.check('[name="result"][value="reached"]');
      await submit(page, 'Record the attempt');
      expect(page.url()).toBe(`${hub.url}/queue?done=told`);
      await visit.leave();
    },
  );

  test.each(cameras)(
    'material is held, chased for again, rejected and received from its case, and more is asked for: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await signedIn(browser, 'cw-1', how);
      const { page } = visit;
      const { urn, materials } = await caseOf(hub, 'cw-2');
      const [first] = materials;
      const open = () => page.goto(`/cases/${urn}/materials/${first?.id}`);
      await open();
      await visit.isFine();
      await submit(page, 'Hold the chasing');
      expect(await page.textContent('.govuk-error-summary')).toContain('Why it has to wait is needed');
      await visit.isFine();
      await fillDay(page, 'hold.until', '29', '6');
      await page.fill('[name="hold.reason"]', 'the laboratory reports in June');
      await submit(page, 'Hold the chasing');
      expect(await mainOf(page)).toContain('The chasing is held.');
      await open();
      expect(await mainOf(page)).toContain('Not chased before 29 June 2026: the laboratory reports in June');
      await submit(page, 'Chase for it again');
      await open();
      await submit(page, 'Reject it and ask again');
      expect(await page.textContent('.govuk-error-summary')).toContain('What is wrong with it');
      await page.locator('[name="rejected.code"]').selectOption({ index: 1 });
      await submit(page, 'Reject it and ask again');
      await open();
      await submit(page, 'Mark as received');
      expect(await page.textContent('.govuk-notification-banner')).toContain('Chasing has stopped');

      await page.click('text="Ask the officer for something"');
      await submit(page, 'Ask for it');
      expect(await page.title()).toMatch(/^Error: /);
      await visit.isFine();
      await page.locator('[name="material"]').selectOption({ index: 3 });
      await page.fill('[name="why"]', 'the defence asks for it');
      await fillDay(page, 'dueOn', '22', '6');
      await submit(page, 'Ask for it');
      expect(await mainOf(page)).toContain('The officer is asked for it.');
      expect(await mainOf(page)).toContain('22 June 2026');
      await visit.leave();
    },
  );

  test('a case is closed by its checklist, and what is not done needs a reason that the history keeps', async () => {
    const { urn } = await caseOf(hub, 'cw-3');
    const visit = await signedIn(browser, 'cw-3', { width: 1280 });
    const { page } = visit;
    await page.goto(`/cases/${urn}/finalise`);
    expect(await mainOf(page)).toContain('A result is recorded for every defendant and offence');
    await visit.isFine();
    await submit(page, 'Close the case all the same');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.textContent('.govuk-error-summary')).toContain('Why is it closed');
    await visit.isFine();
    await page.fill('[name="reason"]', 'the charge sheet was <withdrawn>');
    await submit(page, 'Close the case all the same');
    await page.goto(`/cases/${urn}/finalise`);
    expect(await mainOf(page)).toContain('Finalised on 2 June 2026 by cw-3.');
    await visit.isFine();
    await visit.leave();
  });
});
