import { isCivilDate } from '../../calendar/civil-date.ts';

export type Form = Record<string, string>;
export type FieldProblem = { path: string; message: string };
export type Choice = { value: string; text: string };

type Kind =
  /** `code` is short and not a word, so that nothing corrects its spelling. */
  | { kind: 'text' | 'code' | 'words' | 'date' | 'time' | 'moment' | 'yes-no' | 'tick' | 'lines' | 'number' }
  /**
   * One of a long list, or one of a few. `blank` is what a list says where nothing is picked of it; null where one is
   * always picked.
   */
  | { kind: 'pick' | 'choose'; choices: readonly Choice[]; blank?: string | null };

/**
 * A field of a form, as data. `path` is its place in the body that the hub's interface takes, and its name. A `heading`
 * stands above it, where a row begins.
 */
export type Field = Kind & {
  path: string;
  label: string;
  hint?: string | undefined;
  isOptional?: boolean;
  heading?: string;
};

/** A field with what is in it and what is wrong with it, as the macro `field` of `form.njk` draws it. */
export type FieldView = {
  kind: Field['kind'];
  path: string;
  label: string;
  heading: string | null;
  hint: string | null;
  value: string;
  parts: { day: string; month: string; year: string; time: string };
  items: (Choice & { selected: boolean; checked: boolean })[];
  error: { text: string } | null;
};

export type ErrorLink = { text: string; href: string };

/** Fields as they are shown, with what was typed, and the lines of the error summary in the order of the fields. */
export function showFields(
  fields: readonly Field[],
  form: Form,
  problems: readonly FieldProblem[] = [],
): FieldView[] {
  return fields.map((field) => {
    const found = problems.find(({ path }) => path === field.path);
    return {
      kind: field.kind,
      path: field.path,
      label: field.isOptional ? `${field.label} (optional)` : field.label,
      heading: field.heading ?? null,
      hint: field.hint ?? null,
      value: form[field.path] ?? '',
      parts: partsOf(form, field.path),
      items: itemsOf(field, form[field.path] ?? ''),
      error: found === undefined ? null : { text: `${named(field)} ${inPlainWords(field, found.message)}` },
    };
  });
}

/**
 * The lines of the error summary: those of fields in their order, then whatever belongs to no field that is shown.
 * @param detail what to say where nothing is said of any field
 */
export function errorLinks(
  shown: readonly FieldView[],
  problems: readonly FieldProblem[],
  detail: string,
): ErrorLink[] {
  const ofFields = shown.flatMap(({ error, path, kind }) =>
    error === null ? [] : [{ text: `${sayRow(path)}${error.text}`, href: `#${anchorOf(path, kind)}` }],
  );
  const paths = new Set(shown.map(({ path }) => path));
  const others = problems
    .filter(({ path }) => !paths.has(path))
    .map(({ path, message }) => ({
      text: `${sayPath(path)} ${withoutNotation(message)}`.trim(),
      href: '#main-content',
    }));
  const found = [...ofFields, ...others];
  return found.length > 0 || detail === '' ? found : [{ text: detail, href: '#main-content' }];
}

/** A label that asks is quoted, so that what is said of it is a sentence. */
const named = ({ label }: Field): string => (label.endsWith('?') ? `“${label}”` : label);

function anchorOf(path: string, kind: Field['kind']): string {
  return kind === 'date' || kind === 'moment' ? `${path}-day` : path;
}

/** "Defendant 1, offence 2: " of `defendants.0.offences.1.code`; nothing of a field that is in no row. */
function sayRow(path: string): string {
  const rows = [...path.matchAll(/([A-Za-z]+)\.(\d+)\./g)].map(
    ([, list = '', n = '']) => `${oneOf(list)} ${Number(n) + 1}`,
  );
  return rows.length === 0 ? '' : `${capital(rows.join(', '))}: `;
}

/** One of a list, by the name of the list: "witness" of `witnesses`. */
export function oneOf(list: string): string {
  return sayName(list)
    .toLowerCase()
    .replace(/(?<=ss)es$|(?<!s)s$/, '');
}

/** What has no field of its own, by its path. */
function sayPath(path: string): string {
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  return sayRow(`${path}.`) + sayName(name);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A name of the interface in words: "courtName" and "first-class-post" as "Court name" and "First class post". */
export function sayName(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
  return capital(words);
}

function inPlainWords({ kind }: Field, message: string): string {
  const isOfDate = message.startsWith('must be a date') || message.startsWith('must be text such as');
  if (kind === 'date' && isOfDate) return 'must be a day that exists, such as 27 3 2026';
  if (kind === 'moment' && isOfDate)
    return 'needs a day, month and year, such as 27 3 2026, and a time, such as 9:30am';
  if (kind === 'time' && message.startsWith('must be a time'))
    return 'must be a time, such as 9:30am or 14:30';
  if (kind === 'pick' || kind === 'choose' || kind === 'yes-no')
    return /^must be (?:one of|true or false)/.test(message) ? 'is needed: choose one' : message;
  return withoutNotation(message);
}

/** What the hub says to programs, without how they would write it. */
function withoutNotation(message: string): string {
  return message
    .replace(/^must be (?:an object|a list|text)$/, 'is not filled in as it should be')
    .replace(', written like 2026-03-06', ': day, month and year')
    .replace(/^must be (?:a date and time|text) such as 2026-.*$/, 'needs a day, month and year, and a time');
}

function partsOf(form: Form, path: string): FieldView['parts'] {
  const part = (of: string) => form[`${path}-${of}`] ?? '';
  return { day: part('day'), month: part('month'), year: part('year'), time: part('time') };
}

const yesNo: readonly Choice[] = [
  { value: 'true', text: 'Yes' },
  { value: 'false', text: 'No' },
];

function itemsOf(field: Field, value: string): FieldView['items'] {
  const item = (choice: Choice) => ({
    ...choice,
    selected: choice.value === value,
    checked: choice.value === value,
  });
  if (field.kind === 'yes-no') return yesNo.map(item);
  if (field.kind === 'tick') return [item({ value: 'true', text: field.label })];
  if (field.kind === 'choose') return field.choices.map(item);
  if (field.kind === 'pick') {
    const { blank = 'Choose one', choices } = field;
    return [...(blank === null ? [] : [{ value: '', text: blank }]), ...choices].map(item);
  }
  return [];
}

/** The body that a form says: each field at its path, those left blank left out, each row there however blank. */
export function readFields(fields: readonly Field[], form: Form): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, form);
    const row = /^.+\.\d+(?=\.)/.exec(field.path)?.[0];
    if (row !== undefined) setAt(body, row.split('.'), {});
    if (value !== undefined) setAt(body, field.path.split('.'), value);
  }
  return body;
}

function valueOf({ kind, path }: Field, form: Form): unknown {
  const text = (form[path] ?? '').trim();
  switch (kind) {
    case 'date':
      return dateOf(form, path);
    case 'moment': {
      const day = dateOf(form, path);
      const time = timeOf(form[`${path}-time`] ?? '');
      return day === undefined || time === undefined ? (day ?? time) : `${day}T${time}`;
    }
    case 'time':
      return timeOf(text);
    case 'number':
      return text === '' ? undefined : /^-?\d{1,9}$/.test(text) ? Number(text) : text;
    case 'yes-no':
      return text === '' ? undefined : text === 'true';
    case 'tick':
      return text === 'true' ? true : undefined;
    case 'lines': {
      const lines = text.split(/\r?\n/).map((line) => line.trim());
      return text === '' ? undefined : lines.filter((line) => line !== '');
    }
    default:
      return text === '' ? undefined : text;
  }
}

/** A date that was given as day, month and year; what was typed where it is none, so that the refusal names it. */
export function dateOf(form: Form, path: string): string | undefined {
  const part = (of: string) => (form[`${path}-${of}`] ?? '').trim();
  const typed = [part('day'), part('month'), part('year')].filter((text) => text !== '');
  if (typed.length === 0) return undefined;
  const text = `${part('year')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`;
  return isCivilDate(text) ? text : typed.join(' ');
}

/** "9:30", "9.30", "0930" and "9:30am" as "09:30", "2pm" as "14:00"; anything else as it was typed. */
function timeOf(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const [, hours, minutes = '00', half] = /^(\d{1,2})[:.]?(\d{2})?\s*([ap]m)?$/i.exec(text) ?? [];
  const isTime = hours !== undefined && (half !== undefined || /\d{2}$/.test(text.slice(hours.length)));
  if (!isTime) return text;
  if (half === undefined) return `${hours.padStart(2, '0')}:${minutes}`;
  const hour = Number(hours);
  if (hour < 1 || hour > 12) return text;
  return `${String((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)).padStart(2, '0')}:${minutes}`;
}

const isObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);

type Branch = Record<string, unknown> | unknown[];

function setAt(branch: Branch, [step = '', ...rest]: string[], value: unknown): void {
  const at = branch as Record<string, unknown>;
  if (rest.length === 0) at[step] = isObject(value) ? (at[step] ?? value) : value;
  else setAt((at[step] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {}) as Branch, rest, value);
}

/** A civil date as the parts of a date field hold it. */
export function datePartsOf(path: string, date: string): Form {
  const [year = '', month = '', day = ''] = date.split('-');
  return {
    [`${path}-day`]: String(Number(day)),
    [`${path}-month`]: String(Number(month)),
    [`${path}-year`]: year,
  };
}
