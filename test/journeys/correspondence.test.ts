import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  ask,
  letterBody,
  log,
  questionBody,
  tasksOf,
  type Body,
  type Letter,
  type Query,
} from './correspondence-stage.ts';
import {
  all,
  create,
  expectStatus,
  finaliseAsItIs,
  newUrn,
  pullKind,
  readCase,
  record,
  victim,
  witness,
  type CaseJson,
  type Task,
} from './stage.ts';

type Problem = { detail: string };

describe('letters and questions of a case', () => {
  let hub: WholeHub;
  beforeAll(async () => {
    hub = await startWholeHub({ backend: 'postgres', now: '2026-06-03T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const letters = ({ urn }: CaseJson, filter = '') =>
    all<Letter>(senior(), `/api/cases/${urn}/correspondence?${filter}`, 1);
  const questions = ({ urn }: CaseJson, filter = '') =>
    all<Query>(senior(), `/api/cases/${urn}/queries?${filter}`, 1);
  const inQueue = async (made: CaseJson, id: string) =>
    (await all<Task>(hub.as(made.caseworker ?? ''), `/api/caseworkers/${made.caseworker}/queue`)).find(
      ({ subject }) => Object.values(subject).includes(id),
    );
  const titles = async ({ urn }: CaseJson) =>
    (await all<{ title: string }>(senior(), `/api/cases/${urn}/timeline`)).map(({ title }) => title);
  const takeBack = (made: CaseJson, event: string | undefined) =>
    record(senior(), made.urn, { type: 'correction', on: '2026-06-03', supersedes: event });

  test('a letter that came in is a task until it is answered, and again when the answer is taken back', async () => {
    const made = await create(senior(), { victims: [victim()] });
    const letter = await log(senior(), made, { who: 'Reviewing lawyer', reference: 'CMS 4711' });
    // Five working days from Wednesday 3 June.
    expect(letter).toMatchObject({
      dueOn: '2026-06-10',
      workingDays: 5,
      state: 'awaiting-answer',
      answer: null,
    });
    const [task] = await tasksOf(senior(), made, letter.id);
    expect(task).toMatchObject({
      kind: 'answer-correspondence',
      title: 'Answer the CPS',
      consequence: 'hearing',
      state: 'open',
      dueAt: '2026-06-10T22:59:59.999Z',
    });
    expect(await inQueue(made, letter.id)).toMatchObject({ id: task?.id });

    const caseworker = made.caseworker ?? '';
    const held = await pullKind(hub.as(caseworker), caseworker, 'answer-correspondence', made.urn);
    for (const outcome of ['done', 'not-done']) {
      const asked = { claim: held.claim?.token, outcome };
      await expectStatus(409, hub.as(caseworker).post(`/api/tasks/${held.id}/complete`, asked));
    }
    const answer = { summary: 'She will', at: '2026-06-03T09:31:00+01:00' };
    await hub.moveTo('2026-06-03', '10:00');
    const path = `/api/correspondence/${letter.id}/answers`;
    const answered = await expectStatus(201, senior().post<Letter>(path, answer));
    expect(answered).toMatchObject({
      state: 'answered',
      answer: { summary: 'She will', by: 'sr-1', at: '2026-06-03T08:31:00.000Z' },
    });
    expect(await tasksOf(senior(), made, letter.id)).toMatchObject([{ state: 'done', outcome: 'recorded' }]);
    await expectStatus(409, senior().post(path, answer));
    expect(await titles(made)).toEqual(
      expect.arrayContaining(['Correspondence logged', 'Correspondence answered']),
    );

    const events = await all<{ event?: { id: string; type: string } }>(
      senior(),
      `/api/cases/${made.urn}/timeline`,
    );
    const given = events.find(({ event }) => event?.type === 'correspondence-answered');
    await takeBack(made, given?.event?.id);
    expect(await letters(made)).toMatchObject([{ id: letter.id, state: 'awaiting-answer', answer: null }]);
    expect((await tasksOf(senior(), made, letter.id)).map(({ state }) => state).sort()).toEqual([
      'done',
      'open',
    ]);

    await takeBack(made, letter.id);
    expect(await letters(made)).toMatchObject([{ id: letter.id, state: 'taken-back' }]);
    expect((await tasksOf(senior(), made, letter.id)).map(({ state }) => state).sort()).toEqual([
      'cancelled',
      'done',
    ]);
    await expectStatus(409, senior().post(path, answer));
    expect(await hub.problems()).toEqual([]);
  });

  test('a letter that went out is asked after from the day on which its answer is due, and one that needs none is filed', async () => {
    const made = await create(senior(), { receivedAt: '2026-06-03T09:00:00+01:00' });
    const filed = await log(senior(), made, { with: 'court', subject: 'listing', needsAnswer: false });
    expect(filed).toMatchObject({ state: 'filed', dueOn: null });
    expect(await tasksOf(senior(), made, filed.id)).toEqual([]);
    const out = await log(senior(), made, {
      with: 'defence',
      direction: 'out',
      dueOn: '2026-06-05',
      needsAnswer: undefined,
    });
    expect(out).toMatchObject({ state: 'awaiting-answer', dueOn: '2026-06-05', workingDays: null });
    const dropped = await log(senior(), made, { with: 'court' });
    expect(dropped.dueOn).toBe('2026-06-08');
    await expectStatus(200, senior().post(`/api/correspondence/${dropped.id}/closed`, { why: 'sent twice' }));
    expect(await tasksOf(senior(), made, dropped.id)).toMatchObject([{ state: 'cancelled' }]);

    await hub.moveTo('2026-06-05', '07:30');
    expect(await inQueue(made, out.id)).toBeUndefined();
    await hub.moveTo('2026-06-05', '08:00');
    expect(await inQueue(made, out.id)).toMatchObject({ kind: 'chase-answer', band: 'today' });
    await hub.moveTo('2026-06-09', '09:00');
    expect(await inQueue(made, out.id)).toMatchObject({ band: 'overdue' });
    expect(await letters(made, 'state=awaiting-answer')).toMatchObject([{ id: out.id, isOverdue: true }]);
    expect((await letters(made, 'with=court')).map(({ state }) => state)).toEqual(['closed', 'filed']);

    const came = { summary: 'They agree', at: '2026-06-08T12:00:00+01:00' };
    await expectStatus(201, senior().post(`/api/correspondence/${out.id}/answers`, came));
    expect(await tasksOf(senior(), made, out.id)).toMatchObject([{ state: 'done' }]);
    expect(await hub.problems()).toEqual([]);
  });

  test('each asker is answered by their own day, whoever asks is known by id, and no name stands in a queue', async () => {
    const made = await create(senior(), {
      victims: [victim(), victim({ name: 'Tolly Vexilgrum', enhancedRights: true, reasons: ['vulnerable'] })],
      witnesses: [witness()],
      receivedAt: '2026-06-09T09:00:00+01:00',
    });
    const [one, enhanced] = made.victims.map(({ id }) => id);
    const expected: [Body, string, string][] = [
      [{ from: { kind: 'victim', person: one } }, '2026-06-16', 'Answer the question of a victim'],
      [{ from: { kind: 'victim', person: enhanced } }, '2026-06-10', 'Answer the question of a victim'],
      [
        { from: { kind: 'victim', person: one }, about: 'complaint' },
        '2026-06-23',
        'Answer the complaint of a victim',
      ],
      [{ from: { kind: 'witness' } }, '2026-06-16', 'Answer the question of a witness'],
      [{ from: { kind: 'officer' } }, '2026-06-11', 'Answer the question of an officer'],
      [
        { from: { kind: 'defendant', who: 'Nibley & Co' } },
        '2026-06-16',
        'Answer the question of a defendant',
      ],
      [
        { from: { kind: 'agency', who: 'Fablecombe Council' }, dueOn: '2026-07-01' },
        '2026-07-01',
        'Answer the question of another agency',
      ],
    ];
    for (const [over, dueOn, title] of expected) {
      const asked = await ask(senior(), made, over);
      expect(asked, title).toMatchObject({ dueOn, state: 'open', isOverdue: false, recordedBy: 'sr-1' });
      expect(await inQueue(made, asked.id), title).toMatchObject({ title, kind: 'answer-query' });
    }
    const [agency, defendant, officer] = await questions(made);
    expect(agency).toMatchObject({ period: null, from: { who: 'Fablecombe Council' } });
    expect(defendant).toMatchObject({
      from: { defendant: made.defendants[0]?.id, who: 'Nibley & Co' },
      period: { workingDays: 5, authority: { grade: 'P' }, checkWithForce: true },
    });
    expect(officer).toMatchObject({ from: { officer: 'PC1001', person: null } });
    expect(await hub.problems()).toEqual([]);
  });

  test('a question shows when it is overdue, and is answered once, with a record of who said what, when and how', async () => {
    const made = await create(senior(), { victims: [victim()], receivedAt: '2026-06-09T09:00:00+01:00' });
    const asked = await ask(senior(), made, { askedAt: '2026-06-08T10:00:00+01:00' });
    expect(asked.dueOn).toBe('2026-06-15');
    await hub.moveTo('2026-06-16', '09:00');
    expect(await inQueue(made, asked.id)).toMatchObject({ band: 'overdue', consequence: 'victim' });
    expect(await questions(made, 'state=open')).toMatchObject([{ id: asked.id, isOverdue: true }]);

    const caseworker = made.caseworker ?? '';
    const held = await pullKind(hub.as(caseworker), caseworker, 'answer-query', made.urn);
    const complete = `/api/tasks/${held.id}/complete`;
    const refused = await hub
      .as(caseworker)
      .post<Problem>(complete, { claim: held.claim?.token, outcome: 'done' });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining('record the answer'),
    ]);
    const answer = { answer: 'No: it would breach his bail.', how: 'phone' };
    const key = newUrn();
    const path = `/api/queries/${asked.id}/answers`;
    const answered = await expectStatus(201, hub.as(caseworker).post<Query>(path, answer, { key }));
    expect(answered).toMatchObject({
      state: 'answered',
      isOverdue: false,
      answer: { answer: answer.answer, how: 'phone', by: caseworker },
    });
    expect(await expectStatus(201, hub.as(caseworker).post(path, answer, { key }))).toEqual(answered);
    await expectStatus(409, senior().post(path, answer));
    await expectStatus(409, senior().post(`/api/queries/${asked.id}/withdrawn`, { why: 'x' }));
    expect(await tasksOf(senior(), made, asked.id)).toMatchObject([{ state: 'done', outcome: 'recorded' }]);

    const other = await ask(senior(), made, { from: { kind: 'officer', officer: 'PC1002' } });
    const gone = await expectStatus(
      200,
      senior().post<Query>(`/api/queries/${other.id}/withdrawn`, { why: 'found it' }),
    );
    expect(gone).toMatchObject({ state: 'withdrawn', withdrawn: { why: 'found it', by: 'sr-1' } });
    expect(await tasksOf(senior(), made, other.id)).toMatchObject([{ state: 'cancelled' }]);
    expect(await titles(made)).toEqual(
      expect.arrayContaining(['Question asked', 'Question answered', 'Question withdrawn']),
    );
    expect(await hub.problems()).toEqual([]);
  });

  test('a question outlasts the case, and one can be asked after its end', async () => {
    const made = await create(senior(), { victims: [victim()], receivedAt: '2026-06-16T09:00:00+01:00' });
    const before = await ask(senior(), made);
    await finaliseAsItIs(senior(), made.urn, '2026-06-16');
    const after = await ask(senior(), made, { question: 'When do I get my bicycle back?' });
    const letter = await log(senior(), made, { with: 'court' });
    for (const { id } of [before, after, letter])
      expect(await tasksOf(senior(), made, id)).toMatchObject([{ state: 'open' }]);
    await expectStatus(
      201,
      senior().post(`/api/queries/${before.id}/answers`, { answer: 'He may not.', how: 'letter' }),
    );
    expect(await tasksOf(senior(), made, before.id)).toMatchObject([{ state: 'done' }]);
    expect((await readCase(senior(), made.urn)).state).toBe('finalised');
    expect(await hub.problems()).toEqual([]);
  });

  test('who may not see the case may neither read nor log nor answer', async () => {
    const parts = { victims: [victim()], receivedAt: '2026-06-16T09:00:00+01:00' };
    const open = await create(senior(), parts);
    const restricted = await create(senior(), { ...parts, restricted: true, visibleTo: ['cw-2', 'sr-1'] });
    const knock = async (who: string, made: CaseJson) => {
      const client = hub.as(who);
      const [asked, letter] = [await ask(senior(), made), await log(senior(), made)];
      const replies = [
        client.get(`/api/cases/${made.urn}/queries`),
        client.get(`/api/cases/${made.urn}/correspondence`),
        client.post(`/api/cases/${made.urn}/queries`, questionBody()),
        client.post(`/api/cases/${made.urn}/correspondence`, letterBody()),
        client.post(`/api/queries/${asked.id}/answers`, { answer: 'x', how: 'phone' }),
        client.post(`/api/queries/${asked.id}/withdrawn`, { why: 'x' }),
        client.post(`/api/correspondence/${letter.id}/answers`, { summary: 'x' }),
        client.post(`/api/correspondence/${letter.id}/closed`, { why: 'x' }),
      ];
      return [...new Set((await Promise.all(replies)).map(({ status }) => status))];
    };
    expect(await knock('cw-5', open)).toEqual([403]);
    for (const outsider of ['admin-1', 'audit-1', 'feed-1'])
      expect(await knock(outsider, open)).toEqual([403]);
    for (const stranger of ['cw-1', 'sr-2']) expect(await knock(stranger, restricted)).toEqual([404]);
    const asked = await ask(senior(), restricted);
    expect(await inQueue({ ...open, caseworker: 'cw-1' }, asked.id)).toBeUndefined();
    const [task] = await tasksOf(senior(), restricted, asked.id);
    expect(task).toMatchObject({ assignee: 'cw-2' });
    expect(await hub.problems()).toEqual([]);
  });
});
