import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { findCase, isHidden, readCase } from '../cases/store.ts';
import { lockCase, type CaseRow, type Recording } from '../cases/settle.ts';
import { holdCalendar, loadCalendar } from '../deadlines/store-calendar.ts';
import { loadRules } from '../deadlines/store-settings.ts';
import { isFailure, type Failure } from '../platform/failure.ts';
import { recordAccess } from './access.ts';
import type { Context, Staff } from './app-context.ts';
import { staffOf } from './authenticate.ts';
import type { Actor } from '../staff/history.ts';

const noCase: Failure = { kind: 'not-found', detail: 'There is no such case.' };

/**
 * Whether a person may see and work a case: caseworkers those of their team, seniors all, a restricted one only those
 * who are named. A restricted case that they may not know of is not there.
 */
export function mayOpen(row: CaseRow | undefined, staff: Staff): CaseRow | Failure {
  if (row === undefined || isHidden(row, staff.id)) return noCase;
  if (staff.role === 'caseworker' && row.team !== staff.team && !row.restricted)
    return { kind: 'not-allowed', detail: 'The case belongs to another team.' };
  return row;
}

/** Whether a row of a list may be shown: the same decision for many cases. */
export function mayList(row: CaseRow, staff: Staff): boolean {
  return !isFailure(mayOpen(row, staff));
}

/** A case to be read, by its URN; the reading is recorded. */
export async function openCase(c: Context, urn: string): Promise<CaseRow | Failure> {
  const { db } = c.get('hub');
  return recorded(c, db, mayOpen(await findCase(db, urn), staffOf(c)), 'read');
}

/** A case to be read, by its id; the reading is recorded. */
export async function openCaseById(c: Context, id: string): Promise<CaseRow | Failure> {
  const { db } = c.get('hub');
  return recorded(c, db, mayOpen(await readCase(db, id), staffOf(c)), 'read');
}

/** A case to be changed, by its URN, locked in the transaction of the change; the change is recorded. */
export async function lockCaseByUrn(c: Context, tx: Transaction, urn: string): Promise<CaseRow | Failure> {
  const found = mayOpen(await findCase(tx, urn), staffOf(c));
  return isFailure(found) ? found : lockOpen(c, tx, found.id);
}

/** A case to be changed, by its id, locked in the transaction of the change; the change is recorded. */
export async function lockOpen(c: Context, tx: Transaction, id: string): Promise<CaseRow | Failure> {
  // Sent together, done in this order: who holds a case never waits for the calendar.
  const [, row] = await Promise.all([holdCalendar(tx), lockCase(tx, id)]);
  return recorded(c, tx, mayOpen(row, staffOf(c)), 'change');
}

async function recorded(
  c: Context,
  db: Database | Transaction,
  row: CaseRow | Failure,
  action: 'read' | 'change',
): Promise<CaseRow | Failure> {
  if (!isFailure(row))
    await recordAccess(db, {
      staff: staffOf(c),
      caseId: row.id,
      action,
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
  return row;
}

/** What a change is recorded with: the hub's time, calendar and rules in its transaction, and who asked for it. */
export async function recordingOf(tx: Transaction, actor: Actor): Promise<Recording> {
  const [, now, calendar, rules] = await Promise.all([
    holdCalendar(tx),
    readNow(tx),
    loadCalendar(tx),
    loadRules(tx),
  ]);
  return { now, calendar, rules, actor: { id: actor.id, requestId: actor.requestId } };
}
