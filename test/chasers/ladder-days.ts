import fc from 'fast-check';
import { addDays, dateOfDayNumber, dayNumber } from '../../src/calendar/civil-date.ts';
import { instantAt } from '../../src/calendar/london-time.ts';
import type { ChaseContext, ChasingLadder, LadderStep } from '../../src/chasers/ladder.ts';

const first = dayNumber('2026-01-05');

export const day = fc.integer({ min: first, max: first + 700 }).map(dateOfDayNumber);
export const moment = fc.tuple(day, fc.integer({ min: 0, max: 24 * 60 - 1 })).map(([on, minutes]) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return instantAt(on, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
});

/** Steps as a force may set them: in order, the officer first, a caseworker last. */
export const steps = fc
  .tuple(
    fc.array(fc.integer({ min: -10, max: 3 }), { minLength: 1, maxLength: 4 }),
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 4 }),
  )
  .map(([asked, gaps]): LadderStep[] => {
    const officer = asked
      .sort((a, b) => a - b)
      .map((businessDays, i) => ({ step: `ask-${i}`, level: 'officer' as const, businessDays }));
    let at = Math.max(0, officer.at(-1)?.businessDays ?? 0);
    const above = gaps.map((gap, i): LadderStep => {
      at += gap;
      const isLast = i === gaps.length - 1;
      const level = isLast ? 'caseworker' : i === 0 ? 'sergeant' : 'inspector';
      return { step: `above-${i}`, level, businessDays: at, ...(isLast ? { beforeHearing: 5 } : {}) };
    });
    return [...officer, ...above];
  });

export const ladder: fc.Arbitrary<ChasingLadder> = fc.record({
  version: fc.constant(1),
  ordinary: steps,
  compressed: steps,
  inCustody: fc.boolean(),
  custodyLimitDays: fc.integer({ min: 0, max: 60 }),
  timeLimitDays: fc.integer({ min: 0, max: 60 }),
  hearingWorkingDays: fc.integer({ min: 0, max: 20 }),
});

/** What endangers a case, seen from the day on which something is due. */
export const contextAround = (due: string): fc.Arbitrary<ChaseContext> => {
  const near = fc.option(fc.integer({ min: -15, max: 60 }).map((days) => addDays(due, days)));
  return fc.record({ inCustody: fc.boolean(), custodyLimit: near, timeLimit: near, nextHearing: near });
};
