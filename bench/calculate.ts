import { DateTime } from 'luxon';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { addDays } from '../src/calendar/civil-date.ts';
import { countBusinessDays } from '../src/calendar/count-business-days.ts';
import { computeDates, computeDeadlines } from '../src/deadlines/compute.ts';
import { foldCase } from '../src/cases/fold.ts';
import { rules } from '../src/deadlines/rules/register.ts';
import { inventCase } from './support/caseload.ts';
import { median, report, type Pair } from './support/ratios.ts';

const pairsOf = 7;
const counts = 20_000;
const held = new Set(ENGLAND_AND_WALES.holidays.keys());

/** Starting days over three years, and 1 to 40 business days from each. */
const asked = Array.from({ length: counts }, (_, i) => ({
  from: addDays('2025-01-01', (i * 7) % 1_000),
  days: 1 + (i % 40),
}));

/** The same date as a plain program finds it: day by day, with a set of bank holidays, and no explanation. */
function withLuxon(from: string, days: number): string {
  let day = DateTime.fromISO(from, { zone: 'Europe/London' });
  for (let left = days; left > 0;) {
    day = day.plus({ days: 1 });
    if (day.weekday < 6 && !held.has(day.toISODate() ?? '')) left -= 1;
  }
  return day.toISODate() ?? '';
}

/** Calculations a second in one process: business days with their explanation beside bare Luxon, then whole rules and cases. */
export function benchCalculate(): void {
  for (const { from, days } of asked.slice(0, 2_000)) {
    const counted = countBusinessDays(ENGLAND_AND_WALES, from, days);
    if (counted.kind !== 'counted' || counted.due !== withLuxon(from, days))
      throw new Error(`${days} business days from ${from} are not the same`);
  }
  const pairs: Pair[] = Array.from({ length: pairsOf }, () => ({
    baseline: perSecond(counts / 10, (i) => void withLuxon(asked[i]!.from, asked[i]!.days)),
    ours: perSecond(counts, (i) => void countBusinessDays(ENGLAND_AND_WALES, asked[i]!.from, asked[i]!.days)),
  }));
  const examples = rules.flatMap((rule) => rule.examples.map(({ facts }) => ({ rule, facts })));
  const ofRules = median(
    Array.from({ length: pairsOf }, () =>
      perSecond(counts, (i) => {
        const { rule, facts } = examples[i % examples.length]!;
        computeDates(rule, facts, ENGLAND_AND_WALES);
      }),
    ),
  );
  const states = Array.from({ length: 60 }, (_, i) =>
    foldCase(inventCase(i, ['cw-1'], ENGLAND_AND_WALES, '2026-11-02T09:00:00.000Z').events),
  );
  const deadlines = states.flatMap((state) => computeDeadlines(state, rules, ENGLAND_AND_WALES)).length;
  const ofCases = median(
    Array.from({ length: pairsOf }, () =>
      perSecond(3_000, (i) => void computeDeadlines(states[i % states.length]!, rules, ENGLAND_AND_WALES)),
    ),
  );
  report('calculate', 'business days counted and explained, beside bare Luxon without a word', '/s', pairs, {
    rules: rules.length,
    examplesPerSecond: ofRules,
    casesPerSecond: ofCases,
    deadlinesPerCase: deadlines / states.length,
  });
  process.stdout.write(
    `    any rule with its facts: ${ofRules.toFixed(0)}/s; all ${rules.length} rules over a case of ` +
      `${(deadlines / states.length).toFixed(1)} deadlines: ${ofCases.toFixed(0)} cases/s\n`,
  );
}

function perSecond(many: number, work: (i: number) => void): number {
  const start = performance.now();
  for (let i = 0; i < many; i++) work(i);
  return many / ((performance.now() - start) / 1000);
}

benchCalculate();
