import { eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import {
  courtWords,
  offenceWords,
  referenceCodes,
  referenceCourts,
  referenceExceptions,
  referenceForces,
  referenceOffences,
  referenceResultCodes,
  referenceTriggers,
} from '../../db/schema/reference.ts';
import { classOfOffence } from './offence-class.ts';
import { codePrefix, searchWords } from './search-words.ts';
import type {
  CodeList,
  ReferenceCode,
  ReferenceCourt,
  ReferenceException,
  ReferenceOffence,
  ReferenceResultCode,
  ReferenceTrigger,
} from './types.ts';

/** A Drizzle handle on postgres.js, or its transaction, whatever its schema. */
export type ReferenceReader = Pick<PgDatabase<PostgresJsQueryResultHKT>, 'select'>;

type OffenceRow = typeof referenceOffences.$inferSelect;

function withClass(row: OffenceRow): ReferenceOffence {
  return { ...row, class: classOfOffence(row) };
}

/** The offence with this CJS code (in either case), or null. */
export async function findOffence(db: ReferenceReader, code: string): Promise<ReferenceOffence | null> {
  return (await findOffences(db, [code])).get(code) ?? null;
}

/** The offences with these CJS codes, by the codes as they were asked for; unknown codes are absent. */
export async function findOffences(
  db: ReferenceReader,
  codes: readonly string[],
): Promise<Map<string, ReferenceOffence>> {
  // As written first: one local code has a small letter in it.
  const spellings = codes.map((code) => [code, code.trim().toUpperCase()] as const);
  if (spellings.length === 0) return new Map();
  const rows = await db
    .select()
    .from(referenceOffences)
    .where(inArray(referenceOffences.code, [...new Set(spellings.flat())]));
  const byCode = new Map(rows.map((row) => [row.code, withClass(row)]));
  return new Map(
    spellings.flatMap(([code, upper]) => {
      const found = byCode.get(code) ?? byCode.get(upper);
      return found ? [[code, found]] : [];
    }),
  );
}

/**
 * Offences for what someone types: the beginning of a code, or words of the title in any order, the last unfinished.
 * An exact code is first; then codes that begin so; real offences before applications and breaches; national codes before
 * local and old ones; then titles that begin with the words; short titles (the plain offence) before long ones.
 */
export async function searchOffences(
  db: ReferenceReader,
  q: string,
  limit: number,
  offset = 0,
): Promise<ReferenceOffence[]> {
  const words = searchWords(q);
  if (words.length === 0) return [];
  const { code, title, category } = referenceOffences;
  const prefix = codePrefix(q);
  // The stems come from ts_lexize rather than to_tsquery, which prints a notice for every search for "the".
  const query = sql`(select string_agg(stem || ':*', ' & ')::tsquery
    from unnest(string_to_array(${words.join(' ')}, ' ')) word, unnest(ts_lexize('english_stem', word)) stem)`;
  const rows = await db
    .select()
    .from(referenceOffences)
    .where(or(sql`${offenceWords} @@ ${query}`, startsWith(code, prefix)))
    .orderBy(
      sql`${code} = ${prefix ?? ''} desc`,
      sql`${startsWith(code, prefix)} desc`,
      sql`${category} in ('CS', 'CM', 'CE', 'CI') desc`,
      // Local codes begin with a force's digits; titles all in capitals are of lists that are no longer kept up.
      sql`${code} ~ '^[0-9]'`,
      sql`${title} = upper(${title})`,
      sql`lower(${title}) like ${`${words.join(' ')}%`} desc nulls last`,
      sql`length(${title})`,
      code,
    )
    .limit(limit)
    .offset(offset);
  return rows.map(withClass);
}

type CodeColumn = typeof referenceOffences.code | typeof referenceCourts.code;

/** A prefix has only letters and digits, so nothing in it means something to LIKE; without one nothing starts so. */
function startsWith(column: CodeColumn, prefix: string | null): SQL {
  return sql`${column} like ${prefix === null ? '' : `${prefix}%`}`;
}

/** Courts for what someone types: the beginning of a code, or words of the name or area. Main houses are first. */
export async function searchCourts(
  db: ReferenceReader,
  q: string,
  limit: number,
  offset = 0,
): Promise<ReferenceCourt[]> {
  const words = searchWords(q);
  if (words.length === 0) return [];
  const { code, house } = referenceCourts;
  const prefix = codePrefix(q);
  const query: SQL = sql`${words.map((word) => `${word}:*`).join(' & ')}::tsquery`;
  return db
    .select()
    .from(referenceCourts)
    .where(or(sql`${courtWords} @@ ${query}`, startsWith(code, prefix)))
    .orderBy(
      sql`${startsWith(code, prefix)} desc`,
      sql`lower(${house}) like ${`${words[0]}%`} desc`,
      sql`length(${house})`,
      code,
    )
    .limit(limit)
    .offset(offset);
}

/** The court with this code of a court result, or null. */
export async function findCourt(db: ReferenceReader, code: string): Promise<ReferenceCourt | null> {
  const rows = await db.select().from(referenceCourts).where(eq(referenceCourts.code, code.toUpperCase()));
  return rows[0] ?? null;
}

/** The name of the force whose two digits begin a URN, or null. */
export async function findForceName(db: ReferenceReader, code: string): Promise<string | null> {
  const rows = await db.select().from(referenceForces).where(eq(referenceForces.code, code));
  return rows[0]?.name ?? null;
}

/** What these result codes mean, by code; unknown codes are absent. */
export async function describeResultCodes(
  db: ReferenceReader,
  codes: readonly string[],
): Promise<Map<string, ReferenceResultCode>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .select()
    .from(referenceResultCodes)
    .where(inArray(referenceResultCodes.code, [...codes]));
  return new Map(rows.map((row) => [row.code, row]));
}

/** The trigger with this code (`TRPR0001`), or null. */
export async function findTrigger(db: ReferenceReader, code: string): Promise<ReferenceTrigger | null> {
  const rows = await db.select().from(referenceTriggers).where(eq(referenceTriggers.code, code));
  return rows[0] ?? null;
}

/** The exception with this code (`HO100304`), or null. */
export async function findException(db: ReferenceReader, code: string): Promise<ReferenceException | null> {
  const rows = await db.select().from(referenceExceptions).where(eq(referenceExceptions.code, code));
  return rows[0] ?? null;
}

/** A short list, such as the pleas, in the order of its codes. */
export async function listCodes(db: ReferenceReader, list: CodeList): Promise<ReferenceCode[]> {
  const { code, spiCode } = referenceCodes;
  return db.select().from(referenceCodes).where(eq(referenceCodes.list, list)).orderBy(code, spiCode);
}
