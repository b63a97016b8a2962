import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  create,
  expectStatus,
  magistratesHearing,
  messagesTo,
  pullKind,
  readCase,
  record,
  victim,
  type CaseJson,
  type Contact,
} from '../journeys/stage.ts';

describe.each(backends)('talking to a person who is owed updates, on %s', (backend) => {
  let hub: WholeHub;
  beforeAll(async () => {
    // A Friday.
    hub = await startWholeHub({ backend, now: '2026-06-05T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const receive = (over: Record<string, unknown>) =>
    create(senior(), { receivedAt: '2026-06-05T09:00:00+01:00', ...over });
  const tell = (id: string | undefined, result: string, over: Record<string, unknown> = {}) =>
    senior().post<Contact>(`/api/contacts/${id}/attempts`, { channel: 'phone', result, ...over });
  const talksOf = ({ tasks }: CaseJson) => tasks.filter(({ kind }) => kind === 'victim-contact');
  const statesOf = ({ contacts }: CaseJson) =>
    contacts.map(({ reason, state }) => `${reason} ${state}`).sort();
  const patch = async (path: string, body: unknown) => {
    const { headers } = await senior().get(path);
    return expectStatus(200, senior().patch(path, body, { ifMatch: headers.get('ETag') ?? '' }));
  };

  test('several updates owed to one person are one task, and reaching the person once discharges all', async () => {
    const made = await receive({
      victims: [victim()],
      hearings: [magistratesHearing('2026-06-19', 'first-hearing')],
    });
    await record(senior(), made.urn, { type: 'bailed', on: '2026-06-05' });
    const before = await readCase(senior(), made.urn);
    expect(statesOf(before)).toEqual(['bail owed', 'charge owed', 'hearing-date owed']);
    const [task, ...others] = talksOf(before);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ state: 'open', dueAt: '2026-06-08T22:59:59.999Z', effortMinutes: 30 });
    expect(task?.title).toMatch(/^One conversation about 3 things: .*charged.*bail/s);
    const [contact] = before.contacts;
    expect(contact?.conversation.map(({ reason }) => reason)).toEqual(['hearing-date', 'charge', 'bail']);
    expect(contact?.conversation[0]?.say).toMatch(/date, time and place/);

    const said = await expectStatus(201, tell(contact?.id, 'reached'));
    expect(said).toMatchObject({ state: 'made', conversation: [], next: null });
    const after = await readCase(senior(), made.urn);
    expect(statesOf(after)).toEqual(['bail made', 'charge made', 'hearing-date made']);
    expect(new Set(after.contacts.flatMap(({ attempts }) => attempts.map(({ talkId }) => talkId))).size).toBe(
      1,
    );
    expect(talksOf(after)).toMatchObject([{ state: 'done', outcome: 'met' }]);

    // Whoever records each update apart contradicts nothing, once.
    const other = after.contacts.find(({ id }) => id !== contact?.id);
    expect(await expectStatus(201, tell(other?.id, 'reached'))).toMatchObject({ state: 'made' });
    await expectStatus(409, tell(other?.id, 'reached'));
    await expectStatus(409, tell(contact?.id, 'reached'));
  });

  test('what was left out of a talk is still owed, and the task stands for it', async () => {
    const made = await receive({ victims: [victim(), victim()] });
    await record(senior(), made.urn, { type: 'bailed', on: '2026-06-05' });
    const { contacts, victims } = await readCase(senior(), made.urn);
    const of = (reason: string, i: number) =>
      contacts.find((one) => one.reason === reason && one.person.id === victims[i]?.id)?.id;
    await expectStatus(422, tell(of('charge', 0), 'reached', { covers: [of('bail', 1)] }));
    await expectStatus(201, tell(of('charge', 0), 'reached', { covers: [of('charge', 0)] }));
    const after = await readCase(senior(), made.urn);
    expect(statesOf(after)).toEqual(['bail owed', 'bail owed', 'charge made', 'charge owed']);
    const task = talksOf(after).find(({ subject }) => subject['personId'] === victims[0]?.id);
    expect(task).toMatchObject({ state: 'open', deadlineId: of('bail', 0) });
  });

  test('a talk that was owed is not asked for when what it was about is taken back, and news is', async () => {
    const made = await receive({ victims: [victim()] });
    await expectStatus(201, tell(made.contacts[0]?.id, 'reached'));
    const { event } = await record(senior(), made.urn, { type: 'warrant-issued', on: '2026-06-05' });
    await record(senior(), made.urn, { type: 'correction', on: '2026-06-05', supersedes: event.id });
    const withdrawn = await readCase(senior(), made.urn);
    expect(statesOf(withdrawn)).toEqual(['charge made', 'warrant withdrawn']);
    expect(
      talksOf(withdrawn)
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['cancelled', 'done']);
  });

  test('tries that fail plan the next one at another time of day, then a letter, then a senior', async () => {
    const made = await receive({
      victims: [victim({ safeContact: { note: 'Her brother lives there', notAfter: '18:00' } })],
    });
    const cw = made.caseworker ?? '';
    const task = await pullKind(hub.as(cw), cw, 'victim-contact', made.urn);
    const id = made.contacts[0]?.id;
    expect(made.contacts[0]).toMatchObject({
      readFirst: [
        'Her brother lives there',
        'Not after 18:00.',
        'They have not agreed to messages: send none.',
      ],
      speakTo: { relation: null, contact: { phone: '07700 900417' } },
      next: { step: 'try', channel: 'phone' },
    });
    const first = await expectStatus(
      201,
      hub.as(cw).post<Contact>(`/api/contacts/${id}/attempts`, { channel: 'phone', result: 'no-answer' }),
    );
    expect(first.next).toMatchObject({ step: 'try', channel: 'phone', at: '2026-06-05T11:00:00.000Z' });
    const put = (await readCase(hub.as(cw), made.urn)).tasks.find((one) => one.id === task.id);
    expect(put).toMatchObject({
      state: 'deferred',
      deferredUntil: '2026-06-05T11:00:00.000Z',
      claimedBy: null,
    });
    expect(put?.because.at(-1)).toMatch(/^Next: by phone, from midday/);

    await expectStatus(201, tell(id, 'no-answer'));
    const third = await expectStatus(201, tell(id, 'message-left'));
    expect(third.next).toMatchObject({ step: 'letter', channel: 'letter' });
    const letter = await expectStatus(200, senior().get<{ words: string }>(`/api/contacts/${id}/letter`));
    expect(letter).toMatchObject({ to: { name: 'Orla Squibbleworth', address: '9 Fizzgig Row' } });
    expect(letter.words).not.toMatch(/court|police|case|victim/i);
    const page = await senior().get(`/api/contacts/${id}/letter`, { headers: { Accept: 'text/html' } });
    expect(page.text).toContain('9 Fizzgig Row');

    const last = await expectStatus(201, tell(id, 'message-left', { channel: 'letter' }));
    expect(last.next).toMatchObject({ step: 'senior', channel: null });
    const asked = (await readCase(senior(), made.urn)).tasks.filter(({ kind }) => kind === 'contact-failed');
    expect(asked).toMatchObject([{ state: 'open', assignee: expect.stringMatching(/^sr-/) as string }]);
    await expectStatus(201, tell(id, 'reached'));
    const done = await readCase(senior(), made.urn);
    expect(done.tasks.filter(({ kind }) => kind === 'contact-failed')).toMatchObject([{ state: 'done' }]);
  });

  test('a message leaves only where the person agreed, says nothing of what it is about, and is a try', async () => {
    const made = await receive({
      victims: [
        victim({ agreed: ['email'] }),
        victim({ agreed: ['email'], safeContact: { note: 'shared mailbox', notBefore: '14:00' } }),
        victim(),
      ],
    });
    const [open, careful, never] = made.contacts;
    const send = (contact: Contact | undefined, body: Record<string, unknown> = {}) =>
      senior().post<Contact & { detail: string }>(`/api/contacts/${contact?.id}/messages`, {
        channel: 'email',
        ...body,
      });
    expect((await send(never)).body.detail).toMatch(/not agreed/);
    expect((await send(open, { channel: 'sms' })).body.detail).toMatch(/not agreed/);
    await expectStatus(422, send(careful));
    await expectStatus(201, send(open));
    const [message] = await waitFor('the message to leave', async () => {
      const left = await messagesTo(senior(), open?.person.id ?? '');
      return left.length > 0 && left;
    });
    expect(message).toMatchObject({ purpose: 'victim-update', subject: 'Please ring us' });
    expect(`${message?.subject} ${message?.body}`).not.toMatch(/court|police|case|victim|21AB|Squibble/i);
    await waitFor('the try to be counted', async () => {
      const { contacts } = await readCase(senior(), made.urn);
      return contacts.find(({ id }) => id === open?.id)?.next?.why[0]?.startsWith('Tried once');
    });

    await expectStatus(201, send(careful, { readSafeContact: true }));
    expect((await send(careful, { readSafeContact: true })).body.detail).toMatch(/under way/);
    const waiting = (await readCase(senior(), made.urn)).contacts.find(({ id }) => id === careful?.id);
    expect(waiting?.messages).toMatchObject([{ state: 'pending', dueAt: '2026-06-05T13:00:00.000Z' }]);
    await patch(`/api/victims/${careful?.person.id}`, { relation: 'complainant' });
    const stopped = await readCase(senior(), made.urn);
    expect(stopped.contacts.find(({ id }) => id === careful?.id)?.messages).toMatchObject([
      { state: 'cancelled' },
    ]);
    expect(stopped.tasks.filter(({ kind }) => kind === 'message-stopped')).toMatchObject([{ state: 'open' }]);
    await hub.moveTo('2026-06-05', '15:00');
    expect(await messagesTo(senior(), careful?.person.id ?? '')).toEqual([]);
  });

  test('a text message goes by the same rules as an e-mail, and one that was given up is judged again before it goes', async () => {
    const made = await receive({
      receivedAt: '2026-06-05T15:00:00+01:00',
      victims: [
        victim({ agreed: ['sms'], preferred: 'sms' }),
        victim({ agreed: ['sms'], contact: { phone: '01632 960417' } }),
        victim({ agreed: ['sms'] }),
      ],
    });
    const [open, landline, silent] = made.contacts;
    const send = (contact: Contact | undefined) =>
      senior().post<Contact & { detail: string }>(`/api/contacts/${contact?.id}/messages`, {
        channel: 'sms',
      });
    expect(open?.next).toMatchObject({ step: 'try', channel: 'sms' });
    expect((await send(landline)).body.detail).toMatch(/no mobile telephone/);
    await expectStatus(201, send(open));
    const [text] = await waitFor('the text to leave', async () => {
      const left = await messagesTo(senior(), open?.person.id ?? '');
      return left.length > 0 && left;
    });
    expect(text).toMatchObject({ channel: 'sms', to: { address: '07700 900417' }, purpose: 'victim-update' });
    expect(text?.body).not.toMatch(/court|police|case|victim|21AB|Squibble/i);

    await expectStatus(201, send(silent));
    await waitFor('the other text to leave', async () => {
      return (await messagesTo(senior(), silent?.person.id ?? '')).length > 0;
    });
    const { db } = hub.hub;
    await db.execute(sql`update messages set state = 'failed' where to_id = ${silent?.person.id}`);
    await patch(`/api/victims/${silent?.person.id}`, { optOut: { on: '2026-06-05' } });
    const [given] = await db.execute<{ id: string }>(sql`
      select id from messages where to_id = ${silent?.person.id}`);
    await expectStatus(200, senior().post(`/api/messages/${given?.id}/retry`, {}));
    await waitFor('the text to be stopped', async () => {
      const [row] = await db.execute<{ state: string }>(
        sql`select state from messages where id = ${given?.id}`,
      );
      return row?.state === 'cancelled';
    });
  });

  test('what keeps a person safe in one case keeps them safe in another', async () => {
    const one = await receive({
      receivedAt: '2026-06-05T15:00:00+01:00',
      victims: [victim({ agreed: ['email'] })],
    });
    const other = await receive({
      receivedAt: '2026-06-05T15:00:00+01:00',
      victims: [victim({ safeContact: { note: 'He reads her mail', doNotMessage: true } })],
    });
    const path = `/api/people/${one.victims[0]?.id}/same-person`;
    await expectStatus(200, senior().put(path, { person: other.victims[0]?.id }, { ifMatch: '*' }));
    const [contact] = (await readCase(senior(), one.urn)).contacts;
    expect(contact?.readFirst[0]).toBe('He reads her mail');
    const refused = await senior().post(`/api/contacts/${contact?.id}/messages`, { channel: 'email' });
    expect(refused).toMatchObject({ status: 409 });
    expect(contact?.next).toMatchObject({ step: 'try', channel: 'phone' });
  });

  test('an administrator sets the words of the force, and neutral ones stay neutral', async () => {
    type Words = { items: { reason: string; words: string; etag: string }[] };
    const admin = hub.as('admin-1');
    const { items } = await expectStatus(200, admin.get<Words>('/api/contact-words'));
    const etagOf = (reason: string) => items.find((one) => one.reason === reason)?.etag ?? '';
    const set = (reason: string, words: string, ifMatch = etagOf(reason)) =>
      admin.put(`/api/contact-words/${reason}`, { words }, { ifMatch });
    await expectStatus(403, senior().put('/api/contact-words/charge', { words: 'x'.repeat(20) }));
    await expectStatus(412, set('charge', 'Somebody has been charged.', '"words-charge.v7"'));
    await expectStatus(200, set('charge', 'Somebody has been charged.'));
    const refused = await set('message', 'Ring the police about your court case.');
    expect(refused.body).toMatchObject({
      errors: [{ message: 'says what it is about: leave out police, court, case' }] as unknown,
    });
    const made = await receive({ receivedAt: '2026-06-05T15:00:00+01:00', victims: [victim()] });
    expect(made.contacts[0]?.draft).toBe('Somebody has been charged.');
    expect(await hub.problems()).toEqual([]);
  });
});
