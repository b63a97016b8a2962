import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BANK_HOLIDAYS,
  BANK_HOLIDAY_YEARS,
  ENGLAND_AND_WALES,
} from '../../src/calendar/bank-holidays-data.ts';
import { reaches, watchCalendar } from '../../src/calendar/calendar-reach.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { makeCalendar, withHoliday, type HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import { recompute } from '../../src/cases/recompute.ts';
import { readProgress } from '../../src/cases/store-recomputations.ts';
import { foldCase } from '../../src/cases/fold.ts';
import type { CaseState } from '../../src/deadlines/case-state.ts';
import { computeDeadlines } from '../../src/deadlines/compute.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { desiredRequests } from '../../src/materials/checklist.ts';
import type { TestDatabase } from '../support/database.ts';
import { hold } from './oracle/case-in-memory.ts';
import { plan } from './oracle/case-plans.ts';
import { sampling, seed } from './oracle/sampling.ts';
import { count, demoDatabase, proclaim, readAll, touchedBy } from './recompute-stage.ts';

/** What of a case a calendar has a say in. */
function countedBy(state: CaseState, calendar: HolidayCalendar) {
  const deadlines = computeDeadlines(state, rules, calendar);
  return { deadlines, requests: desiredRequests(state, calendar, deadlines) };
}

const without = (day: string): HolidayCalendar =>
  makeCalendar(
    BANK_HOLIDAYS.filter(({ date }) => date !== day),
    `without-${day}`,
    BANK_HOLIDAY_YEARS,
  );

describe(`a case whose counting did not look at a day (seed ${seed})`, () => {
  test('is the same in everything where that day becomes a bank holiday, or is one no longer', () => {
    let [between, beside] = [0, 0];
    fc.assert(
      fc.property(plan, fc.array(fc.nat(700), { minLength: 4, maxLength: 4 }), (told, offsets) => {
        const state = foldCase(hold(told).events);
        const { calendar, reach } = watchCalendar(ENGLAND_AND_WALES);
        const counted = countedBy(state, calendar);
        const runs = reach();
        const [first, last] = [runs[0]?.from ?? '', runs.at(-1)?.to ?? ''];
        const days = offsets.map((offset) => addDays(state.registered.on, offset - 100));
        const official = BANK_HOLIDAYS.map(({ date }) => date).filter((day) => day >= first && day <= last);
        for (const day of [...days, ...official].filter((one) => !reaches(runs, [one]))) {
          if (day > first && day < last) between += 1;
          else beside += 1;
          const other = official.includes(day)
            ? without(day)
            : withHoliday(ENGLAND_AND_WALES, day, 'Jubilee');
          if (!isDeepStrictEqual(countedBy(state, other), counted)) expect.fail(`${day} was not looked at`);
        }
      }),
      sampling(0.3),
    );
    expect(Math.min(between, beside)).toBeGreaterThan(100);
  });
});

describe('a bank holiday that is proclaimed', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await demoDatabase();
  });
  afterAll(() => database.close());

  const live = () =>
    count(
      database,
      `cases where state = 'open' or id in (select case_id from deadlines where state = 'pending')`,
    );
  const dates = async () =>
    (await readAll(database))
      .map(({ id, version, legalDue, legalDueAt, actionDue, state, explanation }) =>
        JSON.stringify([id, version, legalDue, legalDueAt, actionDue, state, explanation]),
      )
      .sort();

  test('takes only the cases that can be touched, and going through all of them afterwards finds nothing more', async () => {
    const before = await readAll(database);
    const day = before
      .filter(({ state, actionDue }) => state === 'pending' && actionDue !== null)
      .map(({ actionDue }) => actionDue ?? '')
      .sort()
      .at(-3);
    const proclaimed = [{ date: day ?? '', name: 'Jubilee' }];
    const touched = touchedBy(before, proclaimed);
    const begun = await proclaim(database, proclaimed);
    expect(touched.size).toBeGreaterThan(0);
    expect(begun.casesTotal).toBeLessThan(await live());
    await recompute(database.db);
    expect((await readProgress(database.db, begun.id))?.movedTotal).toBe(touched.size);
    const after = await dates();

    const again = await proclaim(database, proclaimed);
    expect(again.casesTotal).toBe(await live());
    await recompute(database.db);
    expect(await readProgress(database.db, again.id)).toMatchObject({ casesLeft: 0, movedTotal: 0 });
    expect(await dates()).toEqual(after);
  });

  test('takes every live case of which nobody knows by what days it was counted', async () => {
    await database.db.execute('delete from calendar_reaches');
    const begun = await proclaim(database, [{ date: '2028-11-15', name: 'Feast' }]);
    expect(begun.casesTotal).toBe(await live());
    await recompute(database.db);
    const back = await proclaim(database, []);
    expect(back.casesTotal).toBeLessThan(await live());
  });
});
