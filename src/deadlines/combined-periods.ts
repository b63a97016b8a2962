import { addDays, addMonths, sayDay, weekday, type CivilDate } from '../calendar/civil-date.ts';
import { countBusinessDays, countCalendarDays } from '../calendar/counting.ts';
import { goodFriday } from '../calendar/easter.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { deemedService } from '../calendar/service.ts';
import { around } from './adjustable-period.ts';
import { required, factLabels, type FactName, type Facts } from './facts.ts';
import { type DateFact } from './periods.ts';
import type { Period, PeriodResult } from './rule.ts';

/** A day to count from: that of a fact, or the day of service, given or deemed. */
export type DaySource = DateFact | 'service';

type CountFrom = (calendar: HolidayCalendar, from: CivilDate, label: string) => PeriodResult;

/** Counts from the latest of several days: those it needs, and those others that are known. */
export function afterLatest(
  says: string,
  needed: readonly DaySource[],
  known: readonly DaySource[],
  count: CountFrom,
): Period {
  const all = [...needed, ...known];
  return {
    says: `${says} the latest of: ${all.map((source) => factLabels[source]).join('; ')}`,
    needs: needed.map(namesOf),
    optional: known.flatMap(namesOf),
    count: (facts, calendar) => {
      const steps: string[] = [];
      let latest: { on: CivilDate; label: string } | undefined;
      let days = 0;
      for (const source of all) {
        const day = dayFrom(source, facts, calendar);
        if (day === null) continue;
        if (day.kind !== 'counted') return day;
        days += 1;
        steps.push(...day.steps);
        if (latest === undefined || day.due > latest.on)
          latest = { on: day.due, label: source === 'service' ? 'the day of service' : factLabels[source] };
      }
      if (latest === undefined) throw new Error(`none of ${all.join(', ')} is given`);
      if (days > 1) steps.push(`The latest of these is ${latest.label}, ${sayDay(latest.on)}`);
      return withSteps(steps, count(calendar, latest.on, latest.label));
    },
  };
}

function namesOf(source: DaySource): FactName[] {
  return source === 'service' ? ['servedOn', 'service'] : [source];
}

function dayFrom(source: DaySource, facts: Facts, calendar: HolidayCalendar): PeriodResult | null {
  if (source === 'service' && facts.service !== undefined) return deemedService(calendar, facts.service);
  const on = facts[source === 'service' ? 'servedOn' : source];
  return on === undefined ? null : { kind: 'counted', due: on, steps: [] };
}

/** `BD` after, where the magistrates' court and the Crown Court have periods of their own. */
export const businessDaysAfterByCourt = (
  days: { magistrates: number; crown: number },
  fact: DateFact,
): Period => ({
  says: `${days.magistrates} business days (${days.crown} in the Crown Court) after ${factLabels[fact]}`,
  needs: [[fact], ['court']],
  count: (facts, calendar) => {
    const court = required(facts, 'court');
    const says = court === 'crown' ? 'In the Crown Court' : 'In the magistrates’ court';
    return withSteps(
      [`${says}: ${days[court]} business days`],
      countBusinessDays(calendar, required(facts, fact), days[court], factLabels[fact]),
    );
  },
});

/** The day that the court or the CPS set where there is one; otherwise the period. */
export const unlessSet = (otherwise: Period): Period =>
  around(otherwise, (period) => ({
    says: `${period.says}, unless a day was set`,
    needs: period.needs,
    optional: [...(period.optional ?? []), 'dueOn'],
    count: (facts, calendar) =>
      facts.dueOn === undefined ? period.count(facts, calendar) : daySet(facts.dueOn),
  }));

/** The day that was set, or one reckoned from another fact where only that is known. */
export const daySetOr = (otherwise: Period, fact: DateFact): Period =>
  around(otherwise, (period) => ({
    says: `the day that was set; where none was, ${period.says}`,
    needs: [['dueOn', fact]],
    count: (facts, calendar) =>
      facts.dueOn === undefined
        ? withSteps(
            ['No day was set: the default stands until the court sets one'],
            period.count(facts, calendar),
          )
        : daySet(facts.dueOn),
  }));

function daySet(due: CivilDate): PeriodResult {
  return { kind: 'counted', due, steps: [`The day that was set is ${sayDay(due)}`] };
}

/** The earliest of a period and of those others whose facts are known. The number to adjust is the first's. */
export function earliestKnown(main: Period, ...others: readonly Period[]): Period {
  return around(main, (first) => ({
    says: [first.says, ...others.map(({ says }) => says)].join(', and '),
    needs: first.needs,
    optional: [first, ...others]
      .flatMap(({ optional }) => optional ?? [])
      .concat(others.flatMap(({ needs }) => needs.flat())),
    count: (facts, calendar) => {
      let earliest = first.count(facts, calendar);
      for (const other of others) {
        if (!other.needs.every((names) => names.some((name) => facts[name] !== undefined))) continue;
        const counted = other.count(facts, calendar);
        if (earliest.kind !== 'counted') return earliest;
        if (counted.kind !== 'counted') return counted;
        const steps = [...earliest.steps, ...counted.steps, 'The earlier of these dates is the limit'];
        const due = counted.due < earliest.due ? counted.due : earliest.due;
        earliest = { kind: 'counted', due, steps };
      }
      return earliest;
    },
  }));
}

/** One period where a fact is known (and not false), another where it is not, whose number is the one to adjust. */
export const whereKnown = (fact: FactName, says: string, then: Period, ordinary: Period): Period =>
  around(ordinary, (otherwise) => ({
    says: `${then.says} ${says}; otherwise ${otherwise.says}`,
    needs: otherwise.needs,
    optional: [
      ...new Set([fact, ...then.needs.flat(), ...(then.optional ?? []), ...(otherwise.optional ?? [])]),
    ],
    count: (facts, calendar) =>
      facts[fact] === undefined || facts[fact] === false
        ? otherwise.count(facts, calendar)
        : withSteps([`This is a period ${says}`], then.count(facts, calendar)),
  }));

/** A period counted back from a hearing, but never to a day before another: one listed at short notice. */
export const noEarlierThan = (main: Period, floor: Period, because: string): Period =>
  around(main, (period) => ({
    says: `${period.says}, or ${floor.says} where that is later`,
    needs: period.needs,
    optional: [...(period.optional ?? []), ...floor.needs.flat()],
    count: (facts, calendar) => {
      const due = period.count(facts, calendar);
      if (!floor.needs.every((names) => names.some((name) => facts[name] !== undefined))) return due;
      const least = floor.count(facts, calendar);
      if (due.kind !== 'counted' || least.kind !== 'counted' || least.due <= due.due) return due;
      return withSteps([...due.steps, because], least);
    },
  }));

/** Calendar weeks from the end of the month of a fact. */
export const weeksAfterMonthEnd = (weeks: number, fact: DateFact): Period => ({
  says: `${weeks} weeks after the end of the month of ${factLabels[fact]}`,
  needs: [[fact]],
  count: (facts) => {
    const firstOfMonth = `${required(facts, fact).slice(0, 8)}01`;
    const monthEnd = addDays(addMonths(firstOfMonth, 1), -1);
    return countCalendarDays(monthEnd, weeks * 7, 'the last day of the month');
  },
});

/** The next day on which a magistrates’ court sits for a person kept in custody: s.46 PACE 1984. */
export function nextCourtDay(from: CivilDate): { due: CivilDate; steps: string[] } {
  const steps: string[] = [];
  let due = addDays(from, 1);
  while (weekday(due) === 7 || due.endsWith('-12-25') || due === goodFriday(Number(due.slice(0, 4)))) {
    steps.push(`${sayDay(due)} is a Sunday, Good Friday or Christmas Day`);
    due = addDays(due, 1);
  }
  return { due, steps: [...steps, `The next day of court is ${sayDay(due)}`] };
}

/** The next day of court after the day of a fact. */
export const nextCourtDayAfter = (fact: DateFact): Period => ({
  says: `the day after ${factLabels[fact]}, leaving out Sundays, Good Friday and Christmas Day`,
  needs: [[fact]],
  count: (facts) => {
    const from = required(facts, fact);
    const { due, steps } = nextCourtDay(from);
    return { kind: 'counted', due, steps: [`Counted from ${factLabels[fact]}, ${sayDay(from)}`, ...steps] };
  },
});

function withSteps(before: readonly string[], result: PeriodResult): PeriodResult {
  return result.kind === 'beyond-calendar' ? result : { ...result, steps: [...before, ...result.steps] };
}
