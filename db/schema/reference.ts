import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  CodeList,
  CourtType,
  ExceptionDetail,
  ReferenceList,
  ResultType,
} from '../../src/reference/types.ts';
import { instant } from './columns.ts';

/**
 * The words of an offence's title, as they are searched. A slash or a hyphen would make Postgres read "his/her" as one
 * file name, so they become spaces; apostrophes go, so that "drivers" finds "driver's". A query repeats this expression
 * letter by letter to be served by the index.
 */
export const offenceWords = sql.raw(
  `to_tsvector('english', translate(coalesce(title, ''), '/-.''’', '   '))`,
);

/** The words of a court's name and area. No stemming: they are names. */
export const courtWords = sql.raw(`to_tsvector('simple', translate(name || ' ' || area, '/-.''’', '   '))`);

/** Offences of England and Wales by CJS code, as police systems know them. */
export const referenceOffences = pgTable(
  'reference_offences',
  {
    code: text('code').primaryKey(),
    title: text('title'),
    category: text('category').notNull(),
    recordableOnPnc: boolean('recordable_on_pnc').notNull(),
  },
  (t) => [
    index('reference_offences_words').using('gin', offenceWords),
    // Prefixes of codes ("TH68") are searched with LIKE, which the primary key serves only in the C locale.
    index('reference_offences_code_prefix').on(t.code.op('text_pattern_ops')),
  ],
);

/** Court houses by the seven-character code that court results carry. */
export const referenceCourts = pgTable(
  'reference_courts',
  {
    code: text('code').primaryKey(),
    type: text('type').$type<CourtType>().notNull(),
    name: text('name').notNull(),
    house: text('house').notNull(),
    area: text('area').notNull(),
    psaCode: text('psa_code'),
  },
  () => [index('reference_courts_words').using('gin', courtWords)],
);

/** Police forces and their like by the two digits that begin a URN. */
export const referenceForces = pgTable('reference_forces', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
});

/** What a court can do with an offence, by result code. */
export const referenceResultCodes = pgTable('reference_result_codes', {
  code: text('code').primaryKey(),
  description: text('description').notNull(),
  type: text('type').$type<ResultType>(),
});

/** Triggers: work for a person that follows from a court result. */
export const referenceTriggers = pgTable('reference_triggers', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  raisedBy: text('raised_by'),
  screen: text('screen'),
});

/** Exceptions: what can be wrong with a court result, why, and how it is put right. */
export const referenceExceptions = pgTable('reference_exceptions', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  cause: text('cause').notNull(),
  correction: text('correction').notNull(),
  prevention: text('prevention').notNull(),
  details: jsonb('details').$type<ExceptionDetail[]>().notNull(),
});

/** Short lists of codes; a code can stand in a list twice under two SPI codes (a plea of guilty does). */
export const referenceCodes = pgTable(
  'reference_codes',
  {
    list: text('list').$type<CodeList>().notNull(),
    code: text('code').notNull(),
    spiCode: text('spi_code').notNull(),
    pncCode: text('pnc_code'),
    description: text('description').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.spiCode] })],
);

/** Which content of each list the tables hold, so that a start that changes nothing loads nothing. */
export const referenceLoads = pgTable('reference_loads', {
  list: text('list').$type<ReferenceList>().primaryKey(),
  hash: text('hash').notNull(),
  loadedAt: instant('loaded_at')
    .notNull()
    .default(sql`now()`),
});
