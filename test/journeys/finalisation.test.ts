import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { ask, log } from './correspondence-stage.ts';
import {
  create,
  enterRecords,
  expectStatus,
  magistratesHearing,
  readCase,
  record,
  victim,
  witness,
  type CaseJson,
  type Contact,
  type Page,
} from './stage.ts';

type Item = { id: string; state: string; why: string[]; toDo: string | null };
type Checklist = { complete: boolean; missing: string[]; items: Item[]; finalised: unknown };
type Problem = { detail: string; errors?: { path: string; message: string }[] };

describe('closing a case', () => {
  let hub: WholeHub;
  beforeAll(async () => {
    hub = await startWholeHub({ backend: 'postgres', now: '2026-06-12T10:00:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const checklist = ({ urn }: CaseJson) =>
    expectStatus(200, senior().get<Checklist>(`/api/cases/${urn}/finalisation`));
  const finalise = ({ urn }: CaseJson, over: Record<string, unknown> = {}) =>
    senior().post<Problem>(`/api/cases/${urn}/events`, { type: 'finalised', on: '2026-06-12', ...over });
  const tell = async ({ urn }: CaseJson) => {
    for (const { id, state } of (await readCase(senior(), urn)).contacts)
      if (state === 'owed')
        await expectStatus(
          201,
          senior().post<Contact>(`/api/contacts/${id}/attempts`, { channel: 'phone', result: 'reached' }),
        );
  };
  /** A case that was sentenced, of which nothing else is done. */
  const sentenced = async (over: Record<string, unknown> = {}) => {
    const made = await create(senior(), over);
    await record(senior(), made.urn, { type: 'convicted', on: '2026-06-12' });
    await record(senior(), made.urn, { type: 'sentenced', on: '2026-06-12' });
    return made;
  };
  const complete = async (made: CaseJson) => {
    await enterRecords(senior(), made.urn);
    await record(senior(), made.urn, { type: 'property-dated', on: '2026-06-12', data: { none: true } });
  };

  test('is refused by name of everything that is not done, and accepted once all of it is', async () => {
    const made = await create(senior(), {
      victims: [victim()],
      witnesses: [witness()],
      hearings: [magistratesHearing('2026-06-19', 'trial')],
    });
    const letter = await log(senior(), made);
    const question = await ask(senior(), made);
    const before = await checklist(made);
    const expected = [
      'results',
      'hearings',
      'victims',
      'witnesses',
      'property',
      'correspondence',
      'questions',
    ];
    expect(before.missing).toEqual(expect.arrayContaining(expected));
    expect(
      before.items.every(({ why, state, toDo }) => why.length > 0 && (state !== 'not-done' || toDo)),
    ).toBe(true);
    const refused = await finalise(made);
    expect(refused.status, refused.text).toBe(409);
    expect(refused.body.errors?.map(({ path }) => path)).toEqual(
      before.missing.map((id) => `finalisation.${id}`),
    );
    expect((await readCase(senior(), made.urn)).state).toBe('open');

    await record(senior(), made.urn, { type: 'convicted', on: '2026-06-12' });
    await record(senior(), made.urn, { type: 'sentenced', on: '2026-06-12' });
    const [hearing] = made.hearings;
    await record(senior(), made.urn, { type: 'hearing-vacated', on: '2026-06-12', hearing: hearing?.id });
    await expectStatus(201, senior().post(`/api/correspondence/${letter.id}/answers`, { summary: 'Done' }));
    await expectStatus(
      201,
      senior().post(`/api/queries/${question.id}/answers`, { answer: 'He may not', how: 'phone' }),
    );
    await tell(made);
    await complete(made);
    const after = await checklist(made);
    expect(after).toMatchObject({ complete: true, missing: [] });
    const state = (id: string) => after.items.find((item) => item.id === id)?.state;
    expect(state('appeals')).toBe('not-applicable');
    expect(after.items.find(({ id }) => id === 'appeal-window')).toMatchObject({
      state: 'done',
      why: [expect.stringMatching(/an appeal until 3 July 2026, last looked for on 10 July 2026/)],
    });
    expect((await finalise(made)).status).toBe(201);
    expect((await checklist(made)).finalised).toMatchObject({ on: '2026-06-12', by: 'sr-1', override: null });
    expect(await hub.problems()).toEqual([]);
  });

  test('goes ahead over what is not done with a reason for each, which the record keeps with who and when', async () => {
    const made = await sentenced();
    const override = {
      reason: 'The force keeps it elsewhere',
      items: ['records', 'property'],
      reasons: { property: 'Nothing was ever booked in' },
    };
    const less = await finalise(made, { data: { override: { ...override, items: ['records'] } } });
    expect(less.body.errors?.map(({ path }) => path)).toEqual(['finalisation.property']);
    expect((await finalise(made, { data: { override: { ...override, items: ['weather'] } } })).status).toBe(
      422,
    );
    expect((await finalise(made, { data: { override } })).status).toBe(201);
    expect((await checklist(made)).finalised).toMatchObject({ override });
    const timeline = await expectStatus(
      200,
      senior().get<Page<{ kind: string; actor: string; detail: Record<string, unknown> }>>(
        `/api/cases/${made.urn}/timeline`,
      ),
    );
    const kept = timeline.items.filter(({ kind }) => kind === 'finalisation-overridden');
    expect(kept.map(({ actor, detail }) => [actor, detail['item'], detail['why']]).sort()).toEqual([
      ['sr-1', 'property', 'Nothing was ever booked in'],
      ['sr-1', 'records', 'The force keeps it elsewhere'],
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('property that would go too soon for the law counts as not done, and what is due later is a task after the end', async () => {
    const made = await sentenced();
    await enterRecords(senior(), made.urn);
    const dated = (keepUntil: string, over = {}) => ({
      type: 'property-dated',
      on: '2026-06-12',
      data: { items: [{ reference: 'JB/1', keepUntil, then: 'dispose' }] },
      ...over,
    });
    const soon = await record(senior(), made.urn, dated('2026-07-01'));
    const property = (await checklist(made)).items.find(({ id }) => id === 'property');
    expect(property).toMatchObject({ state: 'not-done' });
    expect(property?.why.join()).toMatch(/Too soon: JB\/1.*24 July 2026.*14 December 2026/);
    const wrong = await senior().post<Problem>(`/api/cases/${made.urn}/events`, dated('2026-06-11'));
    expect(wrong.body.errors?.map(({ path }) => path)).toEqual(['data.items.0.keepUntil']);
    await record(senior(), made.urn, dated('2026-12-14', { supersedes: soon.event.id }));
    expect((await finalise(made)).status).toBe(201);
    const { tasks } = await readCase(senior(), made.urn);
    const due = tasks.filter(({ kind }) => kind === 'property-due').map(({ state, dueAt }) => [state, dueAt]);
    expect(due.sort()).toEqual([
      ['cancelled', '2026-07-01T22:59:59.999Z'],
      ['deferred', '2026-12-14T23:59:59.999Z'],
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('taken back, or reopened, opens again what it closed, and the case cannot slip shut by another way', async () => {
    const made = await sentenced();
    await complete(made);
    const tasksOf = async (kind: string) =>
      (await readCase(senior(), made.urn)).tasks
        .filter((task) => task.kind === kind)
        .map(({ state }) => state)
        .sort();
    const end = await finalise(made);
    const closed = (end.body as unknown as { event: { id: string } }).event.id;
    expect(await tasksOf('finalise-case')).toEqual(['done']);
    await record(senior(), made.urn, { type: 'correction', on: '2026-06-12', supersedes: closed });
    expect(await tasksOf('finalise-case')).toEqual(['done', 'open']);

    expect((await finalise(made)).status).toBe(201);
    const early = await senior().post<Problem>(`/api/cases/${made.urn}/events`, {
      type: 'reopened',
      on: '2026-06-11',
      data: { why: 'a new suspect' },
    });
    expect(early.body.errors?.map(({ path }) => path)).toEqual(['on']);
    const reopened = await record(senior(), made.urn, {
      type: 'reopened',
      on: '2026-06-12',
      data: { why: 'a new suspect' },
    });
    expect(await tasksOf('finalise-case')).toEqual(['done', 'done', 'open']);
    for (const on of ['2026-06-11', '2026-06-13'])
      expect((await finalise(made, { on })).body.errors?.map(({ path }) => path)).toEqual(['on']);

    await record(senior(), made.urn, { type: 'appeal-lodged', on: '2026-06-12' });
    const back = { type: 'correction', on: '2026-06-12', supersedes: reopened.event.id };
    const shut = await senior().post<Problem>(`/api/cases/${made.urn}/events`, back);
    expect(shut.status).toBe(409);
    expect(shut.body.errors?.map(({ path }) => path)).toEqual(['finalisation.appeals']);
    expect((await readCase(senior(), made.urn)).state).toBe('open');
    expect(await hub.problems()).toEqual([]);
  });

  test('an accepted file check that is taken back opens the check and what it had closed', async () => {
    const made = await create(senior());
    const outstanding = async () =>
      (await readCase(senior(), made.urn)).materials.filter(({ state }) => state === 'outstanding').length;
    const before = await outstanding();
    const check = await expectStatus(
      201,
      senior().post<{ event: { id: string } }>(`/api/cases/${made.urn}/file-checks`, { result: 'accepted' }),
    );
    expect(await outstanding()).toBe(0);
    await record(senior(), made.urn, {
      type: 'correction',
      on: '2026-06-12',
      supersedes: check.event.id,
      data: { why: 'another case' },
    });
    expect(await outstanding()).toBe(before);
    const { tasks } = await readCase(senior(), made.urn);
    expect(
      tasks
        .filter(({ kind }) => kind === 'check-file')
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['done', 'open']);
    expect(await hub.problems()).toEqual([]);
  });
});
