import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import {
  ask,
  letterBody,
  log,
  questionBody,
  type Body,
  type Letter,
  type Query,
} from './correspondence-stage.ts';
import { create, victim, witness, type CaseJson } from './stage.ts';

type Problem = { errors?: { path: string }[] };

const nobody = '01900000-0000-7000-8000-000000000000';

describe('of letters and questions what is refused leaves nothing behind', () => {
  let hub: TestHub;
  let made: CaseJson;
  let asked: Query;
  let letter: Letter;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-06-16T09:30:00+01:00' });
    const receivedAt = '2026-06-16T09:00:00+01:00';
    made = await create(hub.as('sr-1'), {
      victims: [victim()],
      witnesses: [witness(), witness()],
      receivedAt,
    });
    [asked, letter] = [await ask(hub.as('sr-1'), made), await log(hub.as('sr-1'), made)];
  });
  afterAll(() => hub.close());

  const events = async () =>
    hub.database.sql<
      { count: string }[]
    >`select count(*) from case_events union all select count(*) from event_words`;
  const queriesOf = () => `/api/cases/${made.urn}/queries`;
  const lettersOf = () => `/api/cases/${made.urn}/correspondence`;
  const answersOf = () => `/api/queries/${asked.id}/answers`;
  const refusals: [name: string, path: () => string, body: () => Body, status: number, field: string][] = [
    ['a question of nobody', queriesOf, () => questionBody({ from: {} }), 422, 'from.kind'],
    [
      'a question of one of two witnesses',
      queriesOf,
      () => questionBody({ from: { kind: 'witness' } }),
      422,
      'from.person',
    ],
    [
      'a witness who is a victim',
      queriesOf,
      () => questionBody({ from: { kind: 'witness', person: made.victims[0]?.id } }),
      422,
      'from.person',
    ],
    [
      'a victim with a collar number',
      queriesOf,
      () => questionBody({ from: { kind: 'victim', officer: 'PC1001' } }),
      422,
      'from.officer',
    ],
    [
      'an agency without a name',
      queriesOf,
      () => questionBody({ from: { kind: 'agency' } }),
      422,
      'from.who',
    ],
    [
      'a defendant of another case',
      queriesOf,
      () => questionBody({ from: { kind: 'defendant', defendant: nobody } }),
      422,
      'from.defendant',
    ],
    [
      'an officer whom nobody knows',
      queriesOf,
      () => questionBody({ from: { kind: 'officer', officer: 'PC9999' } }),
      422,
      'from.officer',
    ],
    ['an empty question', queriesOf, () => questionBody({ question: ' ' }), 422, 'question'],
    [
      'a question of 4,001 letters',
      queriesOf,
      () => questionBody({ question: 'x'.repeat(4_001) }),
      422,
      'question',
    ],
    ['a question by pigeon', queriesOf, () => questionBody({ how: 'pigeon' }), 422, 'how'],
    [
      'a question of tomorrow',
      queriesOf,
      () => questionBody({ askedAt: '2026-06-17T09:30:00+01:00' }),
      422,
      'askedAt',
    ],
    [
      'an answer due before it was asked',
      queriesOf,
      () => questionBody({ dueOn: '2026-06-15' }),
      422,
      'dueOn',
    ],
    ['an unknown field', queriesOf, () => questionBody({ hubris: true }), 422, 'hubris'],
    [
      'an answer of tomorrow',
      answersOf,
      () => ({ answer: 'x', how: 'phone', at: '2026-06-17T09:30:00+01:00' }),
      422,
      'at',
    ],
    [
      'an answer before the question',
      answersOf,
      () => ({ answer: 'x', how: 'phone', at: '2026-06-01T09:30:00+01:00' }),
      422,
      'at',
    ],
    ['an answer that says nothing', answersOf, () => ({ how: 'phone' }), 422, 'answer'],
    [
      'an answer to a question that is not there',
      () => `/api/queries/${nobody}/answers`,
      () => ({ answer: 'x', how: 'phone' }),
      404,
      '',
    ],
    [
      'an answer to a letter as to a question',
      () => `/api/queries/${letter.id}/answers`,
      () => ({ answer: 'x', how: 'phone' }),
      404,
      '',
    ],
    ['a letter to nobody', lettersOf, () => letterBody({ with: 'king' }), 422, 'with'],
    ['a letter both ways', lettersOf, () => letterBody({ direction: 'both' }), 422, 'direction'],
    ['a letter of tomorrow', lettersOf, () => letterBody({ at: '2026-06-17T09:30:00+01:00' }), 422, 'at'],
    ['an answer due before the letter', lettersOf, () => letterBody({ dueOn: '2026-06-01' }), 422, 'dueOn'],
    [
      'a day for an answer that is not needed',
      lettersOf,
      () => letterBody({ needsAnswer: false, dueOn: '2026-06-20' }),
      422,
      'dueOn',
    ],
    [
      'a reference of 101 letters',
      lettersOf,
      () => letterBody({ reference: 'x'.repeat(101) }),
      422,
      'reference',
    ],
    [
      'an answer to a letter that is not there',
      () => `/api/correspondence/${nobody}/answers`,
      () => ({ summary: 'x' }),
      404,
      '',
    ],
    [
      'an answer before the letter',
      () => `/api/correspondence/${letter.id}/answers`,
      () => ({ summary: 'x', at: '2026-06-01T09:30:00+01:00' }),
      422,
      'at',
    ],
  ];

  test.each(refusals)('%s', async (_name, path, body, status, field) => {
    const before = await events();
    const refused = await hub.as('sr-1').post<Problem>(path(), body());
    expect(refused.status, refused.text).toBe(status);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
    if (field !== '') expect(refused.body.errors?.map(({ path: at }) => at)).toContain(field);
    expect(await events()).toEqual(before);
  });

  test('what was said is append-only', async () => {
    for (const statement of [
      `update event_words set words = 'else' where event_id = '${asked.id}'`,
      `delete from event_words where event_id = '${asked.id}'`,
    ])
      await expect(hub.database.sql.unsafe(statement)).rejects.toThrow('append-only');
  });
});
