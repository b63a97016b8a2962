import { CsvError, parse } from 'csv-parse/sync';
import { invalid, isFailure, type Failure, type FieldError } from '../platform/failure.ts';
import { columns, headingOf, numberedGroups, readHeading, type FoundColumn } from './columns.ts';
import { decodeSheet, type Encoding } from './decode-sheet.ts';

/** The most rows that a file may have below its headings. */
export const mostRows = 5_000;

/** A column as it stands in a file: where, under which heading, and what it means. */
export type SheetColumn = FoundColumn & { position: number; heading: string };

/** A row with something in it; `n` is its number as the spreadsheet shows it, the headings being row 1. */
export type SheetRow = { n: number; cells: readonly string[] };

export type Sheet = {
  columns: SheetColumn[];
  rows: SheetRow[];
  /** Headings that mean nothing here. */
  notRead: string[];
  encoding: Encoding;
  delimiter: Delimiter;
};

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Reads the bytes of a CSV file down to its cells: separated by commas, semicolons or tabs, with headings in any order.
 * @returns a failure that names columns where one is missing or twice there; what is in the cells is not looked at
 */
export function readSheet(bytes: Uint8Array): Sheet | Failure {
  const decoded = decodeSheet(bytes);
  if (isFailure(decoded)) return decoded;
  // Excel's own first line says what separates, and is no row of the sheet.
  const said = /^\uFEFF?sep=(.)\r?\n/i.exec(decoded.text);
  const text = said === null ? decoded.text : decoded.text.slice(said[0].length);
  const delimiter = delimiters.find((one) => one === said?.[1]) ?? delimiterOf(text);
  const records = parseRecords(text, delimiter);
  if (isFailure(records)) return records;
  const start = records.findIndex(isFilled);
  const headings = records[start];
  if (headings === undefined)
    return invalid([{ path: '', message: 'has no headings' }], 'The file is empty.');
  const found = headings.flatMap((heading, position): SheetColumn[] => {
    const meant = readHeading(heading);
    return meant === undefined ? [] : [{ ...meant, position, heading: shown(heading) }];
  });
  const errors = [...missing(found), ...twice(found)];
  if (errors.length > 0) return invalid(errors, 'The headings are not those of the template.');
  const rows = records
    .map((cells, i) => ({ n: i + 1, cells }))
    .slice(start + 1)
    .filter(({ cells }) => isFilled(cells));
  if (rows.length > mostRows)
    return invalid(
      [{ path: '', message: `has more than ${mostRows} rows` }],
      `The file may have ${mostRows} rows: send it in parts, with all rows of a case in one.`,
    );
  if (rows.length === 0)
    return invalid([{ path: '', message: 'has no rows below its headings' }], 'The file holds no cases.');
  const known = new Set(found.map(({ position }) => position));
  const notRead = headings.flatMap((heading, i) =>
    known.has(i) || heading.trim() === '' ? [] : [shown(heading)],
  );
  return { columns: found, rows, notRead, encoding: decoded.encoding, delimiter };
}

/** A heading as it is repeated to whoever sent it: in one line, without what moves a terminal's cursor. */
function shown(heading: string): string {
  return heading
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '');
}

/** Whatever separates most of the first line that is not blank. */
function delimiterOf(text: string): Delimiter {
  const line = /[^\s,;][^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = delimiters.map((one) => ({ one, count: line.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

const csvWords: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'has a quotation mark that is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'has a quotation mark in the middle of a cell',
  INVALID_OPENING_QUOTE: 'has a quotation mark in the middle of a cell',
};

function parseRecords(text: string, delimiter: Delimiter): string[][] | Failure {
  try {
    return parse(text, {
      ...{ bom: true, delimiter, record_delimiter: ['\r\n', '\n', '\r'] },
      ...{ relax_column_count: true, skip_empty_lines: false, max_record_size: 200_000 },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = csvWords[error.code] ?? 'cannot be read as CSV';
    const row = Number(error['records'] ?? Number.NaN) + 1;
    return invalid(
      [{ path: Number.isNaN(row) ? '' : `row ${row}`, message }],
      'The file cannot be read as CSV.',
    );
  }
}

function missing(found: readonly SheetColumn[]): FieldError[] {
  return columns
    .filter((column) => column.isNeeded && !found.some((one) => one.column === column))
    .map((column) => ({ path: headingOf(column), message: 'is a column that is needed' }));
}

function twice(found: readonly SheetColumn[]): FieldError[] {
  const names = found.map(({ column, number }) =>
    headingOf(column, numberedGroups.includes(column.group) ? number : 1),
  );
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => ({
    path: name,
    message: 'is the heading of more than one column',
  }));
}
