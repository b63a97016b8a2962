import { z } from 'zod';

const usualLimit = 25;
const mostLimit = 100;
const limitWords = `must be a whole number from 1 to ${mostLimit}`;

const limitText = z
  .string()
  .regex(/^\d{1,3}$/, limitWords)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= mostLimit, limitWords);

/** `?limit=`: 25 unless given, at most 100. */
export const limitField = limitText
  .default(usualLimit)
  .openapi({ type: 'integer', minimum: 1, maximum: mostLimit, default: usualLimit, example: usualLimit });

/**
 * `?cursor=`: where the page before ended, as only the hub can read it.
 * @param position what the list is ordered by, such as `z.tuple([instantField, z.uuid()])`
 */
export function cursorField<S extends z.ZodType>(position: S) {
  return z
    .string()
    .max(1_000)
    .transform((text, context): z.output<S> => {
      const parsed = position.safeParse(readCursor(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'is not a cursor that this list gave' });
      return z.NEVER;
    })
    .optional()
    .openapi({ type: 'string', description: '`next` of the page before', example: 'WyIyMDI2LTAzLTA2Il0' });
}

/** The query of a list, of which other fields are refused; more can be added with `.extend`. */
export function pageQuery<S extends z.ZodType>(position: S) {
  return z.strictObject({ limit: limitField, cursor: cursorField(position) });
}

/** Where a page begins in a list whose order stays: how many come before it. */
export const placeField = z.tuple([z.number().int().min(0).max(1_000_000)]);

/** The query of a list that is answered whole unless a limit is given. */
export const wholeListQuery = z.strictObject({
  limit: limitText.optional().openapi({
    type: 'integer',
    minimum: 1,
    maximum: mostLimit,
    description: 'The whole list unless given',
  }),
  cursor: cursorField(placeField),
});

/** The answer of a list. */
export function pageSchema<S extends z.ZodType>(item: S) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last' }),
  });
}

/**
 * A page of a list.
 * @param rows as read in order with `limit + 1`, which tells whether there are more
 * @param positionOf where a row stands in the order
 */
export function page<T>(
  rows: readonly T[],
  limit: number,
  positionOf: (row: T) => readonly unknown[],
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null };
}

/**
 * A page of a list that is in memory already.
 * @param newestFirst by `at` and then by id, the greatest first
 * @param after where the page before ended
 */
export function pageInMemory<T extends { id: string }>(
  newestFirst: readonly T[],
  limit: number,
  after: readonly [at: string, id: string] | undefined,
  atOf: (row: T) => string,
): { items: T[]; next: string | null } {
  const rest = newestFirst.filter((row) => {
    if (after === undefined || atOf(row) < after[0]) return true;
    return atOf(row) === after[0] && row.id < after[1];
  });
  return page(rest, limit, (row) => [atOf(row), row.id]);
}

/**
 * A page of a list by its place.
 * @param rows as read from that place on with `limit + 1`
 */
export function pageAt<T>(
  rows: readonly T[],
  limit: number,
  place: number,
): { items: T[]; next: string | null } {
  return { items: rows.slice(0, limit), next: rows.length > limit ? writeCursor([place + limit]) : null };
}

/** A whole list, or the page of it that was asked for. */
export function wholeOrPage<T>(
  rows: readonly T[],
  { limit, cursor }: z.output<typeof wholeListQuery>,
): { items: T[]; next: string | null } {
  const [place] = cursor ?? [0];
  const rest = rows.slice(place);
  return pageAt(rest, limit ?? rest.length, place);
}

function writeCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
