import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { businessDaysBetween, isBusinessDay, withHoliday } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf } from '../../src/calendar/london-time.ts';
import type { CaseState, Occurrence } from '../../src/deadlines/case-state.ts';
import { answerPeriods, askers, matters, type Asker, type Matter } from '../../src/queries/answer-periods.ts';
import { queriesOf, type Query } from '../../src/queries/queries-of.ts';
import { queryTasks } from '../../src/queries/query-tasks.ts';

type Asked = { at: string; asker: Asker; about?: Matter; isEnhanced?: boolean; dueOn?: string };

function stateOf({ at, asker, about = 'question', isEnhanced = false, dueOn }: Asked, ...more: Occurrence[]) {
  const data = { asker, about, how: 'phone', ...(dueOn === undefined ? {} : { dueOn }) };
  const asked = {
    eventId: 'q',
    on: civilDateOf(at),
    at,
    receivedAt: at,
    type: 'query-asked',
    personId: 'p',
    data,
  };
  const people = [{ id: 'p', enhanced: isEnhanced }] as CaseState['people'];
  return { decisions: [asked, ...more], people };
}
const only = (asked: Asked, by = calendar): Query => queriesOf(stateOf(asked), by)[0] as Query;

const moments = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2027-11-30'), noInvalidDate: true })
  .map((at) => at.toISOString());
const asked = fc.record({
  at: moments,
  asker: fc.constantFrom(...askers),
  about: fc.constantFrom(...matters),
  isEnhanced: fc.boolean(),
});

test('every kind of asker and matter has one period, and says where it comes from', () => {
  for (const asker of askers)
    for (const about of matters)
      expect(answerPeriods.filter((one) => one.asker === asker && one.about === about)).toHaveLength(1);
  for (const { authority } of answerPeriods) {
    expect(authority.instrument).not.toBe('');
    expect(authority.provision).not.toBe('');
  }
});

test('an answer is due on a working day, so many working days after the question', () => {
  fc.assert(
    fc.property(asked, (one) => {
      const { dueOn, period, askedAt } = only(one);
      expect(isBusinessDay(calendar, dueOn)).toBe(true);
      expect(businessDaysBetween(calendar, civilDateOf(askedAt), dueOn)).toBe(period?.workingDays);
    }),
  );
});

test('enhanced rights never make a person wait longer, and a new bank holiday never brings an answer nearer', () => {
  fc.assert(
    fc.property(asked, fc.integer({ min: 0, max: 20 }), (one, days) => {
      const plain = only({ ...one, isEnhanced: false });
      expect(only({ ...one, isEnhanced: true }).dueOn <= plain.dueOn).toBe(true);
      const more = withHoliday(calendar, addDays(civilDateOf(one.at), days), 'Proclaimed');
      expect(only({ ...one, isEnhanced: false }, more).dueOn >= plain.dueOn).toBe(true);
    }),
  );
});

test('a day that was given stands, and beyond the loaded bank holidays it is due at once', () => {
  const at = '2026-06-03T09:00:00.000Z';
  expect(only({ at, asker: 'victim', dueOn: '2026-06-06' })).toMatchObject({
    dueOn: '2026-06-06',
    period: null,
  });
  expect(only({ at: '2028-12-31T09:00:00.000Z', asker: 'agency' }).dueOn).toBe('2028-12-31');
});

test('the first end of a question counts, and only an open one is work', () => {
  const at = '2026-06-03T09:00:00.000Z';
  const end = (type: string, query = 'q'): Occurrence => ({
    eventId: type,
    on: '2026-06-04',
    receivedAt: at,
    type,
    data: { query },
  });
  const open = stateOf({ at, asker: 'officer' }, end('query-answered', 'another'));
  expect(queryTasks(open, calendar)).toMatchObject([
    { source: 'answer-query:q', consequence: 'chase', subject: { queryId: 'q', personId: 'p' } },
  ]);
  const answered = stateOf({ at, asker: 'officer' }, end('query-answered'), end('query-withdrawn'));
  expect(queriesOf(answered, calendar)).toMatchObject([{ state: 'answered' }]);
  expect(queryTasks(answered, calendar)).toEqual([]);
});
