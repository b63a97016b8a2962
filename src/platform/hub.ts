import type { Logger } from 'pino';
import type { Database, Sql } from '../../db/connect.ts';
import type { Config } from './config.ts';

/** What every part of a running process is handed: nothing global. */
export type Hub = {
  db: Database;
  sql: Sql;
  config: Config;
  logger: Logger;
};
