import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BANK_HOLIDAYS,
  BANK_HOLIDAY_YEARS,
  ENGLAND_AND_WALES,
} from '../../src/calendar/bank-holidays-data.ts';
import { makeCalendar, type HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import type { CaseEvent } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { computeDates, computeDeadlines } from '../../src/deadlines/compute.ts';
import type { Facts } from '../../src/deadlines/facts.ts';
import { findRule, rules } from '../../src/deadlines/rules/register.ts';
import { answer, answersFor, asked, askedOf, ruleIds, type Asked } from './oracle/asked-facts.ts';
import { hold, idOf, standing } from './oracle/case-in-memory.ts';
import { plan } from './oracle/case-plans.ts';
import { isWorkingDay, step, weekday } from './oracle/days.ts';
import { dayOf, isMoment } from './oracle/london.ts';
import { holidays, sampling, seed } from './oracle/sampling.ts';

const show = (value: unknown): string => JSON.stringify(value, null, 1);

/** Counted back from a day to come: a hearing, or the end of a limit. */
const backward = [
  ...['ctl-extension-notice-crown', 'ctl-extension-notice-mags', 'ctl-bail-conditions-notice'],
  ...['ctl-produce-defendant', 'ctl-appeal-prosecution', 'bail-vary-notice', 'postal-plea-s12'],
  ...['drink-drive-cert-7d', 'drink-drive-cert-attend-3d', 's11-cert-7d', 's11-cert-3d'],
  ...['prev-conviction-7d', 'licence-hearing', 'ptph-serve-7d', 'vc-vps-offer', 'idpc-serve'],
  ...['requisition-serve-copy', 'cps-review-before-first'],
];
const custodyLimits = ruleIds.filter((id) => /^ctl-.*-\d+$|^ctl-youth$/.test(id));
/** The earlier or the later of a date counted on and one counted back. */
const bothWays = ['s12-s9-objection', 'file-to-cps-post-charge'];
const forward = ruleIds.filter((id) => ![...backward, ...custodyLimits, ...bothWays].includes(id));

/** The calendar with one weekday in thirty proclaimed a bank holiday too, in several ways. */
const moreHolidays: readonly HolidayCalendar[] = Array.from({ length: 12 }, (_, way) => {
  const more = [];
  let day = '2003-01-01';
  for (let n = way * 7; day < '2028-11-01'; n = (n * 1_103 + 12_345) % 65_536) {
    for (let left = (n % 58) + 1; left > 0; left -= 1) day = step(day, 1);
    if (weekday(day) !== 0 && weekday(day) !== 6) more.push({ date: day, name: 'Proclaimed' });
  }
  return makeCalendar([...more, ...BANK_HOLIDAYS], `more-${way}`, BANK_HOLIDAY_YEARS);
});

describe(`laws of every rule (seed ${seed})`, () => {
  const compareCalendars = (ids: readonly string[], holds: (after: string, before: string) => boolean) =>
    fc.assert(
      fc.property(askedOf(ids), fc.constantFrom(...moreHolidays), (question, calendar) => {
        const before = answer(question);
        const after = answer(question, calendar);
        if (!before?.legalDue || !after?.legalDue) return;
        if (!holds(after.legalDue, before.legalDue)) expect.fail(show({ question, before, after }));
      }),
      sampling(8),
    );

  it('a bank holiday proclaimed never makes a date earlier that is counted forward', () => {
    compareCalendars(forward, (after, before) => after >= before);
  });

  it('nor a custody time limit later, nor a date that is counted back', () => {
    compareCalendars(custodyLimits, (after, before) => after <= before);
    compareCalendars(backward, (after, before) => after <= before);
  });

  it('a day later at the start never gives an earlier end', () => {
    fc.assert(
      fc.property(asked, fc.nat(9), (question, which) => {
        const later = aDayLater(question, which);
        const [before, after] = [answer(question), answer(later)];
        if (!before?.legalDue || !after?.legalDue) return;
        if (after.legalDue < before.legalDue) expect.fail(show({ question, before, later, after }));
      }),
      sampling(20),
    );
  });

  it('the day to act by is a business day and never after the legal date', () => {
    fc.assert(
      fc.property(asked, (question) => {
        const said = answer(question);
        if (!said?.legalDue) return;
        const action = said.actionDue ?? 'none';
        const right = action <= dayOf(said.legalDue) && isWorkingDay(action, holidays);
        if (!right) expect.fail(show({ question, said }));
      }),
      sampling(10),
    );
  });

  it('the explanation names the date that comes of it, and the day to act by', () => {
    const silent = new Map<string, string>();
    fc.assert(
      fc.property(asked, (question) => {
        const said = answer(question);
        if (!said?.legalDue) return;
        const text = said.why.join('\n');
        const dates = [dayOf(said.legalDue), said.actionDue ?? dayOf(said.legalDue)];
        if (!dates.every((date) => new RegExp(`(^|\\D)${inWords(date)}`).test(text)))
          silent.set(question.rule, show({ question, said }));
      }),
      sampling(10),
    );
    expect([...silent.keys()], [...silent.values()].join('\n')).toEqual([]);
  });
});

describe('the answer does not depend on where and when it is worked out', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is the same whatever today is', () => {
    const said = answersFor(seed, 3);
    for (const today of [
      '1999-12-31T23:59:59Z',
      '2024-02-29T12:00:00Z',
      '2026-03-29T01:00:00Z',
      '2031-07-01Z',
    ]) {
      vi.useFakeTimers({ now: Date.parse(today), toFake: ['Date'] });
      expect(new Date().getTime()).toBe(Date.parse(today));
      expect(answersFor(seed, 3)).toEqual(said);
      vi.useRealTimers();
    }
  });

  it('is the same in whatever time zone the process runs', async () => {
    const said = answersFor(seed, 4);
    const printed = fileURLToPath(new URL('oracle/print-answers.ts', import.meta.url));
    const zones = ['UTC', 'Pacific/Apia', 'America/Los_Angeles'];
    const answers = await Promise.all(
      zones.map((TZ) =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', printed, String(seed), '4'], {
          env: { ...process.env, TZ },
          maxBuffer: 2 ** 26,
        }),
      ),
    );
    answers.forEach(({ stdout }, i) => expect(stdout.split('\n'), zones[i]).toEqual(said));
  });
});

describe(`laws of every case (seed ${seed})`, () => {
  const computed = (events: readonly CaseEvent[]): string =>
    JSON.stringify(computeDeadlines(foldCase(events), rules, ENGLAND_AND_WALES));

  it('the order in which events arrive makes no difference to its deadlines', () => {
    fc.assert(
      fc.property(plan, fc.infiniteStream(fc.nat()), (told, numbers) => {
        const { events } = hold(told);
        const [received, ...rest] = events;
        if (!received) return;
        const arrived = rest
          .map((event) => ({ event, by: numbers.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map(({ event }, i) => ({ ...event, seq: i + 2 }));
        expect(computed([received, ...arrived])).toBe(computed(events));
      }),
      sampling(0.5),
    );
  });

  it('folding twice gives the same, and changes no event', () => {
    fc.assert(
      fc.property(plan, (told) => {
        const { events } = hold(told);
        const written = JSON.stringify(events);
        expect(computed(events)).toBe(computed(events));
        expect(JSON.stringify(events)).toBe(written);
      }),
      sampling(0.25),
    );
  });

  it('an event that is taken back leaves the case as if it had never been recorded', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (told, which) => {
        const { events } = hold(told);
        const last = events.at(-1);
        if (!last || events.length < 2) return;
        const taken = events[1 + (which % (events.length - 1))];
        const correction: CaseEvent = {
          ...last,
          ...{
            id: idOf('event', 999),
            seq: events.length + 1,
            type: 'correction',
            data: { why: 'Wrong case' },
          },
          ...{ defendantId: null, offenceId: null, hearingId: null, personId: null },
          supersedes: taken?.id ?? null,
        };
        const without = events.filter((event) => event !== taken);
        expect(standing([...events, correction])).toEqual(standing(without));
        expect(computed([...events, correction])).toBe(computed(without));
      }),
      sampling(0.5),
    );
  });

  it('every deadline is worked out again from what is stored of it', () => {
    fc.assert(
      fc.property(plan, (told) => {
        for (const one of computeDeadlines(foldCase(hold(told).events), rules, ENGLAND_AND_WALES)) {
          const rule = findRule(one.rule, one.ruleVersion);
          const stored = JSON.parse(JSON.stringify(one.facts)) as Facts;
          if (!rule) throw new Error(`there is no ${one.rule} ${one.ruleVersion}`);
          expect(computeDates(rule, stored, ENGLAND_AND_WALES)).toMatchObject({
            legalDue: one.legalDue,
            actionDue: one.actionDue,
          });
        }
      }),
      sampling(0.25),
    );
  });
});

/** "6 March": how an explanation writes a day, whatever comes before and after. */
const inWords = (date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });

/** The same question with one of its days a day later; a later sending leaves fewer of the 70 days of a remittal. */
function aDayLater({ rule, facts }: Asked, which: number): Asked {
  const days = Object.entries(facts).filter(
    ([name, value]) =>
      (typeof value === 'string' && /^\d{4}-/.test(value)) || name === 'service' || name === 'custody',
  );
  const [name, value] = days[which % days.length] ?? [];
  if (name === undefined || (rule === 'ctl-remitted-70' && name === 'sentToCrownCourtOn'))
    return { rule, facts };
  if (typeof value === 'string') return { rule, facts: { ...facts, [name]: moved(value) } };
  const { service, custody } = facts;
  if (name === 'service' && service)
    return { rule, facts: { ...facts, service: { ...service, at: moved(service.at) } } };
  const [first, ...rest] = custody ?? [];
  if (!first || first.from === first.to) return { rule, facts };
  return { rule, facts: { ...facts, custody: [{ ...first, from: step(first.from, 1) }, ...rest] } };
}

function moved(text: string): string {
  return isMoment(text) ? `${step(text.slice(0, 10), 1)}${text.slice(10)}` : step(text, 1);
}
