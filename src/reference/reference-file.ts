import type { ReferenceList } from './types.ts';

/**
 * One list as it is committed: a few lines that start with "# " say what it is and where it is from, a line names the
 * columns of its table, and each further line is a row: values as Postgres writes them, in the manner of its COPY (tabs
 * between them, \N for null). That is half the size of the same rows as JSON objects, and is diffed line by line.
 */
export interface ReferenceFile {
  list: ReferenceList;
  source: string;
  version: string;
  licence: string;
  columns: readonly string[];
  rows: readonly Row[];
}

/** The values of a row, each as Postgres writes its type. */
export type Row = readonly (string | null)[];

const headNames = ['list', 'source', 'version', 'licence'] as const;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = new Map(Object.entries(escapes).map(([plain, written]) => [written, plain]));

function writeValue(value: string | null): string {
  return value === null ? '\\N' : value.replaceAll(/[\\\t\n\r]/g, (char) => escapes[char] ?? char);
}

function readValue(written: string): string | null {
  if (!written.includes('\\')) return written;
  return written === '\\N' ? null : written.replaceAll(/\\./g, (pair) => escaped.get(pair) ?? pair);
}

/** The text of a file. */
export function writeReferenceFile(file: ReferenceFile): string {
  const head = headNames.map((name) => `# ${name}: ${file[name]}`);
  const rows = file.rows.map((row) => row.map(writeValue).join('\t'));
  return [...head, file.columns.join('\t'), ...rows, ''].join('\n');
}

/** Reads what `writeReferenceFile` wrote. Throws where a line of the head is missing: the file is ours, so that is a bug. */
export function readReferenceFile(text: string): ReferenceFile {
  const lines = text.split('\n');
  const [list, source, version, licence] = headNames.map((name, at) => {
    const start = `# ${name}: `;
    const line = lines[at] ?? '';
    if (!line.startsWith(start)) throw new Error(`A reference file has "${line}" where "${start}" belongs`);
    return line.slice(start.length);
  }) as [ReferenceList, string, string, string];
  const columns = lines[headNames.length]?.split('\t') ?? [];
  // The last line is what follows the last line end: nothing.
  const rows = lines.slice(headNames.length + 1, -1).map((line) => line.split('\t').map(readValue));
  return { list, source, version, licence, columns, rows };
}
