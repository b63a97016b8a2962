import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import { bareMessage, message, type MessageSaid } from '../court-results/message.ts';
import { blenkhurst, courtCase, effectsOf, post, tell, triggersOf, type Answer } from './court-stage.ts';
import { expectStatus, finaliseAsItIs, newUrn, ofRule, readCase, theft } from './stage.ts';

describe('a result of the court', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
  });
  afterAll(() => hub.close());
  const feed = () => hub.as('feed-1');
  const senior = () => hub.as('sr-1');
  const timeline = async (urn: string) =>
    (
      await expectStatus(
        200,
        senior().get<{ items: { title: string }[] }>(`/api/cases/${urn}/timeline?limit=100`),
      )
    ).items;
  const remanded = {
    bail: 'C',
    offences: [
      { plea: '2', results: [{ code: 4028, next: { on: '2026-05-18', reason: 'for trial', bail: 'C' } }] },
    ],
  };

  test('moves deadlines, starts the custody clock, lists the hearing, owes the victim a call and makes the triggers’ work', async () => {
    const { urn } = await courtCase(senior());
    const answer = await tell(feed(), { urn, on: '2026-04-20', defendants: [remanded] });
    expect(answer.caseUrn).toBe(urn);
    expect(effectsOf(answer, 'event').sort()).toEqual([
      'court-result-received',
      'hearing-listed',
      'plea-entered',
      'remanded',
    ]);
    expect(effectsOf(answer, 'exception')).toEqual([]);
    expect(effectsOf(answer, 'contact')).toEqual(
      expect.arrayContaining(['vc-bail-hearing', 'vc-hearing-date']),
    );
    expect(triggersOf(answer)).toEqual(['TRPR0005']);
    const after = await readCase(senior(), urn);
    expect(after.hearings.map(({ on, at, type, court }) => [on, at, type, court])).toEqual([
      ['2026-05-18', '14:00', 'trial', 'magistrates'],
    ]);
    // 70 days from the day after Monday 20 April end on Monday 29 June: SI 1987/299 reg 4(2).
    expect(ofRule(after.deadlines, 'ctl-eitherway-70').legalDue).toBe('2026-06-29');
    const task = after.tasks.find(({ title }) => title === 'TRPR0005 Remand in custody');
    expect(task?.subject).toMatchObject({ trigger: 'TRPR0005', hearingOn: '2026-04-20' });
    expect(task?.because.join()).toContain('4028 Remand In Custody');
    expect(after.contacts.map(({ reason }) => reason)).toContain('bail');
  });

  test('that comes again gives the same answer and changes nothing', async () => {
    const { urn } = await courtCase(senior());
    const said: MessageSaid = { id: 'CID-again', urn, on: '2026-04-20', defendants: [remanded] };
    const first = await tell(feed(), said);
    const essence = async () => {
      const { version, hearings, deadlines, tasks } = await readCase(senior(), urn);
      return { version, hearings, deadlines, tasks };
    };
    const before = await essence();
    const many = await Promise.all([tell(feed(), said), tell(feed(), said), tell(feed(), said)]);
    expect(many).toEqual([first, first, first]);
    expect(many.map((one) => JSON.stringify(one))).toEqual(many.map(() => JSON.stringify(first)));
    expect(await essence()).toEqual(before);
    const bare = await expectStatus(202, post(feed(), bareMessage(said)));
    expect(effectsOf(bare as Answer, 'event')).toEqual([]);
    expect(await expectStatus(202, post(feed(), bareMessage(said)))).toEqual(bare);
  });

  test('whose copies arrive at the same moment takes effect once', async () => {
    const { urn } = await courtCase(senior());
    const said: MessageSaid = { id: 'CID-at-once', urn, on: '2026-04-20', defendants: [remanded] };
    const [one, ...others] = await Promise.all(Array.from({ length: 4 }, () => tell(feed(), said)));
    expect(others).toEqual([one, one, one]);
    const titles = (await timeline(urn)).map(({ title }) => title);
    expect(titles.filter((title) => title === 'Remanded in custody')).toHaveLength(1);
  });

  test('that is corrected takes back what was wrong, and what hangs on it, and nothing else', async () => {
    const two = [
      theft({ committedOn: '2026-02-01', chargedOn: '2026-02-10' }),
      theft({ committedOn: '2026-02-02', chargedOn: '2026-02-10' }),
    ];
    const { urn } = await courtCase(senior(), { defendants: [blenkhurst({ offences: two })] });
    const said = (sentAt: string, offences: NonNullable<MessageSaid['defendants']>[number]['offences']) =>
      tell(feed(), { urn, on: '2026-04-20', sentAt, defendants: [{ bail: 'B', offences }] });
    const listed = (on: string) => [{ code: 4027, next: { on } }];
    await said('2026-04-20T17:00:00Z', [
      { committedOn: '2026-02-01', plea: '2', results: listed('2026-05-18') },
      { committedOn: '2026-02-02', plea: '2', results: listed('2026-05-18') },
    ]);
    const hearing = (await readCase(senior(), urn)).hearings[0]?.id;
    const corrected = await said('2026-04-21T09:00:00Z', [
      { committedOn: '2026-02-01', plea: '1', results: listed('2026-05-19') },
      { committedOn: '2026-02-02', plea: '2', results: listed('2026-05-19') },
    ]);
    expect(
      corrected.effects
        .filter(({ kind }) => kind === 'event')
        .map(({ what, change }) => `${what} ${change}`)
        .sort(),
    ).toEqual(['hearing-listed superseded', 'plea-entered superseded']);
    const after = await readCase(senior(), urn);
    expect(after.hearings.map(({ id, on }) => [id, on])).toEqual([[hearing, '2026-05-19']]);
    // A day late, the older word changes nothing.
    const stale = await said('2026-04-20T18:00:00Z', [{ committedOn: '2026-02-01', plea: '2' }]);
    expect(stale.effects).toEqual([]);
  });

  test('in any order gives the same case', async () => {
    const messages = (urn: string): MessageSaid[] => [
      { urn, on: '2026-03-02', defendants: [remanded] },
      {
        urn,
        on: '2026-03-16',
        sentAt: '2026-03-16T17:00:00Z',
        defendants: [
          { bail: 'B', offences: [{ plea: '2', results: [{ code: 4027, next: { on: '2026-04-20' } }] }] },
        ],
      },
      {
        urn,
        on: '2026-03-16',
        sentAt: '2026-03-17T17:00:00Z',
        defendants: [
          { bail: 'U', offences: [{ plea: '2', results: [{ code: 4047, next: { on: '2026-04-13' } }] }] },
        ],
      },
      {
        urn,
        on: '2026-04-13',
        defendants: [
          {
            bail: 'A',
            offences: [{ plea: '1', finding: 'G', isFinal: true, results: [{ code: 1116 }, { code: 3070 }] }],
          },
        ],
      },
    ];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1, 2, 2],
      [1, 3, 0, 2],
    ];
    const cases = [];
    for (const order of orders) {
      const { urn } = await courtCase(senior());
      for (const i of order) await tell(feed(), { ...messages(urn)[i], id: `${urn}-${i}` });
      const { deadlines, hearings, tasks, state } = await readCase(senior(), urn);
      cases.push({
        deadlines: deadlines
          .filter((one) => one.state !== 'withdrawn')
          .map(({ rule, legalDue, state }) => `${rule} ${legalDue} ${state}`)
          .sort(),
        hearings: hearings.map(({ on, type }) => `${on} ${type}`).sort(),
        tasks: tasks
          .filter((one) => one.state === 'open' && one.kind.startsWith('court-'))
          .map(({ title }) => title)
          .sort(),
        state,
      });
    }
    for (const one of cases) expect(one).toEqual(cases[0]);
    expect(cases[0]?.tasks).toEqual(['TRPR0001 Disqualified driver', 'TRPR0005 Remand in custody']);
  });

  test('of a hundred offences is taken in whole', async () => {
    const offences = Array.from({ length: 100 }, () =>
      theft({ committedOn: '2026-02-01', chargedOn: '2026-02-10' }),
    );
    const { urn } = await courtCase(senior(), {
      defendants: [
        blenkhurst({ offences: offences.slice(0, 50) }),
        blenkhurst({ name: 'Perdita Squillhampton', offences: offences.slice(50) }),
      ],
    });
    const said = Array.from({ length: 50 }, () => ({
      plea: '1',
      finding: 'G',
      isFinal: true,
      results: [{ code: 1015, text: 'Fined' }],
    }));
    const answer = await tell(feed(), {
      urn,
      on: '2026-04-20',
      defendants: [{ offences: said }, { given: 'Perdita', family: 'Squillhampton', offences: said }],
    });
    expect(effectsOf(answer, 'exception')).toEqual([]);
    const events = effectsOf(answer, 'event');
    for (const type of ['plea-entered', 'convicted', 'sentenced'])
      expect(events.filter((one) => one === type)).toHaveLength(100);
    expect(effectsOf(answer, 'task')).toContain('finalise-case');
  });

  test('of several cases takes effect in each', async () => {
    const [one, other] = [await courtCase(senior()), await courtCase(senior())];
    const answer = await tell(feed(), {
      urn: one.urn,
      on: '2026-04-20',
      defendants: [remanded],
      also: [{ urn: other.urn, defendants: [remanded] }],
    });
    const remands = answer.effects.filter(({ what }) => what === 'remanded').map(({ caseUrn }) => caseUrn);
    expect(remands.sort()).toEqual([one.urn, other.urn].sort());
  });

  test('that comes after the case is closed brings it back, as a late appeal does; another event does not', async () => {
    const { urn } = await courtCase(senior());
    const finalise = () => finaliseAsItIs(senior(), urn, '2026-04-20');
    const end = { offences: [{ plea: '1', finding: 'G', isFinal: true, results: [{ code: 1015 }] }] };
    await tell(feed(), { urn, id: 'CID-end', on: '2026-04-13', defendants: [end] });
    await finalise();
    await tell(feed(), { urn, id: 'CID-end', on: '2026-04-13', defendants: [end] });
    expect((await readCase(senior(), urn)).state).toBe('finalised');
    await expectStatus(
      409,
      senior().post(`/api/cases/${urn}/events`, { type: 'trial-started', on: '2026-04-20' }),
    );
    const late = await tell(feed(), {
      urn,
      on: '2026-04-20',
      defendants: [{ offences: [{ results: [{ code: 3070 }] }] }],
    });
    expect(triggersOf(late)).toEqual(['TRPR0001']);
    expect((await readCase(senior(), urn)).state).toBe('open');
    await finalise();
    await expectStatus(
      201,
      senior().post(`/api/cases/${urn}/events`, {
        type: 'appeal-lodged',
        on: '2026-04-15',
        data: { against: 'sentence' },
      }),
    );
    const back = await readCase(senior(), urn);
    expect(back.state).toBe('open');
    expect(back.tasks.find(({ title }) => title.startsWith('TRPR0001'))?.state).toBe('open');
    expect((await timeline(urn)).map(({ title }) => title)).toContain('Case reopened');
    await expectStatus(
      422,
      senior().post(`/api/cases/${urn}/events`, {
        type: 'reopened',
        on: '2026-04-20',
        data: { why: 'by mistake' },
      }),
    );
  });

  test('is for the feed alone, and names nobody outside of what it keeps of them', async () => {
    const { urn } = await courtCase(senior(), { urn: newUrn() });
    await tell(feed(), { urn, on: '2026-04-20', defendants: [remanded] });
    for (const id of ['cw-1', 'sr-1', 'admin-1', 'audit-1'])
      expect((await post(hub.as(id), message())).status).toBe(403);
    expect((await post(hub.anyone, message())).status).toBe(401);
    const [row] = await hub.hub.db.execute<{ text: string }>(sql`
      select concat((select json_agg(e) from case_events e), (select json_agg(t) from tasks t), (select json_agg(h) from history h),
        (select json_agg(r) from court_refusals r), (select json_agg(x) from court_exceptions x), (select json_agg(d) from deadlines d)) as text`);
    expect(row?.text).not.toMatch(/Blenkhurst|Squillhampton|Hereabout/i);
  });
});
