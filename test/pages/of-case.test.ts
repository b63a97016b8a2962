import { afterAll, beforeAll, expect, test } from 'vitest';
import { create, defendant, expectStatus, ofRule, readCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { plainBrowser } from './plain-browser.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

test('a deadline that no event shows to be met is met by somebody’s word, with how they know; one that only events meet says which', async () => {
  const held = defendant({ remand: 'custody', remandedOn: '2026-06-01' });
  const { urn, deadlines } = await create(hub.as('cw-1'), { defendants: [held] });
  const page = await plainBrowser(hub, 'cw-1');
  const due = ofRule(deadlines, 'file-to-cps-post-charge');
  const href = `/cases/${urn}/deadlines/${due.id}/met`;
  expect((await page.open(`/cases/${urn}`)).html).toContain(`href="${href}"`);
  await page.open(href);
  const day = { 'on-day': '30', 'on-month': '6', 'on-year': '2026' };
  const refused = await page.send(href, { ...day, note: 'The CPS <said> so' });
  expect([refused.status, refused.title]).toEqual([422, expect.stringMatching(/^Error: /)]);
  expect(refused.text).toContain('is in the future');
  expect(refused.text).toContain('The CPS <said> so');
  expect((await page.send(href, { ...day, 'on-day': '2', 'on-month': '6' })).text).toContain(
    'The deadline is met',
  );
  expect(ofRule((await readCase(hub.as('cw-1'), urn)).deadlines, due.rule).state).toBe('met');
  expect((await page.open(href)).text).toContain('It runs no longer');
  const limit = deadlines.find(({ rule }) => rule.startsWith('ctl-'));
  const ofLimit = `/cases/${urn}/deadlines/${limit?.id}/met`;
  await page.open(ofLimit);
  const said = await page.send(ofLimit, { ...day, 'on-day': '2', note: 'Released' });
  expect([said.status, said.text]).toEqual([
    409,
    expect.stringContaining('Nobody’s word meets this deadline'),
  ]);
  expect((await page.open(`/cases/${urn}/deadlines/${urn}/met`)).status).toBe(404);
});

test('whoever takes a case over reads what was written for them, and how the case stood', async () => {
  const made = await create(hub.as('cw-1'));
  const from = made.caseworker ?? '';
  const to = from === 'cw-2' ? 'cw-3' : 'cw-2';
  const page = await plainBrowser(hub, 'cw-1');
  const href = `/cases/${made.urn}/hand-overs`;
  expect((await page.open(href)).text).toContain('has not changed hands');
  const body = { to, reason: 'to share the work', note: 'Ring <first>' };
  await expectStatus(200, hub.as('sr-1').post(`/api/cases/${made.urn}/caseworker`, body));
  expect((await page.open(href)).text).toMatch(/No hearing is listed.*Ring <first>/);
  await page.open(`${href}/new`);
  expect((await page.send(`${href}/new`)).status).toBe(422);
  expect((await page.send(`${href}/new`, { note: 'The sister rings' })).text).toMatch(
    /It is saved.*The sister rings/,
  );
});
