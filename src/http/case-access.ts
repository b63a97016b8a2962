import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { instantOf } from '../../db/schema/columns.ts';
import { mayOpen } from '../cases/may-open.ts';
import { findCase, readCase } from '../cases/store.ts';
import { lockCase, type CaseRow, type Recording } from '../cases/settle.ts';
import type { RuleSetting } from '../deadlines/apply-settings.ts';
import { calendarNamed, holdCalendar } from '../deadlines/store-calendar.ts';
import { rulesBy } from '../deadlines/store-settings.ts';
import { isFailure, type Failure } from '../platform/failure.ts';
import { recordAccess } from './access.ts';
import type { Context, Staff } from './app-context.ts';
import { staffOf } from './authenticate.ts';
import type { Actor } from '../staff/history.ts';

export { mayOpen };

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

type Basis = { now: string; calendar: string | null; settings: RuleSetting[] };

const basisText = `select hub_now()::timestamptz(3) as now,
  (select version from calendar_versions order by n desc limit 1) as calendar,
  (select coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'enabled', enabled, 'amount', amount) order by rule), '[]')
    from rule_settings) as settings`;

/** What a change is recorded with: the hub's time, calendar and rules in its transaction, and who asked for it. */
export async function recordingOf(tx: Transaction, actor: Actor): Promise<Recording> {
  const [, [basis]] = await Promise.all([holdCalendar(tx), runHot<Basis>(tx, basisText, [])]);
  if (!basis) throw new Error('the database did not tell the time');
  const rules = rulesBy(basis.settings.map(({ rule, enabled, amount }) => ({ rule, enabled, amount })));
  const calendar = await calendarNamed(tx, basis.calendar);
  return { now: instantOf(basis.now), calendar, rules, actor: { id: actor.id, requestId: actor.requestId } };
}
