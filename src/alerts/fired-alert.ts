import type { Database, Sql, Transaction } from '../../db/connect.ts';
import type { AlertClass, FollowUp } from '../../db/schema/alerts.ts';
import type { Instant } from '../platform/clock.ts';

/** An alert that has just been fired, in the transaction that its effect runs in. */
export type FiredAlert = {
  id: string;
  class: AlertClass;
  obligationId: string;
  version: number;
  step: string;
  caseId: string;
  fireAt: Instant;
  firedAt: Instant;
};

/**
 * What firing alerts of one class does, within the transaction that fires them. The rows of their cases are locked.
 * Answers what followed from each, by alert id; an alert that it leaves out had no follow-up.
 * It must use `tx` alone, and nothing outside the database: whatever it did is undone when the transaction fails.
 */
export type Effect = (tx: Transaction, fired: FiredAlert[], now: Instant) => Promise<Map<string, FollowUp[]>>;

/** Makes the task for a person when an alert was started three times in vain. `error` holds no data of the case. */
export type OnQuarantine = (
  tx: Transaction,
  alert: Omit<FiredAlert, 'firedAt'>,
  error: string,
) => Promise<void>;

/** The two clients of a process: transactions on one, start counts committed beside them on the other. */
export type Stores = { db: Database; sql: Sql };
