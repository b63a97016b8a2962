import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  create,
  expectStatus,
  messagesTo,
  ofRule,
  pullKind,
  readCase,
  record,
  victim,
  witness,
  type CaseJson,
  type Contact,
  type Deadline,
  type Task,
} from './stage.ts';

type Person = { id: string; entitlement: string; preferred: string; version: number };

describe.each(backends)('what victims and witnesses are owed, on %s', (backend) => {
  let hub: WholeHub;
  beforeAll(async () => {
    // A Friday.
    hub = await startWholeHub({ backend, now: '2026-06-05T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const receive = (over: Record<string, unknown>) =>
    create(senior(), { receivedAt: '2026-06-05T09:00:00+01:00', ...over });
  const contactsOf = async ({ urn }: Pick<CaseJson, 'urn'>, reason: string) =>
    (await readCase(senior(), urn)).contacts.filter((contact) => contact.reason === reason);
  const dueOn = ({ dueAt }: Contact) => dueAt?.slice(0, 10);
  const taskOf = (made: CaseJson, { person }: Contact): Task | undefined =>
    made.tasks.find(
      ({ kind, subject, state }) =>
        kind === 'victim-contact' &&
        subject['personId'] === person.id &&
        state !== 'done' &&
        state !== 'cancelled',
    );
  const attempt = (id: string, result: string, over: Record<string, unknown> = {}) =>
    senior().post<Contact>(`/api/contacts/${id}/attempts`, { channel: 'phone', result, ...over });
  const deadlineOf = async ({ urn }: CaseJson, { id }: Contact): Promise<Deadline | undefined> =>
    (await readCase(senior(), urn)).deadlines.find((deadline) => deadline.id === id);

  test('five working days, one with enhanced rights, and nothing where nothing is wanted', async () => {
    const made = await receive({
      victims: [
        victim(),
        victim({ name: 'Edda Twizzlegrice', enhancedRights: true, reasons: ['intimidated'] }),
        victim({ name: 'Florin Mizzenpottle', preferred: 'none' }),
      ],
    });
    await record(senior(), made.urn, { type: 'bailed', on: '2026-06-05' });
    const [standard, enhanced, nothing] = await contactsOf(made, 'bail');
    expect(standard).toMatchObject({ entitlement: 'standard', state: 'owed' });
    expect(enhanced).toMatchObject({ entitlement: 'enhanced', state: 'owed' });
    expect(nothing).toMatchObject({
      state: 'stopped',
      stoppedWhy: expect.stringContaining('not to be contacted') as string,
    });
    expect([standard, enhanced].map((contact) => contact && dueOn(contact))).toEqual([
      '2026-06-12',
      '2026-06-08',
    ]);
    const now = await readCase(senior(), made.urn);
    expect(standard && taskOf(now, standard)).toBeDefined();
    expect(nothing && taskOf(now, nothing)).toBeUndefined();
    await expectStatus(409, attempt(nothing?.id ?? '', 'reached'));
    // Not even when it is over do alerts ask anybody to call.
    await hub.moveTo('2026-06-15');
    const later = await readCase(senior(), made.urn);
    expect(nothing && taskOf(later, nothing)).toBeUndefined();
    expect(await hub.problems()).toEqual([]);
  });

  test('only reaching the person, or their declining, discharges it, and completes its task in one', async () => {
    const made = await receive({ receivedAt: '2026-06-15T10:00:00+01:00', victims: [victim(), victim()] });
    const [first, second] = await contactsOf(made, 'charge');
    if (!first || !second) throw new Error('nobody is owed the news of the charge');
    const cw = made.caseworker ?? '';
    const task = await pullKind(hub.as(cw), cw, 'victim-contact', made.urn);
    const contact = task.deadlineId === first.id ? first : second;
    const other = contact === first ? second : first;
    const complete = (outcome: string) =>
      hub.as(cw).post<Task>(`/api/tasks/${task.id}/complete`, { claim: task.claim?.token, outcome });
    for (const outcome of ['done', 'told', 'not-done']) await expectStatus(409, complete(outcome));

    for (const result of ['no-answer', 'message-left', 'wrong-number']) {
      const tried = await expectStatus(201, attempt(contact.id, result, { note: 'rang twice' }));
      expect(tried.state).toBe('owed');
      expect(tried.attempts.at(-1)).toMatchObject({ result, by: 'sr-1' });
    }
    await expectStatus(409, complete('done'));
    expect(await deadlineOf(made, contact)).toMatchObject({ state: 'pending' });
    await expectStatus(422, attempt(contact.id, 'reached', { at: '2026-06-16T10:00:00+01:00' }));
    await expectStatus(422, attempt(contact.id, 'reached', { at: '2026-06-12T10:00:00+01:00' }));

    const reached = await expectStatus(201, attempt(contact.id, 'reached'));
    expect(reached).toMatchObject({ state: 'made' });
    expect(reached.attempts).toHaveLength(4);
    expect(await deadlineOf(made, contact)).toMatchObject({ state: 'met', metOn: '2026-06-15' });
    const after = await readCase(senior(), made.urn);
    expect(after.tasks.find(({ id }) => id === task.id)).toMatchObject({ state: 'done', outcome: 'met' });
    await expectStatus(409, attempt(contact.id, 'reached'));
    await expectStatus(409, complete('done'));

    const declined = await expectStatus(201, attempt(other.id, 'declined'));
    expect(declined.state).toBe('made');
    expect(await hub.problems()).toEqual([]);
  });

  test('what is late is missed, and those above hear of it; it is still owed, and can still be made', async () => {
    const made = await receive({
      receivedAt: '2026-06-15T11:00:00+01:00',
      victims: [victim()],
      witnesses: [witness()],
    });
    const [contact] = await contactsOf(made, 'charge');
    if (!contact) throw new Error('nobody is owed the news of the charge');
    expect(dueOn(contact)).toBe('2026-06-22');
    const before = (await messagesTo(senior(), 'sr-1')).length;
    await hub.moveTo('2026-06-22', '23:30');
    expect(await deadlineOf(made, contact)).toMatchObject({ state: 'pending' });
    expect((await messagesTo(senior(), 'sr-1')).slice(before)).toEqual([]);

    await hub.moveTo('2026-06-23', '09:00');
    expect(await deadlineOf(made, contact)).toMatchObject({ state: 'missed' });
    const told = (await messagesTo(senior(), 'sr-1')).slice(before);
    expect(told.map(({ purpose, caseUrns }) => `${purpose} ${caseUrns.join()}`)).toEqual([
      `staff-alert ${made.urn}`,
    ]);
    expect(told[0]?.subject).toMatch(/^Missed: .*charged/);
    const late = await readCase(senior(), made.urn);
    expect(taskOf(late, contact)).toMatchObject({ band: 'overdue', consequence: 'victim' });
    expect(late.contacts.find(({ id }) => id === contact.id)?.state).toBe('owed');

    const reached = await expectStatus(201, attempt(contact.id, 'reached'));
    expect(reached.state).toBe('made');
    const met = await deadlineOf(made, contact);
    expect(met).toMatchObject({ metOn: '2026-06-23', legalDue: '2026-06-22' });
    expect(taskOf(await readCase(senior(), made.urn), contact)).toBeUndefined();
    expect(await hub.problems()).toEqual([]);
  });

  test('a needs assessment moves what is owed, for those who know the person as they are', async () => {
    const made = await receive({
      receivedAt: '2026-06-23T09:30:00+01:00',
      domesticAbuse: true,
      victims: [victim()],
    });
    const path = `/api/victims/${made.victims[0]?.id}`;
    const read = await senior().get<Person>(path);
    const etag = read.headers.get('ETag') ?? '';
    expect(read.body).toMatchObject({ entitlement: 'enhanced', version: 1 });
    expect(ofRule(made.deadlines, 'vc-charge').legalDue).toBe('2026-06-24');

    const assessed = {
      needsAssessment: { on: '2026-06-23', note: 'no special needs' },
      enhancedRights: false,
    };
    await expectStatus(428, senior().patch(path, assessed));
    await expectStatus(412, senior().patch(path, assessed, { ifMatch: etag.replace('v1', 'v9') }));
    const changed = await senior().patch<Person>(path, assessed, { ifMatch: etag });
    expect(changed.status, changed.text).toBe(200);
    expect(changed.body).toMatchObject({ entitlement: 'standard', version: 2 });
    expect(changed.headers.get('ETag')).not.toBe(etag);
    const moved = await readCase(senior(), made.urn);
    expect(ofRule(moved.deadlines, 'vc-charge')).toMatchObject({ legalDue: '2026-06-30', version: 2 });
    const [contact] = moved.contacts.filter(({ reason }) => reason === 'charge');
    expect(contact).toMatchObject({
      entitlement: 'standard',
      dueAt: expect.stringMatching(/^2026-06-30/) as string,
    });
    expect(contact && taskOf(moved, contact)?.dueAt).toMatch(/^2026-06-30/);
    await expectStatus(412, senior().patch(path, assessed, { ifMatch: etag }));
    expect(await hub.problems()).toEqual([]);
  });

  test('who asks to hear nothing is not called from then on, and who wants to hear again is', async () => {
    const made = await receive({ receivedAt: '2026-06-23T09:45:00+01:00', victims: [victim()] });
    const path = `/api/victims/${made.victims[0]?.id}`;
    const prefer = async (preferred: string) => {
      const { headers } = await senior().get(path);
      await expectStatus(200, senior().patch(path, { preferred }, { ifMatch: headers.get('ETag') ?? '' }));
      return readCase(senior(), made.urn);
    };
    const [before] = made.contacts;
    if (!before) throw new Error('nothing is owed');
    expect(taskOf(made, before)).toBeDefined();

    const silent = await prefer('none');
    expect(silent.contacts.map(({ state }) => state)).toEqual(['stopped']);
    expect(taskOf(silent, before)).toBeUndefined();
    await expectStatus(409, attempt(before.id, 'reached'));

    const again = await prefer('email');
    expect(again.contacts.map(({ state, stoppedWhy }) => `${state} ${stoppedWhy}`)).toEqual(['owed null']);
    expect(taskOf(again, before)).toBeDefined();
    await expectStatus(201, attempt(before.id, 'reached', { channel: 'email' }));
    expect(await hub.problems()).toEqual([]);
  });
});
