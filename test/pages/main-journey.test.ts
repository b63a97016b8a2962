import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crimeCase, defendant, victim, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { browsers, hasBrowser, startBrowser, type TestBrowser, type Visit } from '../support/browser.ts';
import { everyCamera } from './camera.ts';

let hub: TestHub;
let browser: TestBrowser;
const surname = 'Quibbleworth';

beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
  for (let n = 0; n < 5; n += 1) {
    const made = await hub.as('cw-1').post<CaseJson>(
      '/api/cases',
      crimeCase({
        defendants: [defendant({ name: `Zeno ${surname}` })],
        victims: [victim({ safeContact: { note: 'Call from a withheld number only' } })],
      }),
    );
    expect(made.status).toBe(201);
    await hub.hub.sql`update tasks set assignee = 'cw-1' where case_id = ${made.body.id}`;
  }
  if (hasBrowser) browser = await startBrowser(hub.url);
});
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

const signInAs = async ({ page }: Visit, who: string) => {
  await page.goto('/');
  await page.click(`button[value="${who}"]`);
};

describe.each(browsers)('the pages, in %s', () => {
  test.each(everyCamera)(
    'a caseworker signs in, pulls the next task, is told why and completes it: $width pixels, without scripts $withoutScripts',
    async (how) => {
      const visit = await browser.visit(how);
      const { page } = visit;
      const isFine = async () => expect(await visit.sideways()).toEqual([]);
      await page.goto('/');
      await isFine();
      await page.click('button[value="cw-1"]');
      expect(await page.textContent('h1')).toBe('My queue');
      expect(await page.textContent('main')).toContain(surname);
      await isFine();
      await page.click('text="Get your next task"');
      const title = await page.textContent('h1');
      expect(await page.textContent('main')).toMatch(/Why now/);
      await isFine();
      await page.click('text="It has to wait"');
      await page.click('text="Put it off"');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.textContent('.govuk-error-summary')).toContain('The reason');
      await isFine();
      await page.click('text="Give it back"');
      expect(page.url()).toBe(`${hub.url}/queue?done=given-back`);

      await page.click('text="Get your next task"');
      expect(await page.textContent('h1')).toBe(title);
      let taskUrl = page.url();
      // Checking a file has a page of its own; the task is done with it.
      while (await page.locator('main a:has-text("Check the file")').count()) {
        await page.click('main a:has-text("Check the file")');
        await page.click('text="Accept the file"');
        await page.goto(taskUrl);
        expect(await page.textContent('main')).toContain('It is done.');
        await page.goto('/queue');
        await page.click('text="Get your next task"');
        taskUrl = page.url();
      }
      await page.fill('textarea[name="note"]', '<script>alert(1)</script> & "quoted"');
      if (await page.locator('input[value="reached"]').count()) await page.check('input[value="reached"]');
      await page.click('button:has-text("Complete"), button:has-text("Record the attempt")');
      expect(page.url()).toMatch(/\/queue\?done=(task-done|told)$/);
      await page.goto(taskUrl);
      expect(await page.textContent('main')).toContain('It is done.');
      await page.click('.hub-glance a');
      expect(await page.textContent('h1')).toMatch(/^Case /);
      expect(await page.textContent('main')).toContain('How was this worked out?');
      await isFine();
      await page.click('text="Sign out"');
      await page.goto('/queue');
      expect(page.url()).toBe(`${hub.url}/`);
      expect(visit.trouble).toEqual([]);
      await visit.close();
    },
  );

  test('cases are found by a defendant’s name, an empty answer says what to do, and a page that is not there is one', async () => {
    const visit = await browser.visit({ width: 360 });
    await signInAs(visit, 'cw-1');
    await visit.page.goto(`/cases?q=${surname}`);
    expect(await visit.page.locator('tbody tr').count()).toBe(5);
    await visit.page.goto('/cases?q=nobodyiscalledthis');
    expect(await visit.page.textContent('main')).toContain('Try a shorter part');
    await visit.page.goto('/nowhere');
    expect(await visit.page.textContent('h1')).toBe('Not found');
    expect(visit.trouble).toEqual([]);
    await visit.close();
  });

  test('a file is checked: rejecting it needs a defect, and a defect becomes a request that the case shows', async () => {
    const visit = await browser.visit({ width: 360 });
    const { page } = visit;
    await signInAs(visit, 'cw-1');
    const { body } = await hub.as('cw-1').post<CaseJson>('/api/cases', crimeCase());
    await page.goto(`/cases/${body.urn}`);
    await page.click('text="Check the file"');
    await page.click('text="Reject it for these defects"');
    expect(await page.textContent('.govuk-error-summary')).toContain('A defect is needed');
    const code = await page.locator('#code-0 option').nth(1).getAttribute('value');
    await page.selectOption('#code-0', code);
    await page.fill('#note-0', 'The second page is missing');
    await page.click('text="Reject it for these defects"');
    expect(await page.textContent('h1')).toMatch(/^Case /);
    expect(await page.textContent('main')).toContain('it was rejected:');
    expect(visit.trouble).toEqual([]);
    await visit.close();
  });

  test('somebody with nothing to do is told what they can do', async () => {
    const visit = await browser.visit();
    await signInAs(visit, 'cw-8');
    expect(await visit.page.textContent('main')).toContain('Nothing is waiting for you');
    await visit.close();
  });
});

const cookieOf = async (who: string) => {
  const reply = await hub.anyone.send('/demo/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    body: `staffId=${who}`,
  });
  return (reply.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
};

test('a form that does not come from a page of the session changes nothing', async () => {
  const Cookie = await cookieOf('cw-1');
  const send = (body: string, headers: Record<string, string> = {}) =>
    hub.anyone.send('/queue/next', {
      method: 'POST',
      headers: { Cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  expect((await send('formToken=forged')).status).toBe(403);
  expect((await send('formToken=', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
});

test('no page or style sheet has a crown, a crest or GDS Transport, or loads anything from elsewhere', async () => {
  const Cookie = await cookieOf('cw-1');
  for (const path of ['/', '/queue', '/cases']) {
    const { text, headers } = await hub.anyone.get(path, { headers: { Cookie, Accept: 'text/html' } });
    const style = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
    const css = (await hub.anyone.get(style)).text;
    expect(css.length).toBeGreaterThan(10_000);
    for (const content of [text, css]) expect(content).not.toMatch(/crown|crest|GDS Transport|@font-face/i);
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*script-src 'nonce-/);
  }
});

test('a session ends where the person signs out everywhere, after an hour idle, and after twelve hours', async () => {
  const queue = async (Cookie: string) =>
    (await hub.anyone.get('/queue', { headers: { Cookie, Accept: 'text/html' } })).status;
  const [first, second] = [await cookieOf('cw-2'), await cookieOf('cw-2')];
  expect(await queue(first)).toBe(200);
  const { text } = await hub.anyone.get('/queue', { headers: { Cookie: first } });
  const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  await hub.anyone.send('/sign-out/everywhere', {
    method: 'POST',
    headers: { Cookie: first, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ formToken }).toString(),
  });
  expect(await queue(first)).toBe(303);
  expect(await queue(second)).toBe(303);

  const idle = await cookieOf('cw-3');
  await hub.hub.sql`update sessions set seen_at = seen_at - interval '61 minutes' where staff_id = 'cw-3'`;
  expect(await queue(idle)).toBe(303);
  const old = await cookieOf('cw-4');
  await hub.hub
    .sql`update sessions set started_at = started_at - interval '721 minutes' where staff_id = 'cw-4'`;
  expect(await queue(old)).toBe(303);
});
