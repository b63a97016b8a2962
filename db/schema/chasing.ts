import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import type { ChaserLevel } from './materials.ts';

/** One step of a ladder, in business days from the day on which something is due. */
export type LadderStepRecord = {
  step: string;
  level: ChaserLevel;
  businessDays: number;
  /** Never later than so many business days before the next hearing. */
  beforeHearing?: number;
};

/** Append-only: every ladder that the force has set; the last one is in force. Without any it is the hub's own. */
export const chasingLadders = pgTable(
  'chasing_ladders',
  {
    version: integer('version').primaryKey(),
    ordinary: jsonb('ordinary').$type<LadderStepRecord[]>().notNull(),
    compressed: jsonb('compressed').$type<LadderStepRecord[]>().notNull(),
    inCustody: boolean('in_custody').notNull(),
    custodyLimitDays: integer('custody_limit_days').notNull(),
    timeLimitDays: integer('time_limit_days').notNull(),
    hearingWorkingDays: integer('hearing_working_days').notNull(),
    note: text('note').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [check('chasing_ladders_version', sql`${t.version} > 0`)],
);
