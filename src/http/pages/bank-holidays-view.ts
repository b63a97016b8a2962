import { civilDate, compare, isCivilDate, sayDate, sayDay, yearOf } from '../../calendar/civil-date.ts';
import { civilDateOf, sayInstant } from '../../calendar/london-time.ts';
import type { MoveRow, Progress } from '../../cases/store-recomputations.ts';
import { currentRule } from '../../deadlines/rules/register.ts';
import { lessThanAYearLeft, sayFewHolidays, type CalendarRow } from '../../deadlines/store-calendar.ts';
import type { Instant } from '../../platform/clock.ts';

/** What the administrators' page of bank holidays says, every date and number in words. */
export type BankHolidaysView = {
  /** The last day that dates can be counted to. */
  loadedUntil: string;
  /** What to do where less than a year of bank holidays is left; null where there is more. */
  warning: string | null;
  /** From this year on, in order; the years before are in `past`. */
  years: HolidayYear[];
  past: HolidayYear[];
  /** Newest first. */
  recomputations: RecomputationView[];
  /** The dates that one of them moved; null where there was never one. */
  moved: { why: string[]; moves: MoveView[]; nextHref: string | null } | null;
};

export type HolidayYear = { year: number; days: { day: string; name: string; source: string }[] };

export type RecomputationView = {
  href: string;
  isShown: boolean;
  requested: string;
  why: string[];
  state: string;
  progress: string;
  moved: string;
};

export type MoveView = { urn: string; rule: string; what: string; before: string; after: string };

export type Move = Omit<MoveRow, 'caseUrn'> & { caseUrn: string | null };

/**
 * The view of what is stored. Pure.
 * @param shown the recomputation whose moves are listed, with a page of them and the cursor of the next
 */
export function bankHolidaysView(
  calendar: CalendarRow,
  recomputations: readonly Progress[],
  shown: { progress: Progress; moves: readonly Move[]; next: string | null } | null,
  now: Instant,
): BankHolidaysView {
  const thisYear = yearOf(civilDateOf(now));
  const years = holidayYears(calendar);
  return {
    loadedUntil: sayDate(civilDate(calendar.lastYear, 12, 31)),
    warning: lessThanAYearLeft(calendar.lastYear, now) ? sayFewHolidays(calendar.lastYear) : null,
    years: years.filter(({ year }) => year >= thisYear),
    past: years.filter(({ year }) => year < thisYear),
    recomputations: recomputations.map((one) => recomputationView(one, one.id === shown?.progress.id)),
    moved: shown && {
      why: shown.progress.why,
      moves: shown.moves.map(moveView),
      nextHref: shown.next === null ? null : `${hrefOf(shown.progress.id)}&cursor=${shown.next}`,
    },
  };
}

const hrefOf = (id: string): string => `/admin/bank-holidays?recomputation=${id}`;

function holidayYears({ holidays, proclaimed }: CalendarRow): HolidayYear[] {
  const added = new Set(proclaimed.map(({ date }) => date));
  const years = new Map<number, HolidayYear['days']>();
  for (const { date, name } of [...holidays].sort((a, b) => compare(a.date, b.date))) {
    const day = { day: sayDay(date), name, source: added.has(date) ? 'proclaimed' : 'official' };
    years.set(yearOf(date), [...(years.get(yearOf(date)) ?? []), day]);
  }
  return [...years].map(([year, days]) => ({ year, days }));
}

function recomputationView(progress: Progress, isShown: boolean): RecomputationView {
  const { casesTotal, casesLeft, casesFailed, movedTotal, startedAt, finishedAt } = progress;
  const done = `${casesTotal - casesLeft - casesFailed} of ${sayMany(casesTotal, 'case')} worked out again`;
  return {
    href: hrefOf(progress.id),
    isShown,
    requested: `${sayInstant(progress.requestedAt)}, by ${progress.requestedBy}`,
    why: progress.why,
    state:
      finishedAt !== null
        ? `finished at ${sayInstant(finishedAt)}`
        : startedAt === null
          ? 'waiting for a worker'
          : 'under way',
    progress:
      casesFailed === 0
        ? done
        : `${done}; ${sayMany(casesFailed, 'case')} could not be, and a person has a task`,
    moved: sayMany(movedTotal, 'deadline'),
  };
}

const kinds = {
  moved: 'moved',
  added: 'new',
  met: 'met in time by the new count',
  withdrawn: 'no longer due',
} as const;

function moveView({ caseUrn, rule, kind, before, after }: Move): MoveView {
  return {
    urn: caseUrn ?? 'a restricted case',
    rule: currentRule(rule)?.title ?? rule,
    what: kinds[kind],
    before: sayDue(before),
    after: sayDue(after),
  };
}

function sayDue(dates: MoveRow['before']): string {
  if (dates === null) return '';
  const { legalDue, actionDue } = dates;
  if (legalDue === null) return 'no date: the bank holidays of its year are not loaded';
  const due = isCivilDate(legalDue) ? sayDay(legalDue) : sayInstant(legalDue);
  return actionDue === null || actionDue === legalDue ? due : `${due} (act by ${sayDay(actionDue)})`;
}

function sayMany(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
