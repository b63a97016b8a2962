import { afterAll, beforeAll, expect, test } from 'vitest';
import { startImports } from '../../workers/imports.ts';
import type { Looking } from '../../workers/look-every.ts';
import { row, settled, sheet } from '../intake/stage.ts';
import { newUrn } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plainBrowser, type Shown } from './plain-browser.ts';

let hub: TestHub;
let imports: Looking;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T12:00:00Z' });
  imports = startImports(hub.hub, 50);
});
afterAll(async () => {
  await imports.close();
  await hub.close();
});

/** The page of a file once the workers have done what they can with it. */
async function worked(page: Awaited<ReturnType<typeof plainBrowser>>, { url }: Shown): Promise<Shown> {
  await settled(hub.as('cw-1'), url.replace('/imports/', '').replace(/\?.*/, ''));
  return page.open(url.replace(/\?.*/, ''));
}

test('a file is sent in, shown with its errors by row and column and its first dates, and created without those that are wrong', async () => {
  const page = await plainBrowser(hub, 'cw-1');
  expect((await page.open('/imports')).text).toContain('You have sent no file in yet');
  const none = await page.upload('/imports', { name: 'cases.csv', text: '' });
  expect([none.status, none.title]).toEqual([422, expect.stringMatching(/^Error: Cases from a spreadsheet/)]);
  expect(none.text).toContain('The file is needed: choose one');
  const unread = await page.upload('/imports', { name: 'cases.csv', text: 'Nothing,of,ours\n1,2,3\n' });
  expect([unread.status, unread.title]).toEqual([422, expect.stringMatching(/^Error: /)]);

  const [right, wrong] = [newUrn(), newUrn()];
  const text = sheet([row({ URN: right }), row({ URN: wrong, Officer: 'PC9999' })]);
  await page.open('/imports');
  const checked = await worked(page, await page.upload('/imports', { name: 'cases.csv', text }));
  for (const said of ['nothing is created yet', '2 rows, 2 cases', 'Would be created: 1', 'Has errors: 1'])
    expect(checked.text).toContain(said);
  expect(checked.text).toMatch(/Row Column What is wrong 3 Officer Officer is not/);
  const action = checked.url;
  expect((await hub.as('sr-1').get(`/api/cases/${right}`)).status).toBe(404);
  const refused = await page.send(`${action}/confirm`);
  expect([refused.status, refused.title]).toEqual([409, expect.stringMatching(/^Error: /)]);
  expect(refused.text).toContain('Leave out 1 case');
  const confirmed = await page.send(`${action}/confirm`, { leaveOut: 'true' });
  expect(confirmed.text).toContain('The cases are being created');
  const done = await worked(page, confirmed);
  expect(done.text).toContain('Created: 1');
  expect(done.html).toContain(`href="/cases/${right}"`);
  expect((await page.open(`${action}?state=wrong`)).html).not.toContain(`href="/cases/${right}"`);
  expect((await page.open(`/cases/${right}`)).status).toBe(200);
  expect((await page.open('/imports')).html).toContain(`href="${action}"`);
});

test('a file that nobody wants is thrown away, and one person’s file is nobody else’s', async () => {
  const page = await plainBrowser(hub, 'cw-1');
  await page.open('/imports');
  const sent = await page.upload('/imports', { name: 'cases.csv', text: sheet([row()]) });
  const checked = await worked(page, sent);
  const other = await plainBrowser(hub, 'sr-1');
  expect((await other.open(checked.url)).status).toBe(404);
  expect((await page.send(`${checked.url}/discard`)).text).toContain('The file is thrown away');
  expect((await page.open(checked.url)).text).toContain('Thrown away');
  expect((await (await plainBrowser(hub, 'admin-1')).open('/imports')).status).toBe(403);
});
