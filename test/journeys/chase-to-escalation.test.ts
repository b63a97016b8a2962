import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  all,
  create,
  defendant,
  expectStatus,
  magistratesHearing,
  messagesTo,
  pullKind,
  readCase,
  type CaseJson,
  type Material,
  type Message,
  type Page,
} from './stage.ts';

type Asked = { items: { requestId: string; material: string; state: string; answer: string | null }[] };
type Chaser = { step: string; level: string; recipient: string | null; at: string; material: Material };

const linkIn = ({ body }: Message) => new URL(/https?:\/\/\S+\/r\/\S+/.exec(body)?.[0] ?? '').pathname;

/** The fields of a page's form that are sent back as they are. */
const hiddenIn = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>;

describe.each(backends)('an officer who owes material, on %s', (backend) => {
  let hub: WholeHub;
  let cw: string;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-10T09:30:00+01:00' });
    cw = 'sr-1';
  });
  afterAll(() => hub.close());

  const senior = () => hub.as(cw);

  /** A case whose file is accepted, so that its officer owes nothing yet. */
  async function quietCase(officer: string, over: Record<string, unknown> = {}): Promise<CaseJson> {
    const made = await create(senior(), { officer, receivedAt: '2026-06-10T09:00:00+01:00', ...over });
    await expectStatus(201, senior().post(`/api/cases/${made.urn}/file-checks`, { result: 'accepted' }));
    return made;
  }
  async function ask({ urn }: CaseJson, material: string, dueOn: string): Promise<Material> {
    const body = { material, why: 'to prove it', dueOn };
    return expectStatus(201, senior().post<Material>(`/api/cases/${urn}/materials`, body));
  }
  const chasersOf = (collar: string) => all<Chaser>(senior(), `/api/officers/${collar}/chasers`);
  const stepsOf = async (collar: string, id: string) =>
    (await chasersOf(collar))
      .filter(({ material }) => material.id === id)
      .map(({ step, recipient, at }) => `${step} ${recipient ?? 'nobody'} ${at.slice(0, 16)}`)
      .reverse();
  const read = async ({ urn }: CaseJson, { id }: Material) =>
    (await readCase(senior(), urn)).materials.find((material) => material.id === id);

  test('is asked, reminded and told that it is due, in one message a day for all that is owed; then those above hear', async () => {
    const [one, other] = [await quietCase('PC1001'), await quietCase('PC1001')];
    const statements = await ask(one, 'witness-statements', '2026-06-22');
    const exhibits = await ask(other, 'exhibit-list', '2026-06-22');
    const interview = await ask(other, 'interview-record', '2026-06-25');
    await hub.moveTo('2026-06-15', '07:59');
    expect(await messagesTo(senior(), 'PC1001')).toEqual([]);

    await hub.moveTo('2026-06-15', '08:30');
    const [asked, ...more] = await messagesTo(senior(), 'PC1001');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ purpose: 'chaser', to: { address: 'PC1001@police.example' } });
    expect(asked?.at.slice(0, 16)).toBe('2026-06-15T07:00');
    expect([...(asked?.caseUrns ?? [])].sort()).toEqual([one.urn, other.urn].sort());
    for (const words of [one.urn, other.urn, 'Witness statements', 'Exhibit list', '22 June 2026'])
      expect(asked?.body).toContain(words);
    expect(asked?.body).not.toContain('Record of interview');

    await hub.moveTo('2026-06-19', '07:00');
    const reminded = (await messagesTo(senior(), 'PC1001')).slice(1);
    expect(reminded.map(({ at }) => at.slice(0, 16))).toEqual(['2026-06-18T07:00']);
    expect(reminded[0]?.subject).toMatch(/3 items/);
    expect(reminded[0]?.body).toContain('Record of interview');

    // What has come is not chased any more from that moment.
    await expectStatus(200, senior().post(`/api/materials/${interview.id}/received`, {}));
    await hub.moveTo('2026-07-03');
    expect(await stepsOf('PC1001', interview.id)).toEqual(['notify PC1001 2026-06-18T07:00']);
    const ladder = [
      ...['notify PC1001 2026-06-15T07:00', 'remind PC1001 2026-06-18T07:00', 'due PC1001 2026-06-22T07:00'],
      ...['sergeant PS2001 2026-06-24T07:00', 'inspector PI3001 2026-06-29T07:00'],
      'decision nobody 2026-07-02T07:00',
    ];
    expect(await stepsOf('PC1001', statements.id)).toEqual(ladder);
    expect(await stepsOf('PC1001', exhibits.id)).toEqual(ladder);
    expect(await messagesTo(senior(), 'PC1001')).toHaveLength(3);
    for (const [boss, day] of [
      ['PS2001', '2026-06-24T07:00'],
      ['PI3001', '2026-06-29T07:00'],
    ] as const) {
      const escalated = await messagesTo(senior(), boss);
      expect(escalated.map(({ purpose, at }) => `${purpose} ${at.slice(0, 16)}`)).toEqual([
        `escalation ${day}`,
      ]);
      expect(escalated[0]?.body).toMatch(
        new RegExp(`PC1001: ${one.urn}[^]*PC1001: ${other.urn}|${other.urn}[^]*${one.urn}`),
      );
    }
    const decision = (await readCase(senior(), one.urn)).tasks.find(({ kind }) => kind === 'chasing-failed');
    expect(decision).toMatchObject({ state: 'open', materialId: statements.id, consequence: 'hearing' });
    for (const told of ['15 June 2026: PC1001 was asked', 'PS2001 was asked, as the sergeant', 'PI3001'])
      expect(decision?.because.join()).toContain(told);

    const owed = await expectStatus(200, senior().get<Page<Material>>('/api/officers/PC1001/requests'));
    expect(owed.items.map(({ id }) => id).sort()).toEqual([statements.id, exhibits.id].sort());
    await expectStatus(200, senior().post(`/api/materials/${statements.id}/received`, {}));
    const settled = await readCase(senior(), one.urn);
    expect(settled.tasks.find(({ kind }) => kind === 'chasing-failed')?.state).not.toBe('open');
    expect(await hub.problems()).toEqual([]);
  });

  test('answers by the link in the message, in JSON or by the form, and looking changes nothing', async () => {
    const made = await quietCase('PC1006', { receivedAt: '2026-07-03T09:00:00+01:00' });
    const names = ['witness-statements', 'exhibit-list', 'interview-record', 'forensic-report'];
    const [sent, late, notMine, cannot] = await Promise.all(
      names.map((name) => ask(made, name, '2026-07-13')),
    );
    if (!sent || !late || !notMine || !cannot) throw new Error('nothing was asked for');
    await hub.moveTo('2026-07-06', '09:00');
    const [message] = await messagesTo(senior(), 'PC1006');
    const path = linkIn(message as Message);

    const before = (await readCase(senior(), made.urn)).materials;
    const shown = await expectStatus(200, hub.anyone.get<Asked>(path));
    expect(shown.items.map(({ requestId }) => requestId).sort()).toEqual(
      [sent, late, notMine, cannot].map(({ id }) => id).sort(),
    );
    const page = await hub.anyone.get(path, { headers: { Accept: 'text/html' } });
    expect(page.text).toContain(`answer-${sent.id}`);
    expect((await readCase(senior(), made.urn)).materials).toEqual(before);

    const items = [
      { requestId: late.id, answer: 'late', until: '2026-07-20', reason: 'the lab is closed' },
      { requestId: notMine.id, answer: 'not-mine', reason: 'it is with the traffic unit' },
    ];
    await expectStatus(200, hub.anyone.post<Asked>(path, { items }));
    const form = new URLSearchParams({
      ...hiddenIn((await hub.anyone.get(path, { headers: { Accept: 'text/html' } })).text),
      ...{ [`answer-${sent.id}`]: 'sent', [`answer-${cannot.id}`]: 'cannot' },
    });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const incomplete = await hub.anyone.send(path, { method: 'POST', headers, body: form.toString() });
    expect(incomplete.status).toBe(422);
    expect(await read(made, sent)).toMatchObject({ answer: null });
    form.set(`reason-${cannot.id}`, 'it was destroyed');
    const answered = await hub.anyone.send(path, { method: 'POST', headers, body: form.toString() });
    expect(answered.status, answered.text).toBe(303);

    expect(await read(made, late)).toMatchObject({
      answer: 'late',
      dueOn: '2026-07-20',
      state: 'outstanding',
    });
    expect(await read(made, sent)).toMatchObject({ answer: 'sent', state: 'outstanding' });
    const tasks = (await readCase(senior(), made.urn)).tasks.filter(({ materialId }) => materialId !== null);
    expect(tasks.map(({ kind, materialId }) => `${kind} ${materialId}`).sort()).toEqual(
      [`confirm-receipt ${sent.id}`, `decide-without ${cannot.id}`, `find-owner ${notMine.id}`].sort(),
    );

    // What will be late is chased on by its new day: 13 July is five working days before the 20th.
    await hub.moveTo('2026-07-14', '09:00');
    expect(await stepsOf('PC1006', late.id)).toEqual([
      'notify PC1006 2026-07-06T07:00',
      'notify PC1006 2026-07-13T07:00',
    ]);
    for (const { id } of [notMine, cannot])
      expect(await stepsOf('PC1006', id)).toEqual(['notify PC1006 2026-07-06T07:00']);
    // What was said to be sent has three working days to be confirmed.
    expect(await stepsOf('PC1006', sent.id)).toEqual([
      'notify PC1006 2026-07-06T07:00',
      'remind PC1006 2026-07-09T07:00',
      'due PC1006 2026-07-13T07:00',
    ]);

    const caseworker = (await readCase(senior(), made.urn)).caseworker ?? '';
    const receipt = await pullKind(hub.as(caseworker), caseworker, 'confirm-receipt', made.urn);
    const done = { claim: receipt.claim?.token, outcome: 'received' };
    await expectStatus(200, hub.as(caseworker).post(`/api/tasks/${receipt.id}/complete`, done));
    expect(await read(made, sent)).toMatchObject({ state: 'received' });

    for (const wrong of [
      { items: [{ requestId: made.id, answer: 'sent' }] },
      { items: [{ requestId: late.id, answer: 'late', reason: 'why' }] },
      { items: [{ requestId: late.id, answer: 'late', until: '2026-07-01', reason: 'why' }] },
      { items: [] },
    ])
      await expectStatus(422, hub.anyone.post(path, wrong));
    await expectStatus(404, hub.anyone.get(`${path.slice(0, -3)}abc`));
    expect(await hub.problems()).toEqual([]);
  });

  test('is chased by the compressed ladder in custody, and told at once where a hearing is near', async () => {
    const custody = { defendants: [defendant({ remand: 'custody', remandedOn: '2026-07-13' })] };
    const made = await quietCase('PC1011', { ...custody, receivedAt: '2026-07-14T09:00:00+01:00' });
    const asked = await ask(made, 'witness-statements', '2026-07-27');
    expect(asked.urgent).toBe(true);
    const near = await quietCase('PC1016', {
      hearings: [magistratesHearing('2026-07-15', 'first-hearing')],
      receivedAt: '2026-07-14T09:00:00+01:00',
    });
    await ask(near, 'case-summary', '2026-07-14');
    const [told] = await waitFor('the officer to be told', async () => {
      const messages = await messagesTo(senior(), 'PC1016');
      return messages.length > 0 && messages;
    });
    expect(told?.at.slice(0, 10)).toBe('2026-07-14');

    await hub.moveTo('2026-07-31');
    expect(await stepsOf('PC1011', asked.id)).toEqual([
      ...[
        'notify PC1011 2026-07-20T07:00',
        'due PC1011 2026-07-27T07:00',
        'sergeant PS2003 2026-07-28T07:00',
      ],
      ...['inspector PI3001 2026-07-29T07:00', 'decision nobody 2026-07-30T07:00'],
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('hears nothing at the weekend', async () => {
    await hub.moveTo('2026-08-01', '11:00');
    const made = await quietCase('PC1017', { receivedAt: '2026-08-01T10:00:00+01:00' });
    await ask(made, 'case-summary', '2026-08-04');
    await hub.moveTo('2026-08-03', '07:00');
    expect(await messagesTo(senior(), 'PC1017')).toEqual([]);
    await hub.moveTo('2026-08-03', '08:30');
    expect((await messagesTo(senior(), 'PC1017')).map(({ at }) => at.slice(0, 16))).toEqual([
      '2026-08-03T07:00',
    ]);
    expect(await hub.problems()).toEqual([]);
  });
});
