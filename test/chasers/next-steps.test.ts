import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { isBusinessDay } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import { businessDaysApart, isOpen } from '../../src/chasers/business-hours.ts';
import { defaultLadder, levels, type ChaseContext } from '../../src/chasers/ladder.ts';
import { nextSteps, type ChaseStep, type SentStep } from '../../src/chasers/next-steps.ts';
import { planSteps, readPlan, writePlan, type Plan } from '../../src/chasers/plan-steps.ts';
import { contextAround, day, ladder, moment } from './ladder-days.ts';

const calm: ChaseContext = { inCustody: false, custodyLimit: null, timeLimit: null, nextHearing: null };
const plan = (dueOn: string, context = calm) => planSteps(dueOn, context, defaultLadder, calendar);
const say = (steps: readonly ChaseStep[]) =>
  steps.map(({ step, fireAt }) => `${step} ${fireAt.slice(0, 16)}`);
const at = (on: string, time: string) => instantAt(on, time);

/** Something owed, seen at a moment, whatever was sent of it and however long it is held. */
const seen = fc.tuple(day, ladder).chain(([dueOn, theLadder]) =>
  fc.record({
    dueOn: fc.constant(dueOn),
    plan: contextAround(dueOn).map((context): Plan => planSteps(dueOn, context, theLadder, calendar)),
    now: fc.oneof(
      moment,
      fc
        .tuple(fc.integer({ min: -20, max: 40 }), fc.integer({ min: 0, max: 23 }))
        .map(([days, hour]) => at(addDays(dueOn, days), `${String(hour).padStart(2, '0')}:30`)),
    ),
    heldUntil: fc.option(fc.integer({ min: -10, max: 30 }).map((days) => addDays(dueOn, days))),
  }),
);

/** Everything that is sent of a plan when each step is carried out at its time, or some days late. */
function carryOut(of: Plan, heldUntil: string | null, start: string, lateBy: readonly number[]): SentStep[] {
  const sent: SentStep[] = [];
  let now = start;
  for (let i = 0; i < 40; i++) {
    const [next] = nextSteps(of, sent, heldUntil, calendar, now);
    if (next === undefined) return sent;
    const late = lateBy[i] ?? 0;
    const on = late === 0 ? next.fireAt : at(addDays(civilDateOf(next.fireAt), late), '12:00');
    now = on;
    sent.push({ step: next.step, level: next.level, on: civilDateOf(on) });
  }
  throw new Error('it never ends');
}

describe('the steps of a ladder', () => {
  test('come at 08:00 on business days, or at once in business hours, and never in the past', () => {
    fc.assert(
      fc.property(seen, ({ plan: of, now, heldUntil }) => {
        for (const { fireAt } of nextSteps(of, [], heldUntil, calendar, now)) {
          expect(fireAt >= now).toBe(true);
          expect(isOpen(fireAt, calendar)).toBe(true);
          if (fireAt !== now) expect(fireAt).toBe(at(civilDateOf(fireAt), '08:00'));
          if (heldUntil !== null && heldUntil > civilDateOf(now))
            expect(civilDateOf(fireAt) >= heldUntil).toBe(true);
        }
      }),
    );
  });

  test('come in order, each once, whatever is late or held, and end with a decision', () => {
    const late = fc.array(fc.constantFrom(0, 0, 0, 1, 3, 9), { maxLength: 10 });
    fc.assert(
      fc.property(seen, late, ({ plan: of, now, heldUntil }, lateBy) => {
        const all = carryOut(of, heldUntil, now, lateBy);
        const sent = all.filter(({ step }) => step !== 'critical');
        const places = sent.map(({ step }) => of.steps.findIndex((one) => one.step === step));
        expect([...new Set(places)].sort((a, b) => a - b)).toEqual(places);
        expect(sent.at(-1)?.step).toBe(of.steps.at(-1)?.step);
        // Nobody is passed over: each level of the ladder hears before the one above it.
        const heard = [...new Set(all.map(({ level }) => level))];
        expect(heard).toEqual(levels.filter((level) => of.steps.some((one) => one.level === level)));
      }),
    );
  });

  test('keep their distance above the officer, however late the step before was', () => {
    const late = fc.array(fc.constantFrom(0, 0, 1, 2, 8), { maxLength: 10 });
    fc.assert(
      fc.property(seen, late, ({ plan: of, now, heldUntil }, lateBy) => {
        const sent = carryOut(of, heldUntil, now, lateBy).filter(({ step }) => step !== 'critical');
        sent.forEach((one, i) => {
          const before = sent[i - 1];
          const place = of.steps.findIndex(({ step }) => step === one.step);
          const [previous, planned] = [of.steps[place - 1], of.steps[place]];
          if (!before || !previous || !planned || one.level === 'officer') return;
          const gap = businessDaysApart(calendar, previous.on, planned.on);
          expect(businessDaysApart(calendar, before.on, one.on)).toBeGreaterThanOrEqual(gap);
        });
      }),
    );
  });

  test('are never sent twice for one asking, by whatever ladder they are planned again', () => {
    fc.assert(
      fc.property(seen, seen, moment, ({ plan: of, now }, { plan: other }, later) => {
        const sent = carryOut(of, null, now, []).slice(0, 3);
        for (const again of [of, other])
          for (const { step } of nextSteps(again, sent, null, calendar, later))
            expect(sent.map((before) => before.step)).not.toContain(step);
      }),
    );
  });

  test('say once that something has turned critical', () => {
    fc.assert(
      fc.property(seen, ({ plan: of, now }) => {
        const sent = carryOut(of, null, now, []);
        const critical = sent.filter(({ step }) => step === 'critical');
        expect(critical.length).toBeLessThanOrEqual(1);
        for (const { on } of critical) {
          expect(of.critical !== null && on >= of.critical.from && on <= of.critical.day).toBe(true);
          expect(sent.filter((one) => one.level === 'officer' && one.on === on)).toHaveLength(1);
        }
      }),
    );
  });

  test('are read back as they were written', () => {
    fc.assert(
      fc.property(seen, ({ plan: { steps, critical } }) => {
        expect(readPlan(writePlan({ steps, critical }))).toEqual({ steps, critical });
      }),
    );
  });
});

describe('by the ladder of the hub', () => {
  test('an officer is asked, reminded and told that it is due before anybody else hears', () => {
    expect(say(nextSteps(plan('2026-06-22'), [], null, calendar, at('2026-06-10', '09:30')))).toEqual([
      ...['notify 2026-06-15T07:00', 'remind 2026-06-18T07:00', 'due 2026-06-22T07:00'],
      ...['sergeant 2026-06-24T07:00', 'inspector 2026-06-29T07:00', 'decision 2026-07-02T07:00'],
    ]);
  });

  test('what is asked for when it is overdue already goes to the officer first', () => {
    expect(say(nextSteps(plan('2026-06-01'), [], null, calendar, at('2026-06-22', '11:00')))).toEqual([
      ...['due 2026-06-23T07:00', 'sergeant 2026-06-25T07:00'],
      ...['inspector 2026-06-30T07:00', 'decision 2026-07-03T07:00'],
    ]);
  });

  test('after a hold it goes on from where it was, the late steps in one', () => {
    const sent: SentStep[] = [{ step: 'notify', level: 'officer', on: '2026-06-15' }];
    const held = nextSteps(plan('2026-06-22'), sent, '2026-07-11', calendar, at('2026-06-16', '11:00'));
    expect(say(held)).toEqual([
      ...['due 2026-07-13T07:00', 'sergeant 2026-07-15T07:00'],
      ...['inspector 2026-07-20T07:00', 'decision 2026-07-23T07:00'],
    ]);
  });

  test.each([
    ['in custody', { inCustody: true }],
    ['with a custody limit near', { custodyLimit: '2026-07-18' }],
    ['with a six-month limit near', { timeLimit: '2026-07-20' }],
    ['with a hearing near', { nextHearing: '2026-07-06' }],
  ])('it is compressed %s', (_, context) => {
    const compressed = plan('2026-06-22', { ...calm, ...context });
    expect(compressed.urgent).toBe(true);
    expect(compressed.steps.map(({ on }) => on)).toEqual([
      ...['2026-06-15', '2026-06-22', '2026-06-23', '2026-06-24', '2026-06-25'],
    ]);
  });

  test('the decision comes five business days before a hearing at the latest', () => {
    const steps = plan('2026-06-22', { ...calm, nextHearing: '2026-07-08' }).steps;
    expect(steps.at(-1)).toEqual({ step: 'decision', level: 'caseworker', on: '2026-07-01' });
  });

  test('only a custody limit or a hearing less than two working days off is told at once', () => {
    const now = at('2026-06-25', '14:00');
    const near = { ...calm, nextHearing: '2026-06-26' };
    expect(say(nextSteps(plan('2026-06-25', near), [], null, calendar, now))[0]).toBe('due 2026-06-25T13:00');
    const monday = { ...calm, custodyLimit: '2026-06-29' };
    expect(say(nextSteps(plan('2026-06-25', monday), [], null, calendar, now))[0]).toBe(
      'due 2026-06-26T07:00',
    );
    const sixMonths = { ...calm, timeLimit: '2026-06-25' };
    expect(say(nextSteps(plan('2026-06-25', sixMonths), [], null, calendar, now))[0]).toBe(
      'due 2026-06-26T07:00',
    );
    const evening = at('2026-06-25', '18:30');
    expect(say(nextSteps(plan('2026-06-25', near), [], null, calendar, evening))[0]).toBe(
      'due 2026-06-26T07:00',
    );
  });

  test('what was said when it turned critical is not said again, and what was not is said once', () => {
    const near = plan('2026-06-22', { ...calm, nextHearing: '2026-06-24' });
    expect(isBusinessDay(calendar, '2026-06-23')).toBe(true);
    const told: SentStep[] = [
      { step: 'notify', level: 'officer', on: '2026-06-15' },
      { step: 'due', level: 'officer', on: '2026-06-22' },
    ];
    const steps = (sent: SentStep[]) => say(nextSteps(near, sent, null, calendar, at('2026-06-22', '11:00')));
    expect(steps(told)).toEqual([
      ...['sergeant 2026-06-23T07:00', 'critical 2026-06-23T07:00'],
      ...['inspector 2026-06-24T07:00', 'decision 2026-06-25T07:00'],
    ]);
    const again = [...told, { step: 'critical', level: 'officer' as const, on: '2026-06-23' }];
    expect(steps(again).join()).not.toContain('critical');
  });
});
