import type { Database, Transaction } from '../../db/connect.ts';
import type { RecordedRequest } from '../support/recorded-client.ts';

/** What is known of a hub beside its database. */
export type Evidence = {
  /** Every request that was made, with its answer. */
  requests?: readonly RecordedRequest[];
  /** The lines of the log. */
  log?: readonly string[];
  redisUrl?: string | undefined;
  /** Postgres or Redis was taken away: 503 and complaints in the log are as they should be. */
  outage?: boolean;
};

/** Answers of a database, or of a transaction in which a violation was planted. */
export type Asked = Database | Transaction;
