import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { caseEvents, cases, deadlines, eventWords } from '../../db/schema/index.ts';
import type { CaseRow } from '../cases/settle.ts';
import { readEvents } from '../cases/store.ts';
import { readWords } from '../correspondence/store.ts';
import { recordRules, type PoliceSystem } from '../deadlines/record-entries.ts';
import { readDeadlines } from '../deadlines/store.ts';
import { recordsOf, type PoliceRecord, type RecordedEvent } from './records-of.ts';

/** Every entry of a case, owed and made, by when it is due. */
export async function readRecords(db: Database | Transaction, caseId: string): Promise<PoliceRecord[]> {
  const rows = await readDeadlines(db, caseId);
  return recordsOf(rows, await readEvents(db, caseId), await readWords(db, caseId));
}

export type ListedRecord = { row: CaseRow; record: PoliceRecord };

/** Entries of the cases that somebody may see, first due first: those of their team, of all teams for seniors. */
export async function listRecords(
  db: Database,
  {
    state,
    system,
    staff,
  }: {
    state: 'owed' | 'entered';
    system: PoliceSystem | undefined;
    staff: { id: string; role: string; team: string | null };
  },
  limit: number,
  after?: readonly [due: string, id: string],
): Promise<ListedRecord[]> {
  const due = sql`coalesce(${deadlines.actionDue}, ${deadlines.legalDue}, 'infinity'::date)`;
  const named = sql`${staff.id} = any(${cases.visibleTo})`;
  const ofTeam = staff.role === 'senior' ? sql`true` : sql`${cases.team} = ${staff.team}`;
  const rows = await db
    .select({ row: cases, deadline: deadlines })
    .from(deadlines)
    .innerJoin(cases, eq(cases.id, deadlines.caseId))
    .where(
      and(
        inArray(deadlines.rule, recordRules(system)),
        inArray(deadlines.state, state === 'owed' ? ['pending', 'missed'] : ['met']),
        sql`case when ${cases.restricted} then ${named} else ${ofTeam} end`,
        after === undefined
          ? undefined
          : sql`(${due}, ${deadlines.id}) > (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(asc(due), asc(deadlines.id))
    .limit(limit);
  const ids = rows.flatMap(({ deadline }) => [deadline.startedBy, deadline.metBy ?? deadline.startedBy]);
  const events =
    ids.length === 0 ? [] : await db.select().from(caseEvents).where(inArray(caseEvents.id, ids));
  const words =
    ids.length === 0 ? [] : await db.select().from(eventWords).where(inArray(eventWords.eventId, ids));
  const said = new Map(words.map((one) => [one.eventId, one]));
  return rows.flatMap(({ row, deadline }) =>
    recordsOf([deadline], events as RecordedEvent[], said).map((record) => ({ row, record })),
  );
}
