import type { z } from 'zod';
import { civilDate, isCivilDate, sayDate, sayDay, yearOf } from '../../../calendar/civil-date.ts';
import { civilDateOf, sayInstant } from '../../../calendar/london-time.ts';
import { currentRule } from '../../../deadlines/rules/register.ts';
import { sayFewHolidays } from '../../../deadlines/store-calendar.ts';
import type { holidaysSchema, previewSchema } from '../../api/bank-holidays.ts';
import type { moveSchema, recomputationSchema } from '../../api/recomputations.ts';
import { figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';

export type HolidaysJson = z.output<typeof holidaysSchema>;
export type RecomputationJson = z.output<typeof recomputationSchema>;
export type ProgressJson = RecomputationJson & { moved: { items: MoveJson[]; next: string | null } };
export type PreviewJson = z.output<typeof previewSchema>;
type MoveJson = z.output<typeof moveSchema>;

/** The view model of the administrators' page of bank holidays. */
export type HolidaysView = {
  /** The last day that dates can be counted to. */
  loadedUntil: string;
  /** What to do where less than a year of bank holidays is left; null where there is more. */
  warning: string | null;
  recomputations: Table | null;
  moved: { why: string; table: Table | null; nextHref: string | null } | null;
  /** From this year on; the years before are in `past`. */
  years: Table[];
  past: Table[];
};

/**
 * The list, what its changes moved, and how long it lasts.
 * @param shown the recomputation whose moves are listed, with a page of them
 */
export function holidaysView(
  holidays: HolidaysJson,
  recomputations: readonly RecomputationJson[],
  shown: ProgressJson | null,
  now: string,
): HolidaysView {
  const thisYear = yearOf(civilDateOf(now));
  const years = [...new Set(holidays.items.map(({ on }) => yearOf(on)))];
  const tables = years.map((year) => ({ year, table: yearTable(year, holidays) }));
  return {
    loadedUntil: sayDate(civilDate(holidays.lastYear, 12, 31)),
    warning: holidays.lessThanAYearLeft ? sayFewHolidays(holidays.lastYear) : null,
    recomputations: recomputations.length === 0 ? null : recomputationsTable(recomputations, shown?.id),
    moved: shown && {
      why: shown.why.join('; '),
      table: shown.moved.items.length === 0 ? null : movesTable(shown.moved.items),
      nextHref: shown.moved.next === null ? null : `${hrefOf(shown.id)}&cursor=${shown.moved.next}`,
    },
    years: tables.flatMap(({ year, table }) => (year >= thisYear ? [table] : [])),
    past: tables.flatMap(({ year, table }) => (year < thisYear ? [table] : [])),
  };
}

/** What proclaiming would move, by rule, with some of the cases. */
export function previewTable({ changes }: PreviewJson): Table {
  return {
    id: 'would-move',
    title: 'Dates that would move',
    heads: [wordHead('Deadline'), wordHead('What happens'), numberHead('How many'), wordHead('For example')],
    rows: changes.map(({ rule, kind, count, examples }) => ({
      cells: [
        words(titleOf(rule)),
        words(kinds[kind]),
        figure(count),
        words(
          examples
            .map(
              ({ caseUrn, before, after }) => `${caseUrn ?? 'a restricted case'}: ${sayMove(before, after)}`,
            )
            .join('. '),
        ),
      ],
    })),
  };
}

/** "3 deadlines of 2 cases would change", in whole sentences. */
export function sayPreview({ cases, changes }: PreviewJson): string {
  const count = changes.reduce((sum, change) => sum + change.count, 0);
  const gone = `${sayMany(cases, 'live case')} would be worked out again`;
  return count === 0
    ? `${gone}, and no date would move.`
    : `${gone}, and ${sayMany(count, 'deadline')} would change.`;
}

const hrefOf = (id: string): string => `/admin/bank-holidays?recomputation=${id}`;
const titleOf = (rule: string): string => currentRule(rule)?.title ?? rule;

function yearTable(year: number, { items }: HolidaysJson): Table {
  return {
    id: `year-${year}`,
    title: String(year),
    heads: [wordHead('Day'), wordHead('Bank holiday'), wordHead('Source')],
    rows: items
      .filter(({ on }) => yearOf(on) === year)
      .map(({ on, name, source }) => ({ cells: [words(sayDay(on)), words(name), words(source)] })),
  };
}

function recomputationsTable(all: readonly RecomputationJson[], shown: string | undefined): Table {
  return {
    id: 'recomputations',
    title: 'Dates that were worked out again',
    heads: ['Asked for', 'Why', 'State', 'Progress', 'Dates'].map(wordHead),
    rows: all.map((one) => {
      const { id, requestedAt, requestedBy, why, casesTotal, casesDone, casesFailed, movedTotal } = one;
      const done = `${casesDone} of ${sayMany(casesTotal, 'case')} worked out again`;
      const failed = `${sayMany(casesFailed, 'case')} could not be, and a person has a task`;
      const moved = sayMany(movedTotal, 'deadline');
      return {
        cells: [
          words(`${sayInstant(requestedAt)}, by ${requestedBy}`),
          words(why.join('; ')),
          words(sayState(one)),
          { text: done, ...(casesFailed === 0 ? {} : { more: failed }) },
          id === shown
            ? { text: moved, more: 'listed below' }
            : { text: moved, href: hrefOf(id), about: `of ${sayInstant(requestedAt)}` },
        ],
      };
    }),
  };
}

function sayState({ startedAt, finishedAt }: RecomputationJson): string {
  if (finishedAt !== null) return `finished at ${sayInstant(finishedAt)}`;
  return startedAt === null ? 'waiting for a worker' : 'under way';
}

const kinds = {
  moved: 'moved',
  added: 'new',
  met: 'met in time by the new count',
  withdrawn: 'no longer due',
} as const;

function movesTable(moves: readonly MoveJson[]): Table {
  return {
    id: 'moved',
    title: 'Dates that moved',
    heads: ['Case', 'Deadline', 'What happened', 'It was due', 'It is due'].map(wordHead),
    rows: moves.map(({ caseUrn, rule, kind, before, after }) => ({
      cells: [
        words(caseUrn ?? 'a restricted case'),
        words(titleOf(rule)),
        words(kinds[kind]),
        words(sayDue(before)),
        words(sayDue(after)),
      ],
    })),
  };
}

function sayMove(before: MoveJson['before'], after: MoveJson['after']): string {
  if (before === null) return `new, ${sayDue(after)}`;
  return after === null ? `was ${sayDue(before)}` : `${sayDue(before)} becomes ${sayDue(after)}`;
}

function sayDue(dates: MoveJson['before']): string {
  if (dates === null) return '';
  const { legalDue, actionDue } = dates;
  if (legalDue === null) return 'no date: the bank holidays of its year are not loaded';
  const due = isCivilDate(legalDue) ? sayDay(legalDue) : sayInstant(legalDue);
  return actionDue === null || actionDue === legalDue ? due : `${due} (act by ${sayDay(actionDue)})`;
}

function sayMany(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
