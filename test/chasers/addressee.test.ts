import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import { addDays, type CivilDate } from '../../src/calendar/civil-date.ts';
import { businessDayOnOrAfter, isBusinessDay } from '../../src/calendar/holiday-calendar.ts';
import { addressee, waitsForShiftDays } from '../../src/chasers/addressee.ts';
import { isOnDuty, type ChasedOfficer } from '../../src/chasers/duty.ts';
import { levels } from '../../src/chasers/ladder.ts';
import { day } from './ladder-days.ts';

const officer = (collar: string, over: Partial<ChasedOfficer> = {}): ChasedOfficer => ({
  collar,
  rank: 'constable',
  email: `${collar}@police.example`,
  supervisor: null,
  deputy: null,
  restPattern: null,
  absences: [],
  ...over,
});

/** PC1 answers to PS1, who answers to PI1; PC2 and PS2 stand by. */
const force = (...over: [collar: string, Partial<ChasedOfficer>][]) => {
  const everyone = [
    officer('PC1', { supervisor: 'PS1' }),
    officer('PC2', { supervisor: 'PS1' }),
    officer('PS1', { rank: 'sergeant', supervisor: 'PI1' }),
    officer('PS2', { rank: 'sergeant', supervisor: 'PI1' }),
    officer('PI1', { rank: 'inspector' }),
  ];
  const changes = new Map(over);
  return new Map(everyone.map((one) => [one.collar, { ...one, ...changes.get(one.collar) }]));
};

/** A Monday. */
const today = '2026-06-15';
const away = (days: number) => ({ absences: [{ from: today, to: addDays(today, days) }] });
const to = (
  level: (typeof levels)[number],
  everyone: ReadonlyMap<string, ChasedOfficer>,
  { on = today, critical = false }: { on?: CivilDate; critical?: boolean } = {},
) => {
  const found = addressee(level, 'PC1', everyone, on, critical, calendar);
  return found.recipient === null ? 'nobody' : [found.recipient.collar, found.standsIn, found.on].join(' ');
};

describe('a step goes to', () => {
  test('the officer in the case, their sergeant and the inspector above, and the last to nobody but a caseworker', () => {
    expect(levels.map((level) => to(level, force()))).toEqual([
      ...[`PC1  ${today}`, `PS1  ${today}`, `PI1  ${today}`, 'nobody'],
    ]);
  });

  test('whoever is next above where nobody stands at a level, and nobody where nobody is above', () => {
    const short = force(['PS1', { supervisor: null }]);
    expect(to('inspector', short)).toBe(`PS1  ${today}`);
    expect(to('sergeant', force(['PC1', { supervisor: null }]))).toBe('nobody');
    expect(to('inspector', force(['PI1', { supervisor: 'PS1' }]))).toBe(`PI1  ${today}`);
  });

  test.each([
    ['on leave for a fortnight', away(14)],
    ['on a rest day', { restPattern: { from: today, days: ['rest', 'duty'] as const } }],
  ])('the deputy of somebody who is %s', (_, over) => {
    const everyone = force(['PC1', { ...over, deputy: 'PC2' } as Partial<ChasedOfficer>]);
    expect(to('officer', everyone)).toBe(`PC2 deputy ${today}`);
    expect(to('sergeant', force(['PS1', { ...over, deputy: 'PS2' } as Partial<ChasedOfficer>]))).toBe(
      `PS2 deputy ${today}`,
    );
  });

  test('somebody without a deputy on their next shift, where that is soon', () => {
    const resting = force([
      'PC1',
      { restPattern: { from: today, days: ['rest', 'rest', 'duty', 'duty', 'duty', 'duty'] } },
    ]);
    expect(to('officer', resting)).toBe('PC1 next-shift 2026-06-17');
    expect(to('officer', force(['PC1', away(0)]))).toBe('PC1 next-shift 2026-06-16');
    // Saturday and Sunday are no days for messages, whoever is on duty.
    expect(
      to('officer', force(['PC1', { absences: [{ from: '2026-06-19', to: '2026-06-19' }] }]), {
        on: '2026-06-19',
      }),
    ).toBe('PC1 next-shift 2026-06-22');
  });

  test('those above where it cannot wait, or the next shift is far off', () => {
    expect(to('officer', force(['PC1', away(14)]))).toBe(`PS1 away ${today}`);
    expect(to('officer', force(['PC1', away(0)]), { critical: true })).toBe(`PS1 away ${today}`);
    expect(to('sergeant', force(['PS1', away(14)]))).toBe(`PI1 away ${today}`);
    expect(to('officer', force(['PC1', { ...away(14), deputy: 'PC2' }], ['PC2', away(3)]))).toBe(
      `PS1 away ${today}`,
    );
  });

  test('whom it was meant for where nobody at all is there', () => {
    const everyone = force(['PC1', away(30)], ['PS1', away(30)], ['PI1', away(30)]);
    expect(to('officer', everyone)).toBe(`PC1  ${today}`);
  });

  test('somebody who is there on that day, unless nobody in the line is; and waits no longer than a few days', () => {
    const duty = fc.record({
      deputy: fc.option(fc.constantFrom('PC2', 'PS2')),
      restPattern: fc.option(
        fc.record({
          from: day,
          days: fc.array(fc.constantFrom('duty' as const, 'rest' as const), { minLength: 1, maxLength: 10 }),
        }),
      ),
      absences: fc.array(
        fc.tuple(day, fc.nat(20)).map(([from, days]) => ({ from, to: addDays(from, days) })),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('officer', 'sergeant', 'inspector'),
        fc.boolean(),
        fc.tuple(duty, duty, duty, duty, duty),
        (from, level, critical, [a, b, c, d, e]) => {
          const on = businessDayOnOrAfter(calendar, from);
          if (typeof on !== 'string') return;
          const everyone = force(['PC1', a], ['PC2', b], ['PS1', c], ['PS2', d], ['PI1', e]);
          const found = addressee(level, 'PC1', everyone, on, critical, calendar);
          if (found.recipient === null) throw new Error('somebody stands at each level here');
          expect(isBusinessDay(calendar, found.on)).toBe(true);
          expect(found.on >= on && found.on <= addDays(on, waitsForShiftDays)).toBe(true);
          if (critical) expect(found.on).toBe(on);
          if (!isOnDuty(found.recipient, found.on)) {
            expect(found.standsIn).toBe(null);
            const line = ['PC1', 'PS1', 'PI1'].slice(['officer', 'sergeant', 'inspector'].indexOf(level));
            for (const collar of line)
              expect(isOnDuty(everyone.get(collar) as ChasedOfficer, on)).toBe(false);
          }
        },
      ),
    );
  });
});
