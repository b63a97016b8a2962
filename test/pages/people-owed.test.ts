import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectStatus, victim } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { caseOf, pullOf } from './own-work.ts';
import { plainBrowser } from './plain-browser.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

test('somebody of whom the hub learns later is added to the case, and what they are owed with them', async () => {
  const { urn } = await caseOf(hub, 'cw-1');
  const page = await plainBrowser(hub, 'cw-1');
  const href = `/cases/${urn}/victims/new`;
  expect((await page.open(`/cases/${urn}`)).html).toContain(`href="${href}"`);
  await page.open(href);
  const refused = await page.send(href, { 'person.contact.phone': 'by <pigeon>' });
  expect([refused.status, refused.title]).toEqual([422, expect.stringMatching(/^Error: Add a victim/)]);
  expect(refused.text).toContain('Name is needed');
  expect(refused.html).toContain('value="by &lt;pigeon&gt;"');
  const added = await page.send(href, {
    ...{ 'person.name': 'Orla Squibbleworth', 'person.preferred': 'phone' },
    'person.contact.phone': '07700 900417',
  });
  expect(added.text).toMatch(/They are added.*Orla Squibbleworth/);
  const { victims, contacts } = await expectStatus(
    200,
    hub.as('cw-1').get<{ victims: { name: string }[]; contacts: unknown[] }>(`/api/cases/${urn}`),
  );
  expect(victims.map(({ name }) => name)).toEqual(['Orla Squibbleworth']);
  expect(contacts.length).toBeGreaterThan(0);
});

test('a victim who agreed is referred to a service, and the task to ask for its answer leads to recording it', async () => {
  const agency = await expectStatus(
    201,
    hub.as('admin-1').post<{ id: string }>('/api/agencies', {
      ...{ name: 'Lavender Hill Support', services: ['young people'], contact: {} },
    }),
  );
  const { urn, victims } = await caseOf(hub, 'cw-2', {
    victims: [victim({ support: { consentToRefer: 'given', askedOn: '2026-06-01' } })],
  });
  const page = await plainBrowser(hub, 'cw-2');
  const href = `/victims/${victims[0]?.id}/referrals`;
  expect((await page.open(`/victims/${victims[0]?.id}`)).html).toContain(`href="${href}"`);
  expect((await page.open(href)).text).toContain('referred to nobody');
  await page.open(`${href}/new`);
  expect((await page.send(`${href}/new`)).text).toContain('“Why?” is needed');
  const listed = await page.send(`${href}/new`, { agency: agency.id, why: 'Asked for <company>' });
  expect(listed.text).toMatch(/The referral is recorded.*Lavender Hill Support.*Asked for <company>/);
  await hub.setClock('2026-06-10T10:00:00+01:00');
  const task = await pullOf(hub, 'cw-2', urn, 'referral-reply');
  expect((await page.open(`/tasks/${task.id}`)).html).toContain(`href="${href}"`);
  const { html } = await page.open(href);
  const reply = /href="(\/victims\/[\w-]+\/referrals\/[\w-]{36})"/.exec(html)?.[1] ?? '';
  await page.open(reply);
  expect((await page.send(reply, { words: 'They ring on Monday' })).status).toBe(422);
  expect((await page.send(reply, { state: 'accepted' })).text).toMatch(/Taken on They ring on Monday/);
  expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
});

test('a senior gives up a contact that cannot be made only with the reason, on the page of the task', async () => {
  await hub.setClock('2026-06-02T10:00:00+01:00');
  const { urn, contacts } = await caseOf(hub, 'cw-3', {
    victims: [victim({ contact: { phone: '07700 900417' } })],
  });
  const told = { channel: 'phone', result: 'wrong-number' };
  await expectStatus(201, hub.as('cw-3').post(`/api/contacts/${contacts[0]?.id}/attempts`, told));
  const task = await pullOf(hub, 'sr-1', urn, 'contact-failed');
  const page = await plainBrowser(hub, 'sr-1');
  const shown = await page.open(`/tasks/${task.id}`);
  expect(shown.text).toContain('How Orla Squibbleworth is reached');
  const refused = await page.send(`/tasks/${task.id}/complete`, { outcome: 'not-done' });
  expect([refused.status, refused.title]).toEqual([422, expect.stringMatching(/^Error: /)]);
  expect(refused.text).toContain('The note is needed: why the person is not told');
  const done = await page.send(`/tasks/${task.id}/complete`, { outcome: 'not-done', note: 'Moved abroad' });
  expect(done.url).toMatch(/^\/queue/);
  expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
});

test('where a message is the next way, the hub sends it from the task once what keeps the person safe was read', async () => {
  await hub.setClock('2026-06-02T10:00:00+01:00');
  const { urn } = await caseOf(hub, 'cw-4', {
    victims: [
      victim({
        ...{ preferred: 'email', agreed: ['email'], contact: { email: 'orla.squibbleworth@mail.invalid' } },
        safeContact: { note: 'Somebody else reads the post' },
      }),
    ],
  });
  const task = await pullOf(hub, 'cw-4', urn, 'victim-contact');
  const page = await plainBrowser(hub, 'cw-4');
  const shown = await page.open(`/tasks/${task.id}`);
  expect(shown.text).toContain('Send an e-mail that asks them to ring');
  const refused = await page.send(`/tasks/${task.id}/message`);
  expect([refused.status, refused.title]).toEqual([422, expect.stringMatching(/^Error: /)]);
  expect(refused.text).toContain('What keeps the person safe is needed');
  const sent = await page.send(`/tasks/${task.id}/message`, { readSafeContact: 'true' });
  expect(sent.text).toContain('Asked to ring: Email, to leave at');
  expect(sent.text).not.toContain('Send an e-mail');
});
