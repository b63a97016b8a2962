import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { decisionSchema } from '../../src/http/api/decision-json.ts';
import type { Client } from '../support/client.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { tasksOf } from './correspondence-stage.ts';
import { create, expectStatus, pullKind, record, victim, type CaseJson, type Page } from './stage.ts';

type Decision = z.input<typeof decisionSchema>;
type Problem = { errors?: { path: string }[]; detail: string };

const rationale = {
  information: 'Orla Squibbleworth says that she was followed home; the camera was not working',
  threatAndRisk: 'Barnaby Wigglethrope knows her address: risk of contact before trial',
  powersAndPolicy: 'Bail Act 1976 s.3(8); the force’s policy on stalking',
  options: 'Ask for a condition, ask for a remand, do nothing and keep in touch',
  action: 'Ask the prosecutor for a condition of no contact; the officer tells her today',
  ethics: 'Respect and public service: what is asked is no more than she needs to be safe',
};
const decisionBody = (over: Record<string, unknown> = {}) => ({
  about: 'bail',
  decision: 'Ask for Barnaby Wigglethrope to be kept away from her street',
  rationale,
  ...over,
});

describe('decisions under the National Decision Model', () => {
  let hub: WholeHub;
  beforeAll(async () => {
    hub = await startWholeHub({ backend: 'postgres', now: '2026-06-02T10:00:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const decide = (made: CaseJson, over: Record<string, unknown> = {}, client: Client = senior()) =>
    client.post<Decision>(`/api/cases/${made.urn}/decisions`, decisionBody(over));
  const list = async (made: CaseJson, query = '') =>
    (
      await expectStatus(
        200,
        senior().get<Page<Decision>>(`/api/cases/${made.urn}/decisions?limit=100${query}`),
      )
    ).items;

  test('a decision stands with its reasons by heading, by whom and when, and in the timeline without its words', async () => {
    const made = await create(senior(), { victims: [victim()] });
    const taken = await expectStatus(201, decide(made, { decidedBy: 'Inspector Fennimore' }));
    expect(taken).toMatchObject({
      about: 'bail',
      decidedBy: 'Inspector Fennimore',
      state: 'stands',
      recordedBy: 'sr-1',
      authority: { provision: 'National decision model' },
    });
    expect(taken.at.slice(0, 10)).toBe('2026-06-02');
    expect(taken.rationale.map(({ title }) => title)).toEqual([
      'Gather information and intelligence',
      'Assess threat and risk and develop a working strategy',
      'Consider powers and policy',
      'Identify options and contingencies',
      'Take action and review what happened',
      'Code of Ethics',
    ]);
    expect(taken.rationale[1]?.words).toBe(rationale.threatAndRisk);
    const timeline = await expectStatus(
      200,
      senior().get<Page<{ title: string; event?: { id: string; data: unknown } }>>(
        `/api/cases/${made.urn}/timeline`,
      ),
    );
    const entry = timeline.items.find(({ event }) => event?.id === taken.id);
    expect(entry).toMatchObject({ title: 'Decision recorded', event: { data: { about: 'bail' } } });
    expect(await hub.problems()).toEqual([]);
  });

  test('one that is to be looked at again is a task of that day, which only a decision that reviews it completes', async () => {
    const made = await create(senior(), { restricted: true, visibleTo: ['cw-1', 'sr-1'] });
    const first = await expectStatus(201, decide(made, { reviewOn: '2026-06-05' }));
    await hub.moveTo('2026-06-05');
    const task = await pullKind(hub.as('cw-1'), 'cw-1', 'review-decision', made.urn);
    const done = { claim: task.claim?.token, outcome: 'done' };
    const refused = await expectStatus(409, hub.as('cw-1').post(`/api/tasks/${task.id}/complete`, done));
    expect(refused['detail']).toMatch(/record a decision that reviews it/);

    const kept = await expectStatus(
      201,
      decide(made, { reviews: first.id, outcome: 'stands', reviewOn: '2026-06-12' }),
    );
    expect(await tasksOf(senior(), made, first.id)).toMatchObject([{ state: 'done', outcome: 'recorded' }]);
    const over = await expectStatus(201, decide(made, { reviews: kept.id, outcome: 'replaced' }));
    expect(await tasksOf(senior(), made, kept.id)).toMatchObject([{ state: 'done' }]);
    expect((await list(made)).map(({ id, state }) => [id, state])).toEqual([
      [over.id, 'stands'],
      [kept.id, 'replaced'],
      [first.id, 'stands'],
    ]);
    await expectStatus(409, decide(made, { reviews: kept.id, outcome: 'stands' }));

    await record(senior(), made.urn, { type: 'correction', on: '2026-06-05', supersedes: over.id });
    expect((await list(made, '&state=taken-back')).map(({ id }) => id)).toEqual([over.id]);
    expect((await tasksOf(senior(), made, kept.id)).map(({ state }) => state).sort()).toEqual([
      'deferred',
      'done',
    ]);
    for (const stranger of ['cw-2', 'sr-2']) {
      expect((await hub.as(stranger).get(`/api/cases/${made.urn}/decisions`)).status).toBe(404);
      expect((await decide(made, {}, hub.as(stranger))).status).toBe(404);
    }
    expect(await hub.problems()).toEqual([]);
  });

  test('what contradicts itself is refused by field, and nothing of it is kept', async () => {
    const [made, other] = [await create(senior()), await create(senior())];
    const elsewhere = await expectStatus(201, decide(other));
    const { options: _, ...short } = rationale;
    const wrong: [Record<string, unknown>, string[]][] = [
      [{ rationale: short }, ['rationale.options']],
      [{ at: '2026-07-01T09:00:00+01:00' }, ['at']],
      [{ reviewOn: '2026-06-01' }, ['reviewOn']],
      [{ outcome: 'stands' }, ['reviews']],
      [{ reviews: elsewhere.id }, ['outcome', 'reviews']],
    ];
    for (const [over, paths] of wrong) {
      const reply = await decide(made, over);
      expect(reply.status, reply.text).toBe(422);
      expect((reply.body as unknown as Problem).errors?.map(({ path }) => path)).toEqual(paths);
    }
    expect((await decide(made, {}, hub.as('cw-5'))).status).toBe(403);
    expect((await decide(made, {}, hub.as('feed-1'))).status).toBe(403);
    expect(await list(made)).toEqual([]);
    expect(await hub.problems()).toEqual([]);
  });
});
