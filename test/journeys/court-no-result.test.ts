import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { correspondenceSchema } from '../../src/http/api/correspondence-json.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { courtCase, tell } from './court-stage.ts';
import {
  complete,
  expectStatus,
  magistratesHearing,
  pullKind,
  readCase,
  record,
  type CaseJson,
  type Task,
} from './stage.ts';

type Letter = z.input<typeof correspondenceSchema>;

/** Hearings are on Monday 13 April 2026: looked for on the 14th, asked of the court on the 16th. */
describe('a hearing of which no result has come', () => {
  let hub: WholeHub;
  let waiting: CaseJson;
  let answered: CaseJson;
  let moved: CaseJson;
  let vacated: CaseJson;
  let ended: CaseJson;
  const senior = () => hub.as('sr-1');
  const heard = () =>
    courtCase(senior(), { hearings: [magistratesHearing('2026-04-13', 'first-hearing')], victims: [] });
  const open = async ({ urn }: CaseJson, kind: string): Promise<Task[]> =>
    (await readCase(senior(), urn)).tasks.filter(
      (task) => task.kind === kind && !['done', 'cancelled'].includes(task.state),
    );
  const hearingOf = ({ hearings }: CaseJson): string => hearings[0]?.id ?? '';
  beforeAll(async () => {
    hub = await startWholeHub({ backend: 'postgres', now: '2026-04-13T16:00:00+01:00' });
    waiting = await heard();
    answered = await heard();
    moved = await heard();
    vacated = await heard();
    ended = await heard();
  });
  afterAll(() => hub.close());

  test('is looked for after one working day, and nobody is asked to before', async () => {
    expect(await open(waiting, 'result-check')).toEqual([]);
    await hub.moveTo('2026-04-14');
    for (const one of [waiting, answered, moved, vacated, ended])
      expect((await open(one, 'result-check')).map(({ subject }) => subject['hearingId'])).toEqual([
        hearingOf(one),
      ]);
    expect(await open(waiting, 'result-query')).toEqual([]);
  });

  test('need not be looked for once the result is there, or the hearing is moved, off, or the case ends', async () => {
    await tell(hub.as('feed-1'), {
      urn: answered.urn,
      on: '2026-04-13',
      court: 'B01LY00',
      defendants: [{ offences: [{ plea: '2' }] }],
    });
    await record(senior(), moved.urn, {
      type: 'hearing-moved',
      on: '2026-04-13',
      hearing: hearingOf(moved),
      data: { on: '2026-04-20' },
    });
    await record(senior(), vacated.urn, {
      type: 'hearing-vacated',
      on: '2026-04-13',
      hearing: hearingOf(vacated),
    });
    await record(senior(), ended.urn, { type: 'discontinued', on: '2026-04-10' });
    for (const one of [answered, vacated, ended]) expect(await open(one, 'result-check')).toEqual([]);
    // What was moved is looked for on the working day after the new day.
    expect((await open(moved, 'result-check')).map(({ dueAt }) => dueAt.slice(0, 10))).toEqual([
      '2026-04-21',
    ]);
  });

  test('is asked of the court after three working days, as a task of its own', async () => {
    await hub.moveTo('2026-04-16');
    expect((await open(waiting, 'result-query')).map(({ title }) => title)).toEqual([
      'Ask the court for the result of the hearing',
    ]);
    for (const one of [answered, moved, vacated, ended]) expect(await open(one, 'result-query')).toEqual([]);
  });

  test('is chased by a letter that is kept, which completes the task; the result is the answer', async () => {
    const chase = {
      ...{
        with: 'court',
        direction: 'out',
        channel: 'phone',
        subject: 'result',
        hearing: hearingOf(waiting),
      },
      ...{ who: 'List office', summary: 'Asked for the result; they will send it again', needsAnswer: true },
    };
    const path = `/api/cases/${waiting.urn}/correspondence`;
    await expectStatus(422, senior().post(path, { ...chase, hearing: hearingOf(vacated) }));
    const letter = await expectStatus(201, senior().post<Letter>(path, chase));
    expect(letter).toMatchObject({
      hearing: hearingOf(waiting),
      state: 'awaiting-answer',
      dueOn: '2026-04-21',
    });
    expect(await open(waiting, 'result-query')).toEqual([]);
    expect(await open(waiting, 'chase-answer')).toHaveLength(1);
    // The result is still looked for, and no later hearing's result is taken for it.
    expect(await open(waiting, 'result-check')).toHaveLength(1);
    await tell(hub.as('feed-1'), {
      urn: waiting.urn,
      on: '2026-04-13',
      court: 'B01LY00',
      defendants: [{ offences: [{ plea: '2' }] }],
    });
    const [after] = (await expectStatus(200, senior().get<{ items: Letter[] }>(path))).items;
    expect(after).toMatchObject({ state: 'answered', answer: { summary: 'The result came' } });
    for (const kind of ['result-check', 'chase-answer']) expect(await open(waiting, kind)).toEqual([]);
  });

  test('stays owed where only a later hearing has its result', async () => {
    const two = await courtCase(senior(), {
      hearings: [
        magistratesHearing('2026-04-13', 'first-hearing'),
        magistratesHearing('2026-04-15', 'other'),
      ],
      victims: [],
    });
    await record(senior(), two.urn, { type: 'plea-entered', on: '2026-04-15', data: { plea: 'not-guilty' } });
    const { deadlines, hearings } = await readCase(senior(), two.urn);
    const first = hearings.find(({ on }) => on === '2026-04-13')?.id;
    const owed = deadlines.filter(({ rule, state }) => rule === 'results-chase' && state !== 'met');
    expect(owed.map(({ subject }) => subject.hearingId)).toEqual([first]);
  });

  test('is a caseworker’s to look for: done without a result, the deadline stays', async () => {
    const late = await heard();
    const cw = late.caseworker ?? '';
    await hub.moveTo('2026-04-17');
    const task = await pullKind(hub.as(cw), cw, 'result-check', late.urn);
    await complete(hub.as(cw), task);
    const { deadlines } = await readCase(senior(), late.urn);
    expect(deadlines.filter(({ rule }) => rule === 'results-chase').map(({ state }) => state)).not.toContain(
      'met',
    );
    expect(await hub.problems()).toEqual([]);
  });
});
