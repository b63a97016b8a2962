import { BANK_HOLIDAYS } from '../../../src/calendar/bank-holidays-data.ts';
import { factSchemas, type FactName, type Facts } from '../../../src/deadlines/facts.ts';
import type { Holidays } from './days.ts';

/** The bank holidays as data: days as texts. */
export const holidays: Holidays = new Set(BANK_HOLIDAYS.map(({ date }) => date));

/** `ORACLE_RUNS` for a longer soak, `ORACLE_SEED` to see the same again. */
export const seed = Number(process.env['ORACLE_SEED'] ?? Date.now() % 2 ** 31);
export const runs = Number(process.env['ORACLE_RUNS'] ?? 200);

/** How a property is tried; a share of the runs where each is dear. */
export const sampling = (share = 1) => ({ numRuns: Math.max(1, Math.round(runs * share)), seed });

/** Facts as the calculator reads them from a request: an instant becomes UTC. */
export function asRead(given: Facts): Facts {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, factSchemas[name as FactName].parse(value)]),
  );
}
