import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { addDays, weekday } from '../../src/calendar/civil-date.ts';
import { instantAt } from '../../src/calendar/london-time.ts';
import {
  fullWeek,
  minutesOf,
  shiftOn,
  type Shift,
  type WorkingPattern,
} from '../../src/staff/working-pattern.ts';
import { absenceErrors, replaceAbsences } from '../../src/staff/replace-absences.ts';
import type { Absence } from '../../src/staff/attendance.ts';
import { momentsOf, type Away } from '../../src/staff/away.ts';
import { capacityByDay, daysFrom, horizonDays, plannedShare } from '../../src/workload/capacity.ts';

const calendar = ENGLAND_AND_WALES;
const midnight = (day: string) => instantAt(day, '00:00');
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const shifts: fc.Arbitrary<Shift | null> = fc.option(
  fc
    .tuple(
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 60, max: 430 }),
      fc.integer({ min: 0, max: 59 }),
    )
    .map(([start, length, breakMinutes]) => ({
      start: clock(start),
      end: clock(start + length),
      breakMinutes,
    })),
);
const patterns: fc.Arbitrary<WorkingPattern> = fc.record({
  from: fc.integer({ min: -20, max: 20 }).map((weeks) => addDays('2026-06-01', weeks * 7)),
  weeks: fc.array(fc.array(shifts, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 4 }),
  flexitime: fc.constantFrom(null, { latest: '07:00' }, { latest: '20:00' }),
  worksBankHolidays: fc.boolean(),
});
const away: fc.Arbitrary<Absence> = fc
  .tuple(fc.integer({ min: -10, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([start, length]) => ({
    from: addDays('2026-06-01', start),
    to: addDays('2026-06-01', start + length),
    kind: 'leave' as const,
  }));
const partly: fc.Arbitrary<Absence> = fc
  .tuple(away, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 701, max: 1_439 }))
  .chain(([one, start, end]) =>
    fc.constantFrom(one, { ...one, start: clock(start) }, { ...one, end: clock(end) }),
  );
const days = daysFrom('2026-06-01', '2026-08-09');

test('somebody of whom nothing is recorded has 37 hours a week, of which 85 % are planned, and bank holidays off', () => {
  const who = { pattern: fullWeek, absences: [], cover: [] };
  const week = daysFrom('2026-06-01', '2026-06-07');
  expect(fullWeek.weeks[0]?.reduce((sum, shift) => sum + (shift ? minutesOf(shift) : 0), 0)).toBe(37 * 60);
  expect(capacityByDay(who, week, calendar, midnight('2026-06-01'))).toEqual([377, 377, 377, 377, 377, 0, 0]);
  // The early May bank holiday.
  expect(capacityByDay(who, ['2026-05-04'], calendar, midnight('2026-05-01'))).toEqual([0]);
});

test('part time, alternate weeks, a worked Saturday and cover of a Sunday each count where they fall', () => {
  const six = { start: '08:00', end: '14:00', breakMinutes: 0 };
  const pattern: WorkingPattern = {
    from: '2026-06-01',
    weeks: [
      [six, null, six, null, null, null, null],
      [null, six, null, null, null, six, null],
    ],
    flexitime: null,
    worksBankHolidays: false,
  };
  const cover = [{ on: '2026-06-07', start: '09:00', end: '13:00' }];
  const fortnight = daysFrom('2026-06-01', '2026-06-14');
  expect(
    capacityByDay({ pattern, absences: [], cover }, fortnight, calendar, midnight('2026-06-01')),
  ).toEqual([306, 0, 306, 0, 0, 0, 204, 0, 306, 0, 0, 0, 306, 0]);
  expect(shiftOn(pattern, '2026-05-26', calendar), 'the weeks go back too').toEqual(six);
});

test('of today only what is left of the shift counts, and of a shift that is over nothing', () => {
  const who = { pattern: fullWeek, absences: [], cover: [] };
  const at = (time: string) => capacityByDay(who, ['2026-06-02'], calendar, instantAt('2026-06-02', time))[0];
  expect(at('07:00')).toBe(377);
  expect(at('16:24')).toBe(Math.floor(60 * plannedShare));
  expect(at('18:00')).toBe(0);
});

test('capacity is never negative, nothing on days away, never more than is worked, and no less without an absence', () => {
  fc.assert(
    fc.property(patterns, fc.array(away, { maxLength: 4 }), (pattern, absences) => {
      const now = midnight('2026-06-01');
      const whole = capacityByDay({ pattern, absences: [], cover: [] }, days, calendar, now);
      const left = capacityByDay({ pattern, absences, cover: [] }, days, calendar, now);
      for (const [i, day] of days.entries()) {
        const shift = shiftOn(pattern, day, calendar);
        const isAway = absences.some(({ from, to }) => from <= day && day <= to);
        expect(whole[i]).toBe(shift === null ? 0 : Math.floor(minutesOf(shift) * plannedShare));
        expect(left[i]).toBe(isAway ? 0 : whole[i]);
      }
    }),
  );
});

test('minute by minute, capacity is what of a shift is left of absences and of today, up to the end of the band', () => {
  fc.assert(
    fc.property(
      patterns,
      fc.array(partly, { maxLength: 4 }),
      fc.integer({ min: 0, max: 1_439 }),
      (pattern, absences, minute) => {
        const now = instantAt('2026-06-01', clock(minute));
        const found = capacityByDay({ pattern, absences, cover: [] }, days, calendar, now);
        for (const [i, day] of days.entries()) {
          const shift = shiftOn(pattern, day, calendar);
          const latest = [shift?.end ?? '', pattern.flexitime?.latest ?? ''].sort()[1] ?? '';
          const here = (since: number, end = shift?.end ?? '') =>
            Array.from({ length: 24 * 60 }, (_, m) => m).filter((m) => {
              const at = `${day}T${clock(m)}`;
              const isAtWork = shift !== null && shift.start <= clock(m) && clock(m) < end;
              const isAway = absences.some((one) => {
                const { first, after } = momentsOf(one);
                return first <= at && at < after;
              });
              return m >= since && isAtWork && !isAway;
            }).length;
          const worked = Math.max(0, here(0) - (shift?.breakMinutes ?? 0));
          const left = i === 0 ? Math.min(worked, here(minute, latest)) : worked;
          expect(found[i]).toBe(Math.floor(left * plannedShare));
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('a morning at court and two hours of training take their minutes of the shift, and nothing outside it', () => {
  const of = (absences: Away[], pattern = fullWeek, time = '00:00') =>
    capacityByDay(
      { pattern, absences, cover: [] },
      ['2026-06-02', '2026-06-03', '2026-06-04'],
      calendar,
      instantAt('2026-06-02', time),
    );
  const morning = { from: '2026-06-03', to: '2026-06-03', end: '13:00' };
  const planned = (minutes: number) => Math.floor(minutes * plannedShare);
  expect(of([morning])).toEqual([377, planned(444 - 240), 377]);
  const training = { from: '2026-06-03', to: '2026-06-03', start: '14:00', end: '16:00' };
  expect(of([morning, training])).toEqual([377, planned(444 - 240 - 120), 377]);
  expect(of([{ ...morning, end: '09:00' }]), 'before work').toEqual([377, 377, 377]);
  expect(of([{ ...training, start: '17:24', end: '20:00' }]), 'after work').toEqual([377, 377, 377]);
  const fromAfternoonToMorning = { from: '2026-06-02', to: '2026-06-04', start: '13:00', end: '10:00' };
  expect(of([fromAfternoonToMorning])).toEqual([planned(444 - 264), 0, planned(444 - 60)]);
  expect(of([{ ...training, from: '2026-06-02', to: '2026-06-02' }], fullWeek, '13:00')[0]).toBe(
    planned(60 + 84),
  );
});

test('with flexitime the minutes of today can be worked until the end of the band, and there are no more of them', () => {
  const left = (time: string, absences: Away[] = []) =>
    capacityByDay(
      { pattern: { ...fullWeek, flexitime: { latest: '20:00' } }, absences, cover: [] },
      ['2026-06-03'],
      calendar,
      instantAt('2026-06-03', time),
    )[0];
  const planned = (minutes: number) => Math.floor(minutes * plannedShare);
  expect([left('00:00'), left('10:00'), left('12:36')]).toEqual([377, 377, 377]);
  expect(left('17:30')).toBe(planned(150));
  expect(left('20:00')).toBe(0);
  const evening = { from: '2026-06-03', to: '2026-06-03', start: '18:00', end: '19:00' };
  expect([left('00:00', [evening]), left('17:30', [evening])]).toEqual([377, planned(90)]);
});

test('flexitime makes no more minutes: a morning away is as much less with it as without', () => {
  const flexible = { ...fullWeek, flexitime: { latest: '20:00' } };
  for (const absences of [[], [{ from: '2026-06-03', to: '2026-06-03', end: '13:00' }]]) {
    const of = (pattern: WorkingPattern) =>
      capacityByDay({ pattern, absences, cover: [] }, ['2026-06-03'], calendar, midnight('2026-06-01'));
    expect(of(flexible)).toEqual(of(fullWeek));
  }
});

test('a pattern repeats after its weeks, but for bank holidays', () => {
  fc.assert(
    fc.property(patterns, fc.integer({ min: 0, max: 60 }), (pattern, n) => {
      const day = addDays('2026-06-01', n);
      const again = addDays(day, 7 * pattern.weeks.length);
      expect(weekday(again)).toBe(weekday(day));
      const everyDay = { ...pattern, worksBankHolidays: true };
      expect(shiftOn(everyDay, again, calendar)).toEqual(shiftOn(everyDay, day, calendar));
    }),
  );
});

test('sixty working days are counted by the bank holidays, and by weeks of five where none are loaded', () => {
  const ahead = horizonDays(calendar, midnight('2026-06-02'), 60);
  expect([ahead[0], ahead.at(-1)]).toEqual(['2026-06-02', '2026-08-25']);
  const beyond = horizonDays(calendar, midnight('2099-06-02'), 60);
  expect(beyond).toHaveLength(85);
});

test('absences that are replaced keep the days that were taken, and what goes on is one absence', () => {
  const known: (Absence & { id: string })[] = [
    { id: 'sick', from: '2026-06-01', to: '2026-06-30', kind: 'sickness' },
    { id: 'later', from: '2026-07-06', to: '2026-07-10', kind: 'leave' },
  ];
  expect(replaceAbsences(known, [], '2026-06-10')).toEqual({
    remove: ['later'],
    shorten: [{ id: 'sick', to: '2026-06-09' }],
    add: [],
  });
  const court: Absence = {
    from: '2026-06-09',
    to: '2026-06-11',
    start: '14:00',
    end: '12:00',
    kind: 'court',
  };
  const later: Absence = { ...court, start: '15:00' };
  expect(replaceAbsences([{ ...court, id: 'c' }], [court], '2026-06-10').shorten, 'it goes on').toEqual([]);
  expect(replaceAbsences([{ ...court, id: 'c' }], [later], '2026-06-10').shorten).toEqual([
    { id: 'c', to: '2026-06-09' },
  ]);
  const goesOn: Absence = { from: '2026-06-01', to: '2026-06-12', kind: 'sickness' };
  expect(replaceAbsences(known, [goesOn], '2026-06-10')).toEqual({
    remove: ['sick', 'later'],
    shorten: [],
    add: [goesOn],
  });
});

test('absences that are over, back to front or on the same days are refused by name', () => {
  const given: Absence[] = [
    { from: '2026-06-12', to: '2026-06-11', kind: 'leave' },
    { from: '2026-06-01', to: '2026-06-09', kind: 'court' },
    { from: '2026-07-01', to: '2026-07-03', kind: 'leave' },
    { from: '2026-07-03', to: '2026-07-04', kind: 'training' },
    { from: '2026-07-10', to: '2026-07-10', end: '13:00', kind: 'court' },
    { from: '2026-07-10', to: '2026-07-10', start: '13:00', kind: 'training' },
    { from: '2026-07-10', to: '2026-07-12', start: '16:59', kind: 'leave' },
    { from: '2026-07-20', to: '2026-07-20', start: '13:00', end: '13:00', kind: 'leave' },
  ];
  expect(absenceErrors(given, '2026-06-10').map(({ path }) => path)).toEqual([
    'absences.0.to',
    'absences.1.to',
    'absences.3.from',
    'absences.6.from',
    'absences.7.end',
  ]);
});
