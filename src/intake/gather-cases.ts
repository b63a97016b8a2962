import type { CellError, Places } from '../../db/schema/intake.ts';
import { groupBy } from '../platform/group-by.ts';
import { columns, headingOf, type Column, type ColumnGroup } from './columns.ts';
import { readCell } from './read-cell.ts';
import type { Sheet, SheetColumn, SheetRow } from './read-sheet.ts';

/** A field as a cell gives it. What could not be read is there without a value, and is told of by itself. */
type Given = { value: unknown; isWrong: boolean; row: number; column: string };

/** One thing of a case, such as a defendant: its fields, and the first row that tells of it. */
type Thing = { group: ColumnGroup; number: number; row: number; fields: Map<string, Given> };
type Defendant = Thing & { offences: Thing[] };

/** The rows of one URN: the body of `POST /api/cases` as far as it could be read, and where each field of it stands. */
export type GatheredCase = {
  /** Empty where a row has none. */
  urn: string;
  rows: number[];
  body: Record<string, unknown>;
  places: Places;
  errors: CellError[];
  /** Paths of fields that could not be read: they have been told of. */
  spoilt: Set<string>;
};

/**
 * Makes one case of all rows of a URN, wherever they stand: what is said of the case, a defendant or a person in
 * several rows has to agree. A row without a URN is a case of its own, which is wrong. One after the other, so that other
 * work of the process can go between. Pure.
 */
export function* gatherCases(sheet: Sheet): Generator<GatheredCase> {
  const urn = sheet.columns.find(({ column }) => column.field === 'urn');
  const urnOf = ({ cells, n }: SheetRow) => {
    const cell = urn && readCell(urn.column, cells[urn.position] ?? '');
    return cell?.kind === 'value' ? String(cell.value) : `row ${n}`;
  };
  for (const rows of groupBy(sheet.rows, urnOf).values())
    yield gather(rows.map((row) => readRow(sheet.columns, row)));
}

type ReadRow = { n: number; urn: string | undefined; things: Thing[]; errors: CellError[] };

function readRow(sheetColumns: readonly SheetColumn[], { n, cells }: SheetRow): ReadRow {
  const things = new Map<string, Thing>();
  const errors: CellError[] = [];
  for (const { column, number, heading, position } of sheetColumns) {
    const cell = readCell(column, cells[position] ?? '');
    if (cell.kind === 'blank') continue;
    if (cell.kind === 'wrong') errors.push({ row: n, column: heading, message: cell.message });
    const key = `${column.group} ${number}`;
    const thing = things.get(key) ?? {
      group: column.group,
      number,
      row: n,
      fields: new Map<string, Given>(),
    };
    things.set(key, thing);
    const value = cell.kind === 'value' ? cell.value : undefined;
    thing.fields.set(column.field, { value, isWrong: cell.kind === 'wrong', row: n, column: heading });
  }
  const urn = things.get('case 1')?.fields.get('urn')?.value;
  return { n, urn: typeof urn === 'string' ? urn : undefined, things: inOrder(things), errors };
}

/** By number, whatever the order of the columns. */
function inOrder(things: ReadonlyMap<string, Thing>): Thing[] {
  return [...things.values()].toSorted((one, other) => one.number - other.number);
}

function gather(rows: readonly ReadRow[]): GatheredCase {
  const errors = rows.flatMap((row) => row.errors);
  const first = rows[0]?.n ?? 0;
  const theCase: Thing = { group: 'case', number: 1, row: first, fields: new Map() };
  const defendants: Defendant[] = [];
  const lists: Record<'hearing' | 'victim' | 'witness', Thing[]> = { hearing: [], victim: [], witness: [] };
  for (const { things } of rows) {
    const of = (group: ColumnGroup) => things.find((thing) => thing.group === group);
    const said = of('case');
    if (said) join(theCase, said, errors);
    const defendant = findDefendant(defendants, of('defendant'), of('offence'), errors);
    const offence = of('offence');
    if (defendant && offence) addOffence(defendant, offence, errors);
    for (const thing of things)
      if (thing.group === 'hearing' || thing.group === 'victim' || thing.group === 'witness')
        addThing(lists[thing.group], thing, errors);
  }
  const gathered: GatheredCase = {
    urn: rows[0]?.urn ?? '',
    rows: rows.map(({ n }) => n),
    ...{ body: {}, places: {}, errors, spoilt: new Set<string>() },
  };
  write(gathered, theCase, []);
  defendants.forEach((defendant, d) => {
    write(gathered, defendant, ['defendants', d]);
    defendant.offences.forEach((offence, o) => write(gathered, offence, ['defendants', d, 'offences', o]));
    // A defendant without offences is told of where the first would stand.
    gathered.places[`defendants.${d}.offences`] = [defendant.row, 'Offence code'];
  });
  const listed = { hearings: lists.hearing, victims: lists.victim, witnesses: lists.witness };
  for (const [name, things] of Object.entries(listed))
    things.forEach((thing, i) => write(gathered, thing, [name, i]));
  gathered.places['defendants'] = [first, 'Defendant name'];
  return gathered;
}

/** Adds what a row says of a thing that is known; two rows that contradict each other are an error of the later one. */
function join(known: Thing, said: Thing, errors: CellError[]): void {
  for (const [field, given] of said.fields) {
    const before = known.fields.get(field);
    if (before === undefined || before.isWrong) known.fields.set(field, given);
    else if (!given.isWrong && textOf(before.value) !== textOf(given.value))
      errors.push({
        row: given.row,
        column: given.column,
        message: `differs from row ${before.row}, which is of the same ${known.group}`,
      });
  }
}

function findDefendant(
  known: Defendant[],
  said: Thing | undefined,
  offence: Thing | undefined,
  errors: CellError[],
): Defendant | undefined {
  const nameless = said ?? offence;
  if (nameless === undefined) return undefined;
  const name = said?.fields.get('name');
  if (said === undefined || name === undefined) {
    const message = 'is needed: the row tells of a defendant or an offence';
    errors.push({ row: nameless.row, column: 'Defendant name', message });
    return undefined;
  }
  const born = said.fields.get('dateOfBirth');
  const namesakes = known.filter((one) => nameOf(one) === nameOf(said));
  const same = namesakes.filter((one) => {
    const known = one.fields.get('dateOfBirth');
    return (
      born === undefined || known === undefined || known.isWrong || born.isWrong || known.value === born.value
    );
  });
  if (same.length > 1) {
    const message = 'is needed: two defendants of the case have this name';
    errors.push({ row: said.row, column: 'Defendant date of birth', message });
    return undefined;
  }
  const [found] = same;
  if (found) {
    join(found, said, errors);
    return found;
  }
  const added: Defendant = { ...said, fields: new Map(said.fields), offences: [] };
  known.push(added);
  return added;
}

const offenceIdentity = ['code', 'committedOn', 'count'];

function addOffence(defendant: Defendant, offence: Thing, errors: CellError[]): void {
  const same = defendant.offences.find((one) =>
    offenceIdentity.every(
      (field) => textOf(one.fields.get(field)?.value) === textOf(offence.fields.get(field)?.value),
    ),
  );
  const code = offence.fields.get('code');
  if (same && code && !code.isWrong)
    errors.push({
      row: offence.row,
      column: code.column,
      message: `is the same offence of the same defendant as in row ${same.row}: number them in the column Count if both are meant`,
    });
  else defendant.offences.push(offence);
}

/** Hearings and people that stand in several rows are one. */
function addThing(known: Thing[], said: Thing, errors: CellError[]): void {
  const same = known.find((one) =>
    said.group === 'hearing' ? isSameHearing(one, said) : isSamePerson(one, said),
  );
  if (same) join(same, said, errors);
  else known.push({ ...said, fields: new Map(said.fields) });
}

function isSameHearing(one: Thing, other: Thing): boolean {
  const fields = [...new Set([...one.fields.keys(), ...other.fields.keys()])];
  return fields.every(
    (field) => textOf(one.fields.get(field)?.value) === textOf(other.fields.get(field)?.value),
  );
}

function isSamePerson(one: Thing, other: Thing): boolean {
  const [born, alsoBorn] = [one.fields.get('dateOfBirth')?.value, other.fields.get('dateOfBirth')?.value];
  const isOneName = nameOf(one) !== '' && nameOf(one) === nameOf(other);
  // Within one row two numbers are two people.
  return (
    isOneName && one.row !== other.row && (born === undefined || alsoBorn === undefined || born === alsoBorn)
  );
}

function nameOf(thing: Thing): string {
  return textOf(thing.fields.get('name')?.value).toLowerCase().replaceAll(/\s+/g, ' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Fields that tell rows apart and are no field of a case. */
const notInBody = new Set(['count']);

/** Puts a thing into the body at its path, and notes where each of its fields stands, those that are missing too. */
function write({ body, places, spoilt }: GatheredCase, thing: Thing, at: readonly (string | number)[]): void {
  const pathOf = (field: string) => [...at, ...field.split('.')].join('.');
  const own = columns.filter(({ group, field }) => group === thing.group && !notInBody.has(field));
  for (const column of own) places[pathOf(column.field)] = [thing.row, headingOf(column, thing.number)];
  if (at.length > 0) {
    places[at.join('.')] = [thing.row, headingOf(own[0] as Column, thing.number)];
    put(body, at, {});
  }
  // A person without contact details has none.
  if (thing.group === 'victim' || thing.group === 'witness') put(body, [...at, 'contact'], {});
  for (const [field, { value, isWrong, row, column }] of thing.fields) {
    if (notInBody.has(field)) continue;
    places[pathOf(field)] = [row, column];
    if (isWrong) spoilt.add(pathOf(field));
    // "No" to what can only be said with Yes is nothing said.
    else if (field !== 'safeContact.noVoicemail' || value === true)
      put(body, [...at, ...field.split('.')], value);
  }
}

function put(body: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void {
  let target = body as Record<string | number, unknown>;
  path.slice(0, -1).forEach((part, i) => {
    target[part] ??= typeof path[i + 1] === 'number' ? [] : {};
    target = target[part] as Record<string | number, unknown>;
  });
  const last = path.at(-1);
  if (last !== undefined) target[last] = value;
}
