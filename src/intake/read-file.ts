import type { CellError, Makes, Places } from '../../db/schema/intake.ts';
import { caseBody, type CaseBody } from '../cases/case-body.ts';
import { createBreather } from '../platform/breathe.ts';
import { explainIssues } from '../platform/explain-issues.ts';
import { isFailure, type Failure, type FieldError } from '../platform/failure.ts';
import { gatherCases, type GatheredCase } from './gather-cases.ts';
import { readSheet, type Sheet } from './read-sheet.ts';

/** A case of a file: what `POST /api/cases` would be sent, or all that is wrong with its cells. */
export type CaseOfFile = {
  urn: string;
  rows: number[];
  places: Places;
  errors: CellError[];
  /** Null where there are errors. */
  body: CaseBody | null;
  makes: Makes | null;
};

export type CasesFile = Omit<Sheet, 'columns' | 'rows'> & { rows: number; cases: CaseOfFile[] };

/** How long other work of the process may have to wait for a file to be read. */
const longestStretchMs = 20;

/**
 * Reads a CSV file of the template: its cases, each held to the schema of `POST /api/cases`. Pure.
 * @returns a failure where the file cannot be read as a whole
 */
export async function readCasesFile(bytes: Uint8Array): Promise<CasesFile | Failure> {
  const sheet = readSheet(bytes);
  if (isFailure(sheet)) return sheet;
  const { encoding, delimiter, notRead, rows } = sheet;
  const cases: CaseOfFile[] = [];
  const breathe = createBreather(longestStretchMs);
  for (const gathered of gatherCases(sheet)) {
    cases.push(checkGathered(gathered));
    await breathe();
  }
  return { encoding, delimiter, notRead, rows: rows.length, cases };
}

function checkGathered(gathered: GatheredCase): CaseOfFile {
  const { urn, rows, body, places, spoilt } = gathered;
  const parsed = caseBody.safeParse(body);
  const issues = parsed.success ? [] : explainIssues(parsed.error.issues, body);
  const told = [...spoilt];
  const news = issues.filter(({ path }) => !told.some((one) => one === path || one.startsWith(`${path}.`)));
  const errors = [...gathered.errors, ...inFile(news, places, rows)].toSorted((a, b) => a.row - b.row);
  const isRight = parsed.success && errors.length === 0;
  return {
    ...{ urn, rows, places, errors },
    body: isRight ? parsed.data : null,
    makes: isRight ? countParts(parsed.data) : null,
  };
}

function countParts({ defendants, hearings, victims, witnesses }: CaseBody): Makes {
  return {
    defendants: defendants.length,
    offences: defendants.reduce((sum, { offences }) => sum + offences.length, 0),
    ...{ hearings: hearings.length, victims: victims.length, witnesses: witnesses.length, deadlines: null },
  };
}

/** Errors of fields as errors of cells: each where its field stands, or would stand. Pure. */
export function inFile(errors: readonly FieldError[], places: Places, rows: readonly number[]): CellError[] {
  return errors.map(({ path, message }) => {
    const [row, column] = placeOf(path, places) ?? [rows[0] ?? 1, 'URN'];
    return { row, column, message };
  });
}

function placeOf(path: string, places: Places): Places[string] | undefined {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const place = places[parts.slice(0, length).join('.')];
    if (place) return place;
  }
  return undefined;
}
