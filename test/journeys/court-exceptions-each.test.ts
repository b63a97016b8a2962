import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import type { DefendantSaid, MessageSaid } from '../court-results/message.ts';
import { courtCase, effectsOf, tell, type Effect } from './court-stage.ts';
import { expectStatus, readCase, record, type CaseJson, type Task } from './stage.ts';

type Exception = { id: string; kind: string; state: string; choices: string[] };
type Decided = { exception: Exception; effects: Effect[] };
type Choice = Record<string, unknown>;

const on = '2026-04-20';
const said = (offence: NonNullable<DefendantSaid['offences']>[number], bail = 'A'): MessageSaid => ({
  on,
  defendants: [{ bail, offences: [offence] }],
});

describe('each thing that can be wrong with a result', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
  });
  afterAll(() => hub.close());
  const feed = () => hub.as('feed-1');
  const senior = () => hub.as('sr-1');
  const decide = (id: string | undefined, choice: Choice) =>
    senior().post<Decided>(`/api/court-exceptions/${id}/decision`, choice);
  const exception = (effects: readonly Effect[], kind: string): Effect => {
    const found = effects.find((effect) => effect.kind === 'exception' && effect.what === kind);
    if (!found) throw new Error(`no exception ${kind} among ${JSON.stringify(effects)}`);
    return found;
  };
  const stateOf = async (id: string | undefined) =>
    (await expectStatus(200, senior().get<Exception>(`/api/court-exceptions/${id}`))).state;
  const taskOf = async (urn: string, id: string | undefined): Promise<Task | undefined> =>
    (await readCase(senior(), urn)).tasks.find(({ subject }) => subject['exception'] === id);

  type Told = {
    kind: string;
    code: string | null;
    said: MessageSaid;
    /** What the rest of the message does meanwhile. */
    meanwhile: string[];
    refused: Choice;
    right: Choice;
    follows: string;
  };
  test.each<[string, Told]>([
    [
      'a date of hearing that cannot be',
      {
        kind: 'hearing-date',
        code: 'HO100102',
        said: { ...said({ plea: '2' }), on: '2026-02-31' },
        meanwhile: [],
        refused: { choice: 'correct', value: '2026-13-01' },
        right: { choice: 'correct', value: on },
        follows: 'plea-entered',
      },
    ],
    [
      'a date of conviction after the hearing',
      {
        kind: 'conviction-date',
        code: 'HO100305',
        said: said({ plea: '1', finding: 'G', convictedOn: '2026-05-30' }),
        meanwhile: ['plea-entered'],
        refused: { choice: 'correct', value: '2026-04-21' },
        right: { choice: 'correct', value: '2026-04-13' },
        follows: 'convicted',
      },
    ],
    [
      'a result code that is not known',
      {
        kind: 'result-code',
        code: 'HO100307',
        said: said({ plea: '1', finding: 'G', results: [{ code: 9123 }] }),
        meanwhile: ['convicted', 'plea-entered'],
        refused: { choice: 'correct', value: '9124' },
        right: { choice: 'correct', value: '1015' },
        follows: 'sentenced',
      },
    ],
    [
      'a court of the next hearing that is not known',
      {
        kind: 'next-court',
        code: 'HO100300',
        said: said({ plea: '2', results: [{ code: 4506, next: { on: '2026-05-18', court: 'ZZ' } }] }),
        meanwhile: ['plea-entered'],
        refused: { choice: 'correct', value: 'nowhere' },
        right: { choice: 'correct', value: 'B01LY00' },
        follows: 'hearing-listed',
      },
    ],
    [
      'custody in one place and bail in another',
      {
        kind: 'bail-differs',
        code: null,
        said: said({ results: [{ code: 4027 }] }, 'C'),
        meanwhile: ['remanded'],
        refused: { choice: 'accept' },
        right: { choice: 'reject', reason: 'the register says custody' },
        follows: '',
      },
    ],
  ])('is a task that says so and what can be done: %s', async (_what, told) => {
    const { urn } = await courtCase(senior());
    const answer = await tell(feed(), { ...told.said, urn });
    const { id, code } = exception(answer.effects, told.kind);
    expect(code ?? null).toBe(told.code);
    expect(
      effectsOf(answer, 'event')
        .filter((one) => one !== 'court-result-received')
        .sort(),
    ).toEqual(told.meanwhile);
    const task = await taskOf(urn, id);
    expect(task?.state).toBe('open');
    expect(task?.because.at(-1)).toMatch(/^You can: ./);
    await expectStatus(422, decide(id, told.refused));
    const { effects } = await expectStatus(200, decide(id, told.right));
    expect(effects.map(({ what }) => what)).toEqual(
      told.follows === '' ? [] : expect.arrayContaining([told.follows]),
    );
    expect([await stateOf(id), (await taskOf(urn, id))?.state]).toEqual(['settled', 'done']);
  });

  test('one sequence number for two offences: the right one is given', async () => {
    const charges = ['2026-02-01', '2026-02-02'].map((committedOn) => ({
      ...{ code: 'TH68006', committedOn, chargedOn: '2026-02-10' },
    }));
    const { urn } = await courtCase(senior(), {
      defendants: [
        { name: 'Orsino Blenkhurst', dateOfBirth: '1990-04-12', remand: 'none', offences: charges },
      ],
    });
    const twice = charges.map(({ committedOn }) => ({ sequence: 1, committedOn, plea: '2' }));
    const { effects } = await tell(feed(), { urn, on, defendants: [{ offences: twice }] });
    const { id, code } = exception(effects, 'same-sequence');
    expect(code).toBe('HO100311');
    await expectStatus(422, decide(id, { choice: 'correct', value: 'two' }));
    const after = await expectStatus(200, decide(id, { choice: 'correct', value: '2' }));
    expect(after.effects.map(({ what }) => what)).toContain('plea-entered');
    const [defendant] = (await readCase(senior(), urn)).defendants;
    expect(defendant?.offences.map(({ plea }) => plea)).toEqual(['not-guilty', 'not-guilty']);
  });

  test('a URN that is none: it is linked to its case, and refused a wrong one', async () => {
    const { urn } = await courtCase(senior());
    const answer = await tell(feed(), { urn: 'NOT A URN', ...said({ plea: '2' }) });
    expect(answer.effects.map(({ what }) => what)).toEqual(['bad-urn']);
    const { id } = exception(answer.effects, 'bad-urn');
    await expectStatus(422, decide(id, { choice: 'link', to: '21AB9999926' }));
    const { effects } = await expectStatus(200, decide(id, { choice: 'link', to: urn }));
    expect(effects.map(({ what }) => what)).toContain('plea-entered');
  });

  test('what contradicts the case takes effect once that is put right, without the message coming again', async () => {
    const { urn } = await courtCase(senior());
    const { event } = await record(senior(), urn, { type: 'acquitted', on: '2026-04-13' });
    const answer = await tell(feed(), { urn, ...said({ plea: '1', finding: 'G' }) });
    const { id } = exception(answer.effects, 'contradicts');
    expect((await taskOf(urn, id))?.because.join()).toContain('contradicts the acquittal');
    await record(senior(), urn, {
      type: 'correction',
      on,
      supersedes: event.id,
      data: { why: 'of another' },
    });
    expect([await stateOf(id), (await taskOf(urn, id))?.state]).toEqual(['withdrawn', 'cancelled']);
    const [defendant] = (await readCase(senior(), urn)).defendants;
    expect(defendant?.offences[0]?.result).toBe('convicted');
  });

  describe('a charge that the court added', () => {
    const two = (over: Partial<MessageSaid> = {}): MessageSaid => ({
      on,
      defendants: [
        {
          offences: [{ plea: '2' }, { code: 'TH68010', committedOn: '2026-02-03', plea: '1', finding: 'G' }],
        },
      ],
      ...over,
    });
    const charges = ({ defendants }: CaseJson) =>
      defendants[0]?.offences.map(({ code, plea, result, chargedOn }) => [code, plea, result, chargedOn]);
    const theft = ['TH68006', 'not-guilty', null, '2026-02-10'];
    const shoplifting = ['TH68010', 'guilty', 'convicted', on];

    test('is added by the exception, with its deadlines, and then the result applies to it', async () => {
      const { urn } = await courtCase(senior());
      const { effects } = await tell(feed(), { urn, ...two() });
      const { id } = exception(effects, 'unknown-offence');
      expect(charges(await readCase(senior(), urn))).toEqual([theft]);
      const read = await expectStatus(200, senior().get<Exception>(`/api/court-exceptions/${id}`));
      expect(read.choices).toEqual(['link', 'add', 'reject']);
      expect((await taskOf(urn, id))?.because.at(-1)).toContain('add the charge to the case');
      await expectStatus(422, decide(id, { choice: 'add', chargedOn: '2026-01-01' }));
      const added = await expectStatus(200, decide(id, { choice: 'add' }));
      expect(added.effects.map(({ what }) => what)).toEqual(
        expect.arrayContaining([
          'charge-added',
          'vc-charge',
          'record-pnc-charge',
          'plea-entered',
          'convicted',
        ]),
      );
      // Nothing here writes to the Police National Computer: somebody has to add the offence there.
      expect(added.effects.map(({ trigger }) => trigger)).toContain('TRPS0011');
      expect(charges(await readCase(senior(), urn))).toEqual([theft, shoplifting]);
      const later = await tell(feed(), {
        ...{ urn, court: 'B01LY00' },
        ...two({ defendants: [{ offences: [{}, { code: 'TH68010', results: [{ code: 1015 }] }] }] }),
      });
      expect(effectsOf(later, 'exception')).toEqual([]);
      expect(effectsOf(later, 'event')).toContain('sentenced');
    });

    test('is asked for anew where the charge is taken back after all', async () => {
      const { urn } = await courtCase(senior());
      const { id } = exception((await tell(feed(), { urn, ...two() })).effects, 'unknown-offence');
      const { effects } = await expectStatus(200, decide(id, { choice: 'add' }));
      const supersedes = effects.find(({ what }) => what === 'charge-added')?.id;
      await record(senior(), urn, { type: 'correction', on, supersedes, data: { why: 'another defendant' } });
      expect(charges(await readCase(senior(), urn))).toEqual([theft]);
      const again = await tell(feed(), { urn, ...two({ sentAt: '2026-04-21T09:00:00Z' }) });
      expect(exception(again.effects, 'unknown-offence').id).toBe(id);
      const tasks = (await readCase(senior(), urn)).tasks.filter(
        ({ subject }) => subject['exception'] === id,
      );
      expect(tasks.map(({ state }) => state).sort()).toEqual(['done', 'open']);
    });

    test('that somebody adds by themselves settles the exception', async () => {
      const { urn, defendants } = await courtCase(senior());
      const { id } = exception((await tell(feed(), { urn, ...two() })).effects, 'unknown-offence');
      const add = (data: Choice, over: Choice = {}) =>
        senior().post(`/api/cases/${urn}/events`, {
          ...{ type: 'charge-added', on, defendant: defendants[0]?.id, data },
          ...over,
        });
      const data = { code: 'TH68010', committedOn: '2026-02-03' };
      await expectStatus(422, add(data, { defendant: undefined }));
      await expectStatus(422, add({ ...data, committedOn: '2026-04-21' }));
      await expectStatus(422, add({ ...data, class: 'indictable-only' }));
      const unknown = await add({ ...data, code: 'ZZ99999' });
      expect(unknown.status).toBe(422);
      expect((unknown.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual([
        'data.class',
        'data.title',
      ]);
      await expectStatus(201, add(data));
      expect(charges(await readCase(senior(), urn))).toEqual([theft, shoplifting]);
      expect([await stateOf(id), (await taskOf(urn, id))?.state]).toEqual(['withdrawn', 'cancelled']);
      const { deadlines } = await readCase(senior(), urn);
      expect(deadlines.map(({ rule }) => rule)).toContain('record-pnc-charge');
    });

    test('is there from the first hearing that named it; what came before the day it was given waits for the right day', async () => {
      const { urn, defendants } = await courtCase(senior());
      const data = { code: 'TH68010', committedOn: '2026-02-03' };
      const { event } = await record(senior(), urn, {
        ...{ type: 'charge-added', on, defendant: defendants[0]?.id, data },
      });
      const answer = await tell(feed(), { urn, ...two({ on: '2026-04-13' }) });
      const { id } = exception(answer.effects, 'contradicts');
      expect((await taskOf(urn, id))?.because.join()).toContain('was added on 20 April 2026');
      const before = charges(await readCase(senior(), urn));
      expect(before?.[1]).toEqual(['TH68010', null, null, on]);
      const right = await record(senior(), urn, {
        ...{
          type: 'charge-added',
          on: '2026-04-13',
          defendant: defendants[0]?.id,
          data,
          supersedes: event.id,
        },
      });
      expect(right.event.type).toBe('charge-added');
      expect(charges(await readCase(senior(), urn))?.[1]).toEqual([
        ...['TH68010', 'guilty', 'convicted', '2026-04-13'],
      ]);
      expect(await stateOf(id)).toBe('withdrawn');
    });
  });
});
