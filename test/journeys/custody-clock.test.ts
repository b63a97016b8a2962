import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  complete,
  create,
  defendant,
  expectStatus,
  messagesTo,
  ofRule,
  pull,
  pullKind,
  readCase,
  record,
  rulesOf,
  type CaseJson,
  type Message,
  type Page,
  type Task,
} from './stage.ts';

describe.each(backends)('a custody time limit, on %s', (backend) => {
  let hub: WholeHub;
  let made: CaseJson;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-02T09:30:00+01:00' });
    made = await create(hub.as('sr-1'), {
      defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
    });
  });
  afterAll(() => hub.close());

  const cw = () => made.caseworker ?? '';
  const mine = () => hub.as(cw());
  const now = () => readCase(mine(), made.urn);
  const confirmations = ({ tasks }: CaseJson) =>
    tasks
      .filter(({ kind }) => kind === 'confirm-custody-limit')
      .map(({ state, dueAt }) => `${state} ${dueAt.slice(0, 10)}`);

  test('is critical until somebody has confirmed it', async () => {
    expect(ofRule(made.deadlines, 'ctl-eitherway-56')).toMatchObject({ legalDue: '2026-07-28' });
    expect(ofRule(made.deadlines, 'ctl-eitherway-70')).toMatchObject({ legalDue: '2026-08-11' });
    const queue = await expectStatus(
      200,
      mine().get<Page<Task> & { counts: Record<string, number> }>(`/api/caseworkers/${cw()}/queue`),
    );
    expect(queue.items[0]).toMatchObject({ kind: 'confirm-custody-limit', band: 'critical' });
    expect(queue.counts['critical']).toBe(1);
    const task = await pull(mine(), cw());
    expect(task.id).toBe(queue.items[0]?.id);
    await complete(mine(), task, 'confirmed');
    expect(confirmations(await now())).toEqual(['done 2026-07-28']);
  });

  test('stops with bail, and goes on from where it was with a second remand', async () => {
    await hub.moveTo('2026-06-12');
    const bailed = await record(mine(), made.urn, { type: 'bailed', on: '2026-06-12' });
    expect(rulesOf(bailed.withdrawn).filter((rule) => rule.startsWith('ctl'))).toEqual([
      'ctl-eitherway-56',
      'ctl-eitherway-70',
    ]);

    await hub.moveTo('2026-07-01');
    const again = await record(mine(), made.urn, { type: 'remanded', on: '2026-07-01' });
    // Ten days were used, 3 to 12 June; 1 July is the eleventh. Saturdays 15 and 29 August roll back.
    expect(ofRule(again.added, 'ctl-eitherway-56')).toMatchObject({
      legalDue: '2026-08-14',
      state: 'pending',
    });
    expect(ofRule(again.added, 'ctl-eitherway-70')).toMatchObject({ legalDue: '2026-08-28' });
    expect((await now()).defendants[0]?.custody).toEqual([
      { from: '2026-06-02', to: '2026-06-12' },
      { from: '2026-07-01', to: null },
    ]);
    // The new date has not been confirmed by anybody.
    expect(confirmations(await now()).sort()).toEqual(['done 2026-07-28', 'open 2026-08-14']);
    expect(await hub.problems()).toEqual([]);
  });

  test('gives way to that of the Crown Court, which takes off the days that were used', async () => {
    await hub.moveTo('2026-07-08');
    const sent = await record(mine(), made.urn, { type: 'sent-to-crown-court', on: '2026-07-08' });
    expect(rulesOf(sent.withdrawn)).toEqual(expect.arrayContaining(['ctl-eitherway-56', 'ctl-eitherway-70']));
    // 18 days were used: 164 are left from 8 July; Saturday 19 December rolls back.
    expect(ofRule(sent.added, 'ctl-crown-182')).toMatchObject({ legalDue: '2026-12-18' });
    expect(confirmations(await now()).sort()).toEqual([
      'cancelled 2026-08-14',
      'done 2026-07-28',
      'open 2026-12-18',
    ]);
    expect(await hub.problems()).toEqual([]);
  });

  test('is written of to the caseworker at every step, to the seniors when it is due, and to both when it is missed', async () => {
    const aboutLimit = ({ subject, caseUrns }: Message) =>
      caseUrns.includes(made.urn) && /[Cc]ustody time limit, charge|[Cc]ustody time limit/.test(subject);
    const sentTo = async (who: string) =>
      (await messagesTo(mine(), who))
        .filter(aboutLimit)
        .map(({ subject, at }) => `${subject.split(':')[0]} ${at.slice(0, 16)}`);
    await hub.moveTo('2026-12-18', '07:30');
    const warned = await sentTo(cw());
    expect(warned.length).toBeGreaterThanOrEqual(2);
    expect(warned.every((line) => line.startsWith('Coming up'))).toBe(true);
    expect(await sentTo('sr-1')).toEqual([]);

    await hub.moveTo('2026-12-18', '09:00');
    expect((await sentTo(cw())).at(-1)).toBe('Due today 2026-12-18T08:00');
    expect(await sentTo('sr-1')).toEqual(['Due today 2026-12-18T08:00']);
    expect(await messagesTo(mine(), 'sr-2')).toEqual([]);
    const task = await pull(mine(), cw());
    expect(task).toMatchObject({ band: 'critical', consequence: 'limit' });

    await hub.moveTo('2026-12-19', '00:30');
    expect((await sentTo(cw())).at(-1)).toBe('Missed 2026-12-19T00:00');
    expect((await sentTo('sr-1')).at(-1)).toBe('Missed 2026-12-19T00:00');
    expect(ofRule((await now()).deadlines, 'ctl-crown-182').state).toBe('missed');
    // Nobody had confirmed it: there is nothing to confirm any more, and something to find out at once.
    expect(confirmations(await now())).toContain('cancelled 2026-12-18');
    const expired = await pullKind(mine(), cw(), 'custody-limit-expired', made.urn);
    expect(expired.band).toBe('critical');
    const path = `/api/deadlines/${ofRule((await now()).deadlines, 'ctl-crown-182').id}/met`;
    await expectStatus(409, mine().post(path, { on: '2026-12-18', note: 'I do not want to see it' }));
    expect((await complete(mine(), expired, 'the court has released the defendant')).state).toBe('done');
    expect(await hub.problems()).toEqual([]);
  });
});
