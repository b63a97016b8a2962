import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import type { MessageSaid } from '../court-results/message.ts';
import {
  blenkhurst,
  courtCase,
  effectsOf,
  tell,
  triggersOf,
  type Answer,
  type Effect,
} from './court-stage.ts';
import {
  all,
  complete,
  crimeCase,
  expectStatus,
  newUrn,
  pullKind,
  readCase,
  theft,
  type CaseJson,
  type Task,
} from './stage.ts';

type Exception = {
  id: string;
  kind: string;
  urn: string;
  caseUrn: string | null;
  choices: string[];
  facts: { results?: string[]; defendant?: string };
  state: string;
};
type Decided = { exception: Exception; effects: Effect[] };

describe('a result of the court that somebody has to settle', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
  });
  afterAll(() => hub.close());
  const feed = () => hub.as('feed-1');
  const senior = () => hub.as('sr-1');
  const on = '2026-04-20';
  const exceptionOf = ({ effects }: Answer, kind: string): Effect => {
    const found = effects.find((effect) => effect.kind === 'exception' && effect.what === kind);
    if (!found) throw new Error(`no exception ${kind} among ${JSON.stringify(effects)}`);
    return found;
  };
  const decide = (id: string, choice: Record<string, unknown>) =>
    expectStatus(200, senior().post<Decided>(`/api/court-exceptions/${id}/decision`, choice));
  const open = async () => (await all<Exception>(senior(), '/api/court-exceptions')).map(({ id }) => id);
  const taskOf = (made: CaseJson, id: string | undefined): Task | undefined =>
    made.tasks.find((task) => task.subject['exception'] === id);
  const imprisoned = { offences: [{ plea: '1', finding: 'G', isFinal: true, results: [{ code: 1002 }] }] };

  test('of a case that is not known: its triggers are raised all the same, and join the case that is created', async () => {
    const urn = newUrn();
    const answer = await tell(feed(), { urn, on, defendants: [imprisoned] });
    expect(answer.caseUrn).toBe(urn);
    expect(triggersOf(answer)).toEqual(['TRPR0006']);
    const { id } = exceptionOf(answer, 'unknown-case');
    expect(await open()).toContain(id);
    const queue = await all<Task>(hub.as('cw-1'), '/api/caseworkers/cw-1/queue');
    expect(queue.filter(({ caseUrn }) => caseUrn === null).map(({ title }) => title)).toEqual(
      expect.arrayContaining(['TRPR0006 Imprisoned', 'A court result for a case that is not known here']),
    );
    const again = await tell(feed(), { urn, on: '2026-04-13', defendants: [{ offences: [{ plea: '1' }] }] });
    expect(effectsOf(again, 'exception')).toEqual([]);

    const body = crimeCase({ urn, receivedAt: '2026-02-12T09:00:00Z', defendants: [blenkhurst()] });
    const made = await expectStatus(201, senior().post<CaseJson>('/api/cases', body));
    expect(made.defendants[0]?.offences[0]?.code).toBe('TH68006');
    const after = await readCase(senior(), urn);
    expect(after.tasks.filter(({ title }) => title === 'TRPR0006 Imprisoned')).toHaveLength(1);
    expect(after.tasks.find(({ title }) => title === 'TRPR0006 Imprisoned')?.assignee).toBe(after.caseworker);
    expect(taskOf(after, id)).toMatchObject({ state: 'done', outcome: 'linked' });
    expect(after.tasks.map(({ kind }) => kind)).toContain('finalise-case');
    expect(await open()).not.toContain(id);
  });

  test('of a case of another URN: it is linked, and so is what comes later', async () => {
    const { urn } = await courtCase(senior());
    const other = newUrn();
    const { id } = exceptionOf(
      await tell(feed(), { urn: other, on, defendants: [{ offences: [{ plea: '2' }] }] }),
      'unknown-case',
    );
    await expectStatus(
      422,
      senior().post(`/api/court-exceptions/${id}/decision`, { choice: 'link', to: '21AB9999999' }),
    );
    const { exception, effects } = await decide(id, { choice: 'link', to: urn });
    expect(exception).toMatchObject({ state: 'settled', caseUrn: urn });
    expect(effects.map(({ what }) => what)).toContain('plea-entered');
    await expectStatus(
      409,
      senior().post(`/api/court-exceptions/${id}/decision`, { choice: 'link', to: urn }),
    );
    const later = await tell(feed(), {
      urn: other,
      on,
      sentAt: '2026-04-20T20:00:00Z',
      court: 'B01LY00',
      defendants: [{ bail: 'C' }],
    });
    expect(effectsOf(later, 'event')).toContain('remanded');
  });

  test('of no case of this hub: it is rejected with its tasks, and another message asks again', async () => {
    const urn = newUrn();
    const { id } = exceptionOf(await tell(feed(), { urn, on, defendants: [imprisoned] }), 'unknown-case');
    await decide(id, { choice: 'reject', reason: 'of another force' });
    const queue = await all<Task>(hub.as('cw-1'), '/api/caseworkers/cw-1/queue');
    expect(queue.filter(({ subject }) => subject['urn'] === urn)).toEqual([]);
    const again = await tell(feed(), { urn, on: '2026-04-13', defendants: [imprisoned] });
    expect(exceptionOf(again, 'unknown-case').id).toBe(id);
    expect(triggersOf(again)).toEqual(['TRPR0006']);
    // Its work is a caseworker's like any other; the question itself is done by choosing alone.
    const caseworker = hub.as('cw-1');
    const question = await pullKind(caseworker, 'cw-1', 'court-exception');
    const body = { claim: question.claim?.token, outcome: 'done' };
    await expectStatus(409, caseworker.post(`/api/tasks/${question.id}/complete`, body));
    let trigger = await pullKind(caseworker, 'cw-1', 'court-trigger');
    for (; trigger.caseUrn !== null; trigger = await pullKind(caseworker, 'cw-1', 'court-trigger'))
      await complete(caseworker, trigger);
    expect((await complete(caseworker, trigger)).state).toBe('done');
  });

  test('of a defendant under another name, and of a charge that does not match: somebody says which', async () => {
    const charges = ['2026-02-01', '2026-02-02'].map((committedOn) =>
      theft({ committedOn, chargedOn: '2026-02-10' }),
    );
    const { urn, defendants } = await courtCase(senior(), {
      defendants: [blenkhurst({ offences: charges })],
    });
    const said = { given: 'O', family: 'Blenk', offences: [{ sequence: 9, committedOn: '', plea: '2' }] };
    const answer = await tell(feed(), { urn, on, defendants: [said] });
    const exception = exceptionOf(answer, 'unknown-defendant');
    const read = await expectStatus(
      200,
      senior().get<{ results: { defendants: { name: string }[] }[] }>(
        `/api/court-exceptions/${exception.id}`,
      ),
    );
    expect(read.results[0]?.defendants[0]?.name).toBe('O Blenk');
    const task = taskOf(await readCase(senior(), urn), exception.id);
    expect(task?.because.join()).toContain('No defendant of the case has this name and date of birth');
    const linked = await decide(exception.id, { choice: 'link', to: defendants[0]?.id });
    const charge = linked.effects.find(({ what }) => what === 'unknown-offence');
    expect(charge?.code).toBe('HO100304');
    const offence = defendants[0]?.offences[1]?.id;
    const settled = await decide(charge?.id ?? '', { choice: 'link', to: offence });
    expect(settled.effects.map(({ what }) => what)).toContain('plea-entered');
    expect(await open()).not.toContain(charge?.id);
    // A task like that is done by choosing, and by nothing else; the case goes on without it meanwhile.
    expect(taskOf(await readCase(senior(), urn), charge?.id)?.state).toBe('done');
  });

  test('of a next hearing before the hearing: the right day is given, and no other wrong one', async () => {
    const { urn } = await courtCase(senior());
    const results = [{ code: 4506, next: { on: '2026-04-02' } }];
    const answer = await tell(feed(), { urn, on, defendants: [{ offences: [{ plea: '2', results }] }] });
    expect(effectsOf(answer, 'event')).toContain('plea-entered');
    const { id, code } = exceptionOf(answer, 'next-hearing');
    expect(code).toBe('HO100102');
    const { body } = await senior().get<{ about: { name: string } }>(`/api/court-exceptions/${id}`);
    expect(body.about.name).toBe('Bad Date');
    for (const value of ['2026-04-19', '2026-02-31'])
      await expectStatus(
        422,
        senior().post(`/api/court-exceptions/${id}/decision`, { choice: 'correct', value }),
      );
    await expectStatus(422, senior().post(`/api/court-exceptions/${id}/decision`, { choice: 'accept' }));
    await decide(id, { choice: 'correct', value: '2026-05-02' });
    expect((await readCase(senior(), urn)).hearings.map((one) => one.on)).toEqual(['2026-05-02']);
  });

  test('because two differ and neither is newer: the one that is kept stands', async () => {
    const { urn } = await courtCase(senior());
    const said = (plea: string): MessageSaid => ({ urn, on, defendants: [{ offences: [{ plea }] }] });
    await tell(feed(), said('1'));
    const tie = exceptionOf(await tell(feed(), said('2')), 'tie');
    const pleas = async () => (await readCase(senior(), urn)).defendants[0]?.offences[0]?.plea ?? null;
    const before = await pleas();
    const { facts } = await expectStatus(200, senior().get<Exception>(`/api/court-exceptions/${tie.id}`));
    const { effects } = await decide(tie.id, { choice: 'keep', result: facts.results?.[0] });
    expect(effects.map(({ what }) => what)).toContain('plea-entered');
    expect([before, await open()]).toEqual([null, expect.not.arrayContaining([tie.id])]);
  });

  test('because another body came under the same id: nothing of it is done until somebody accepts it', async () => {
    const { urn } = await courtCase(senior());
    const said = (plea: string, sentAt: string): MessageSaid => ({
      id: `same-${urn}`,
      urn,
      on,
      sentAt,
      defendants: [{ offences: [{ plea }] }],
    });
    const first = await tell(feed(), said('2', '2026-04-20T10:00:00Z'));
    const second = await tell(feed(), said('1', '2026-04-20T11:00:00Z'));
    expect(second.effects.map(({ what }) => what)).toEqual(['same-id']);
    expect(await tell(feed(), said('2', '2026-04-20T10:00:00Z'))).toEqual(first);
    expect(await tell(feed(), said('1', '2026-04-20T11:00:00Z'))).toEqual(second);
    const { effects } = await decide(exceptionOf(second, 'same-id').id, { choice: 'accept' });
    expect(effects.filter(({ what }) => what === 'plea-entered').map(({ change }) => change)).toEqual([
      'superseded',
    ]);
  });

  test('is nobody’s who may not see the case', async () => {
    const { urn } = await courtCase(senior(), { restricted: true, visibleTo: ['sr-1'] });
    const answer = await tell(feed(), { urn, on, defendants: [{ family: 'Hereabout' }] });
    const { id } = exceptionOf(answer, 'unknown-defendant');
    for (const client of [hub.as('cw-1'), hub.as('sr-2')]) {
      expect((await client.get(`/api/court-exceptions/${id}`)).status).toBe(404);
      expect(
        (await client.post(`/api/court-exceptions/${id}/decision`, { choice: 'reject', reason: 'no' }))
          .status,
      ).toBe(404);
      expect((await all<Exception>(client, '/api/court-exceptions')).map((one) => one.id)).not.toContain(id);
    }
    const missing = await senior().get('/api/court-exceptions/7e9b1f6e-0000-4000-8000-000000000000');
    expect(missing.status).toBe(404);
  });
});
