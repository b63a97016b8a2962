import type { FactName } from './facts.ts';
import type { Example } from './rule.ts';

/** Worked by hand for the periods that many rules share: dates depend on nothing but the day and the number of days. */
type Pair = readonly [Example, Example];
const from = (fact: FactName, on: string, legalDue: string, why: string): Example => ({
  facts: { [fact]: on },
  legalDue,
  why,
});

/** 31 March, 1, 2, 7, 8, 9, 10, 13, 14, 15 April; 22 to 24, 29 to 31 December, 4 to 7 January. */
export const tenBusinessDaysAfter = (fact: FactName): Pair => [
  from(fact, '2026-03-30', '2026-04-15', 'ten business days over Easter'),
  from(fact, '2026-12-21', '2027-01-07', 'ten business days over Christmas and New Year'),
];

/** As ten, and on to 29 April; the second, 2 to 24 December and 29 to 31 December. */
export const twentyBusinessDaysAfter = (fact: FactName): Pair => [
  from(fact, '2026-03-30', '2026-04-29', 'twenty business days over Easter'),
  from(fact, '2026-12-01', '2026-12-31', 'twenty business days over Christmas'),
];

/** Under the Rules of 2020, over Easter, early May and New Year 2025. */
export const tenBusinessDaysBefore2025 = (fact: FactName): Pair => [
  from(fact, '2025-04-07', '2025-04-23', 'ten business days over Easter'),
  from(fact, '2024-12-16', '2025-01-02', 'ten business days over Christmas and New Year'),
];
export const twentyBusinessDaysBefore2025 = (fact: FactName): Pair => [
  from(fact, '2025-04-07', '2025-05-08', 'twenty business days over Easter and the early May holiday'),
  from(fact, '2024-12-02', '2025-01-02', 'twenty business days over Christmas and New Year'),
];

/** 2, 7, 8, 9, 10 April; an e-mail after 2.30pm on Friday is served on Monday 21 December, then 22 to 24, 29 and 30. */
export const fiveBusinessDaysAfterService: Pair = [
  from('servedOn', '2026-04-01', '2026-04-10', 'five business days over Easter'),
  {
    facts: { service: { method: 'email', at: '2026-12-18T15:00:00.000Z' } },
    legalDue: '2026-12-30',
    why: 'e-mailed on Friday after 2.30pm, so served on Monday; five business days over Christmas',
  },
];
