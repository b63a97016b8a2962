import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import { cases, deadlines } from '../../db/schema/index.ts';
import { dayOf } from '../deadlines/compute.ts';
import { ruleOf } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';

/** A deadline as a calendar shows it: the case by its URN, the rule by its title, and nobody's name. */
export type CalendarEntry = {
  id: string;
  caseId: string;
  on: string;
  title: string;
  version: number;
  changedAt: Instant;
};

/** The open deadlines of the cases that a person has, but of restricted cases only where they are named, by date. */
export async function readCalendarEntries(db: Database, staffId: string): Promise<CalendarEntry[]> {
  const rows = await db
    .select({ deadline: deadlines, urn: cases.urn })
    .from(deadlines)
    .innerJoin(cases, eq(cases.id, deadlines.caseId))
    .where(
      and(
        eq(cases.caseworker, staffId),
        or(eq(cases.restricted, false), sql`${staffId} = any(${cases.visibleTo})`),
        inArray(deadlines.state, ['pending', 'missed']),
      ),
    )
    .orderBy(asc(deadlines.actionDue), asc(deadlines.id));
  return rows.flatMap(({ deadline, urn }) => {
    const { id, caseId, legalDue, legalDueAt, actionDue, version, changedAt } = deadline;
    const due = legalDueAt ?? legalDue;
    const on = actionDue ?? (due === null ? null : dayOf(due));
    const title = `${urn}: ${ruleOf(deadline).title}`;
    return on === null ? [] : [{ id, caseId, on, title, version, changedAt }];
  });
}
