import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { refuseMet } from '../../src/cases/check-met.ts';
import { decideTasks } from '../../src/cases/decide-tasks.ts';
import type { Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { computeDeadlines } from '../../src/deadlines/compute.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import type { DeadlineRow } from '../../src/deadlines/store.ts';
import type { StandingTask } from '../../src/tasks/store.ts';
import { defendant, eventsOf, offence, registration, type Told } from './told-case.ts';

const now = '2026-06-20T12:00:00.000Z';

describe('the first day of a remand that nobody dated', () => {
  const [one] = registration.defendants;
  const undated = (chargedOn?: string): Registration => ({
    ...registration,
    defendants: [
      {
        id: defendant,
        remand: 'custody',
        offences: (one?.offences ?? []).map(({ chargedOn: _, ...charge }) => ({
          ...charge,
          ...(chargedOn === undefined ? {} : { chargedOn }),
        })),
      },
    ],
  });
  const stay = (given: Registration, ...told: Told[]) =>
    foldCase(eventsOf(given, ...told)).defendants[0]?.custody[0];

  it('is that of the charge, and without it that of the offence: the earliest that it can have been', () => {
    expect(stay(undated('2026-05-29'))?.from).toBe('2026-05-29');
    expect(stay(undated())).toMatchObject({ from: '2026-05-01' });
    expect(stay(undated())?.assumed).toContain('the day of the offence, the earliest');
  });

  it('follows the day of charge when that becomes known', () => {
    const charged = stay(undated(), ['charged', '2026-05-20']);
    expect(charged).toMatchObject({ from: '2026-05-20' });
    expect(charged?.assumed).toContain('the day of the charge');
  });

  it('gives way to the day of remand when that becomes known', () => {
    const known = stay(undated(), ['remanded', '2026-05-30']);
    expect(known).toMatchObject({ from: '2026-05-30' });
    expect(known?.assumed).toBeUndefined();
  });
});

describe('what meets a deadline once', () => {
  const ofRule = (rule: string, ...told: Told[]) =>
    computeDeadlines(foldCase(eventsOf(registration, ...told)), rules, ENGLAND_AND_WALES).find(
      (one) => one.rule === rule,
    );
  const listed = (on: string): Told => [
    'hearing-listed',
    '2026-06-02',
    { on, court: 'magistrates', courtName: 'Norwich Magistrates’ Court', type: 'first-hearing' },
  ];

  it('is a hearing before a remand runs out, and not one after it', () => {
    expect(ofRule('remand-8-28', listed('2026-06-10'))).toMatchObject({ legalDue: '2026-06-10', met: {} });
    expect(ofRule('remand-8-28', listed('2026-06-26'))).toMatchObject({ legalDue: '2026-06-10', met: null });
  });

  it('is the first plea in the Crown Court, and not each that takes its place', () => {
    const sent: Told = ['sent-to-crown-court', '2026-06-08'];
    const denied: Told = ['plea-entered', '2026-06-29', { plea: 'not-guilty' }];
    const again: Told = ['plea-entered', '2026-07-13', { plea: 'guilty' }];
    const first = ofRule('arraignment-window', sent, denied)?.met?.by;
    expect(first).toBeDefined();
    expect(ofRule('arraignment-window', sent, denied, again)?.met?.by).toBe(first);
  });
});

const limit = (over: Partial<DeadlineRow> = {}) =>
  ({
    id: 'limit',
    rule: 'ctl-eitherway-56',
    ruleVersion: 1,
    defendantId: defendant,
    offenceId: offence,
    personId: null,
    legalDue: '2026-07-27',
    state: 'pending',
    ...over,
  }) as DeadlineRow;

describe('what nobody’s word ends', () => {
  const state = foldCase(eventsOf(registration));
  const refused = (rule: string, on: string) =>
    refuseMet(limit({ rule }), on, state, now)?.errors?.map(({ path, message }) => `${path} ${message}`);

  it('is a custody time limit', () => {
    expect(refuseMet(limit(), '2026-06-10', state, now)).toMatchObject({ kind: 'conflict' });
  });

  it('is met by a person’s word for what no event shows, on a day since the offence that has come', () => {
    expect(refuseMet(limit({ rule: 'remand-8-28' }), '2026-06-10', state, now)).toBeNull();
    expect(refused('remand-8-28', '2026-04-30')).toEqual(['on is before the offence was committed']);
    expect(refused('remand-8-28', '2026-06-21')).toEqual([
      'on is in the future: only what has happened is recorded',
    ]);
  });
});

describe('a custody time limit that nobody has confirmed', () => {
  const due = '2026-07-27';
  const disputed: Told = ['custody-limit-disputed', '2026-06-03', { dueOn: due, by: 'cw-2' }];
  const decided = (deadlines: DeadlineRow[], existing: StandingTask[], ...told: Told[]) =>
    decideTasks(
      foldCase(eventsOf(registration, ...told)),
      deadlines,
      [],
      [],
      existing,
      ENGLAND_AND_WALES,
      now,
    );
  const ofLimits = (drafts: { kind: string; alwaysCritical: boolean }[]) =>
    drafts.filter(({ kind }) => kind.includes('custody-limit'));
  const stored = (draft: object | undefined, over: Partial<StandingTask> = {}) =>
    ({
      id: 'task',
      state: 'open',
      outcome: null,
      deadlineId: null,
      notFor: [],
      ...draft,
      ...over,
    }) as StandingTask;

  it('comes back after bail and another remand, also where two people had counted it differently', () => {
    const [settle] = ofLimits(decided([limit()], [], disputed).drafts);
    expect(settle?.kind).toBe('settle-custody-limit');
    const onBail = decided([limit({ state: 'withdrawn' })], [stored(settle)], disputed, [
      'bailed',
      '2026-06-04',
    ]);
    const [closed] = onBail.closings;
    const rested = stored(settle, { state: closed?.state ?? 'open', outcome: closed?.outcome ?? null });
    const again = decided(
      [limit()],
      [rested],
      disputed,
      ['bailed', '2026-06-04'],
      ['remanded', '2026-06-05'],
    );
    expect(ofLimits(again.drafts)).toMatchObject([{ kind: 'settle-custody-limit', alwaysCritical: true }]);
  });

  it('calls for a look at whether the defendant is held lawfully once it has expired', () => {
    const [confirm] = ofLimits(decided([limit()], []).drafts);
    const { closings, drafts } = decided([limit({ state: 'missed' })], [stored(confirm)]);
    expect(closings).toMatchObject([{ id: 'task', state: 'cancelled' }]);
    expect(ofLimits(drafts)).toMatchObject([{ kind: 'custody-limit-expired', alwaysCritical: true }]);
    const [expired] = ofLimits(drafts);
    const done = stored(expired, { state: 'done', outcome: 'held on another matter' });
    expect(ofLimits(decided([limit({ state: 'missed' })], [done]).drafts)).toEqual([]);
  });

  it('is still to be confirmed in a case that was closed in spite of it', () => {
    const [confirm] = ofLimits(decided([limit()], []).drafts);
    const closed = decided([limit()], [stored(confirm)], ['finalised', '2026-06-19']);
    expect(closed.closings).toEqual([]);
  });
});
