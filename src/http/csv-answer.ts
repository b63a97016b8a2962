import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Context } from './app-context.ts';

/** `?format=`: JSON unless `csv` is asked for. */
export const formatField = z.enum(['json', 'csv']).default('json');

/** What a route that answers in CSV too says of it in the document. */
export const csvContent = { 'text/csv': { schema: z.string() } };

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read it as such), as a file to be saved. A
 * cell that a spreadsheet would take for a formula begins with an apostrophe, so that opening it runs nothing.
 * @param columns the header, in order; what a row has besides is left out
 */
export function csvAnswer(
  c: Context,
  name: string,
  columns: readonly string[],
  rows: readonly Record<string, string | number | null>[],
): Response {
  const text = stringify([...rows], {
    header: true,
    columns: [...columns],
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return c.body(text, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  });
}
