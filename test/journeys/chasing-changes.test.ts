import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recompute } from '../../src/cases/recompute.ts';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  all,
  create,
  defendant,
  expectStatus,
  magistratesHearing,
  messagesTo,
  readCase,
  record,
  type CaseJson,
  type Material,
} from './stage.ts';

type Chaser = { step: string; recipient: string | null; at: string; material: Material };
type Ladder = { ordinary: object[]; compressed: object[]; version: number };

/** Typed by people beside what is asked for, and in no message. */
const typed = 'the statement of Wilhelmina Zzyzxbottle';

describe.each(backends)('chasing that is changed under way, on %s', (backend) => {
  let hub: WholeHub;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-10T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');

  /** A case whose file is accepted, so that its officer owes nothing yet. */
  async function quietCase(officer: string, over: Record<string, unknown> = {}): Promise<CaseJson> {
    const made = await create(senior(), { officer, receivedAt: '2026-06-10T09:00:00+01:00', ...over });
    await expectStatus(201, senior().post(`/api/cases/${made.urn}/file-checks`, { result: 'accepted' }));
    return made;
  }
  const ask = ({ urn }: CaseJson, material: string, dueOn: string): Promise<Material> =>
    expectStatus(
      201,
      senior().post<Material>(`/api/cases/${urn}/materials`, { material, why: typed, dueOn }),
    );
  const stepsOf = async (collar: string, id: string) =>
    (await all<Chaser>(senior(), `/api/officers/${collar}/chasers`))
      .filter(({ material }) => material.id === id)
      .map(({ step, recipient, at }) => `${step} ${recipient ?? 'nobody'} ${at.slice(5, 16)}`)
      .reverse();
  async function setDuty(collar: string, duty: Record<string, unknown>) {
    const path = `/api/officers/${collar}/absences`;
    const { headers } = await senior().get(path);
    const sent = await senior().put(
      path,
      { absences: [], ...duty },
      { headers: { 'If-Match': headers.get('ETag') ?? '' } },
    );
    expect(sent.status, sent.text).toBe(200);
  }

  test('it is held until a day, goes to a deputy and to another officer, and says nothing twice', async () => {
    const [one, other, third] = [
      await quietCase('PC1001'),
      await quietCase('PC1001'),
      await quietCase('PC1002'),
    ];
    const [held, moved, deputised] = [
      await ask(one, 'exhibit-list', '2026-06-22'),
      await ask(other, 'witness-statements', '2026-06-22'),
      await ask(third, typed, '2026-06-22'),
    ];
    await setDuty('PC1002', {
      absences: [{ from: '2026-06-16', to: '2026-06-30', kind: 'leave' }],
      deputy: 'PC1003',
    });
    await hub.moveTo('2026-06-16', '10:00');
    const hold = { until: '2026-06-26', reason: typed };
    expect(
      await expectStatus(200, senior().post<Material>(`/api/materials/${held.id}/hold`, hold)),
    ).toMatchObject({
      held: hold,
    });
    await record(senior(), other.urn, {
      type: 'officer-changed',
      on: '2026-06-16',
      data: { officer: 'PC1007' },
    });
    await hub.moveTo('2026-06-29', '07:00');
    expect(await stepsOf('PC1001', held.id)).toEqual([
      'notify PC1001 06-15T07:00',
      // Held over the reminder, the due day and the sergeant's: the officer is told on the day, and then the ladder goes on.
      'due PC1001 06-26T07:00',
    ]);
    expect(await stepsOf('PC1007', moved.id)).toEqual([
      ...['notify PC1001 06-15T07:00', 'notify PC1007 06-17T07:00', 'remind PC1007 06-18T07:00'],
      ...['due PC1007 06-22T07:00', 'sergeant PS2002 06-24T07:00'],
    ]);
    expect((await stepsOf('PC1002', deputised.id)).slice(0, 4)).toEqual([
      ...['notify PC1002 06-15T07:00', 'remind PC1003 06-18T07:00'],
      ...['due PC1003 06-22T07:00', 'sergeant PS2001 06-24T07:00'],
    ]);
    const toDeputy = await messagesTo(senior(), 'PC1003');
    expect(toDeputy.map(({ purpose }) => purpose)).toEqual(['chaser', 'chaser']);
    expect(toDeputy[0]?.body).toContain('For PC1002, whose deputy you are');
    // What is another officer's by now is in no later letter to the old one.
    const letters = await messagesTo(senior(), 'PC1001');
    expect(letters.map(({ at, body }) => `${at.slice(5, 16)} ${body.includes(other.urn)}`)).toEqual([
      ...['06-15T07:00 true', '06-26T07:00 false'],
    ]);
    const everything = [...letters, ...toDeputy, ...(await messagesTo(senior(), 'PS2001'))];
    for (const { subject, body } of everything) expect(subject + body).not.toMatch(/Zzyzxbottle/);

    // A correction gives it back to the first officer, who is not asked again for what they were asked.
    const { items } = await expectStatus(
      200,
      senior().get<{ items: { kind: string; detail: { type?: string }; id: string }[] }>(
        `/api/cases/${other.urn}/timeline`,
      ),
    );
    const change = items.find(({ detail }) => detail.type === 'officer-changed') as {
      detail: { entityId?: string };
    };
    await record(senior(), other.urn, {
      type: 'correction',
      on: '2026-06-29',
      supersedes: change.detail.entityId,
    });
    await hub.moveTo('2026-07-01', '10:00');
    expect((await stepsOf('PC1001', moved.id)).slice(5)).toEqual([
      'due PC1001 06-29T07:00',
      'sergeant PS2001 07-01T07:00',
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('it is not sent on a rest day, nor at night; and what turns critical is told once, and at once', async () => {
    await hub.moveTo('2026-07-06', '09:00');
    const resting = await quietCase('PC1011', { receivedAt: '2026-07-06T08:30:00+01:00' });
    const rest = await ask(resting, 'exhibit-list', '2026-07-13');
    await setDuty('PC1011', {
      restPattern: { from: '2026-07-07', days: ['rest', 'rest', 'duty', 'duty', 'duty', 'duty'] },
    });
    await hub.moveTo('2026-07-09', '12:00');
    expect((await stepsOf('PC1011', rest.id))[0]).toBe('notify PC1011 07-07T07:00');
    expect((await messagesTo(senior(), 'PC1011')).map(({ at }) => at.slice(5, 16))).toEqual(['07-09T07:00']);

    const near = await quietCase('PC1012', { receivedAt: '2026-07-09T11:00:00+01:00' });
    const asked = [
      await ask(near, 'exhibit-list', '2026-07-30'),
      await ask(near, 'case-summary', '2026-07-30'),
    ];
    expect(await messagesTo(senior(), 'PC1012')).toEqual([]);
    const listed = magistratesHearing('2026-07-10', 'other');
    await record(senior(), near.urn, { type: 'hearing-listed', on: '2026-07-09', data: listed });
    const [told, ...more] = await waitFor('the officer to be told', async () => {
      const messages = await messagesTo(senior(), 'PC1012');
      return messages.length > 0 && messages;
    });
    expect(more).toEqual([]);
    expect(told?.at.slice(0, 10)).toBe('2026-07-09');
    expect(told?.body).toMatch(/2 items|hearing on 10 July 2026, in 1 working day/);
    await record(senior(), near.urn, {
      type: 'hearing-listed',
      on: '2026-07-09',
      data: magistratesHearing('2026-07-09', 'other'),
    });
    await hub.moveTo('2026-07-10', '12:00');
    for (const { id } of asked)
      expect((await stepsOf('PC1012', id)).filter((step) => step.startsWith('critical'))).toHaveLength(1);
    expect(await messagesTo(senior(), 'PC1012')).toHaveLength(1);
    expect(await hub.problems()).toEqual([]);
  });

  test('a hub that was away for days tells the officer first, and those above at their distance from it', async () => {
    await hub.moveTo('2026-07-13', '09:00');
    const made = await quietCase('PC1013', { receivedAt: '2026-07-13T08:30:00+01:00' });
    const asked = await ask(made, 'exhibit-list', '2026-07-20');
    await hub.moveTo('2026-07-16', '10:00');
    await hub.stopWorkers();
    await hub.setClock('2026-07-24T11:00:00+01:00');
    hub.startWorkers();
    await hub.calm();
    const before = ['notify PC1013 07-14T07:00', 'remind PC1013 07-16T07:00'];
    expect((await stepsOf('PC1013', asked.id)).map((step) => step.slice(0, -6))).toEqual(
      [...before, 'due PC1013 07-24T10:00'].map((step) => step.slice(0, -6)),
    );
    await hub.moveTo('2026-08-01', '10:00');
    expect((await stepsOf('PC1013', asked.id)).slice(3)).toEqual([
      ...['sergeant PS2003 07-28T07:00', 'inspector PI3001 07-31T07:00'],
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('a force sets its own ladder, which repeats nothing; chasing that fails raises the case until the material comes', async () => {
    await hub.moveTo('2026-08-03', '09:00');
    const made = await quietCase('PC1016', {
      receivedAt: '2026-08-03T08:30:00+01:00',
      defendants: [
        defendant({ offences: [{ code: 'TH68006', committedOn: '2026-08-01', chargedOn: '2026-08-02' }] }),
      ],
    });
    const asked = await ask(made, 'witness-statements', '2026-08-10');
    await hub.moveTo('2026-08-05', '10:00');
    expect(await stepsOf('PC1016', asked.id)).toEqual(['notify PC1016 08-04T07:00']);

    const admin = hub.as('admin-1');
    const path = '/api/settings/chasing-ladder';
    const before = await admin.get<Ladder>(path);
    expect(before.body.version).toBe(0);
    const {
      version: _version,
      note: _note,
      changedBy: _by,
      changedAt: _at,
      ...ladder
    } = before.body as unknown as Record<string, unknown>;
    const ordinary = [
      { step: 'notify', level: 'officer', businessDays: -5 },
      { step: 'last-word', level: 'officer', businessDays: 0 },
      { step: 'decision', level: 'caseworker', businessDays: 1 },
    ];
    const wanted = { ...ladder, ordinary, note: 'agreed by everybody' };
    const match = { headers: { 'If-Match': before.headers.get('ETag') ?? '' } };
    await expectStatus(403, senior().put(path, wanted, match));
    await expectStatus(428, admin.put(path, wanted));
    const refused = await admin.put<{ errors: { path: string }[] }>(
      path,
      { ...wanted, ordinary: ordinary.slice(0, 2) },
      match,
    );
    expect(refused.body.errors.map(({ path: field }) => field)).toEqual(['ordinary.1.level']);
    const set = await admin.put<{ recomputation: string; version: number }>(path, wanted, match);
    expect([set.status, set.body.version]).toEqual([202, 1]);
    await expectStatus(412, admin.put(path, wanted, match));
    await recompute(hub.hub.db);
    await hub.moveTo('2026-08-11', '10:00');
    expect(await stepsOf('PC1016', asked.id)).toEqual([
      ...['notify PC1016 08-04T07:00', 'last-word PC1016 08-10T07:00', 'decision nobody 08-11T07:00'],
    ]);
    const failed = await readCase(senior(), made.urn);
    const open = failed.tasks.filter(({ state }) => state === 'open' || state === 'claimed');
    expect(open.find(({ kind }) => kind === 'chasing-failed')?.because.join()).toContain(
      '4 August 2026: PC1016 was asked',
    );
    expect(open.find(({ kind }) => kind === 'chasing-failed-senior')).toMatchObject({ assignee: 'sr-1' });
    expect(failed.materials.find(({ id }) => id === asked.id)).toMatchObject({ chasingFailed: true });
    const risen = open.filter(({ because }) =>
      because.join().includes('Chasing for material of this case has failed'),
    );
    expect(risen.length).toBeGreaterThan(0);

    await expectStatus(200, senior().post(`/api/materials/${asked.id}/received`, {}));
    const settled = (await readCase(senior(), made.urn)).tasks;
    expect(
      settled.filter(({ kind, state }) => kind.startsWith('chasing-failed') && state === 'open'),
    ).toEqual([]);
    for (const { because } of settled)
      expect(because.join()).not.toContain('Chasing for material of this case has failed');
    expect(await hub.problems()).toEqual([]);
  });
});
