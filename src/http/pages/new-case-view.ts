import type { z } from 'zod';
import type { offenceSchema } from '../api/offences.ts';
import {
  errorLinks,
  readFields,
  showFields,
  type ErrorLink,
  type Field,
  type FieldProblem,
  type FieldView,
  type Form,
} from './form-field.ts';
import { countRows } from './form-rows.ts';
import { caseFields, defendantFields, lists, offenceFields, type List } from './new-case-fields.ts';

export type OffenceMatch = z.input<typeof offenceSchema>;

type OffenceRow = {
  row: string;
  heading: string;
  code: FieldView;
  fields: FieldView[];
  /** What a look-up found, to choose from; null where nothing was looked up. */
  matches: { value: string; text: string; hint: { text: string } }[] | null;
  canRemove: boolean;
};
type Row = { row: string; heading: string; fields: FieldView[] };

/** The view model of the form for a new case. */
export type NewCaseView = {
  form: { formToken: string; key: string };
  about: FieldView[];
  defendants: (Row & { offences: OffenceRow[]; canRemove: boolean })[];
  groups: { list: List; heading: string; one: string; rows: Row[] }[];
  errors: ErrorLink[];
};

export type NewCaseState = {
  form: Form;
  problems?: readonly FieldProblem[];
  detail?: string;
  lookup?: { row: string; found: readonly OffenceMatch[] };
};

/** Which fields a form for a new case has, given what is in it. */
export function newCaseFields(form: Form, problems: readonly FieldProblem[] = []): Field[] {
  return [
    ...caseFields,
    ...rowsOf(form, 'defendants', 1).flatMap((row) => [
      ...defendantFields(row),
      ...rowsOf(form, `${row}.offences`, 1).flatMap((offence) =>
        offenceFields(offence, isUnlisted(offence, form, problems)),
      ),
    ]),
    ...Object.entries(lists).flatMap(([list, { fields }]) => rowsOf(form, list, 0).flatMap(fields)),
  ];
}

/** The body that the form says. A person whose contact is all blank has none. */
export function newCaseBody(form: Form): Record<string, unknown> {
  const body = readFields(newCaseFields(form), form);
  for (const list of ['victims', 'witnesses'])
    for (const person of (body[list] ?? []) as Record<string, unknown>[]) person['contact'] ??= {};
  return body;
}

/**
 * The body with the ids of those who were named, and what is wrong with the names. Pure.
 * @param called ids by what somebody is called, or by the id itself, in small letters
 */
export function withNamed(
  body: Record<string, unknown>,
  called: ReadonlyMap<string, readonly string[]>,
): { body: Record<string, unknown>; problems: FieldProblem[] } {
  const typed = namedIn(body);
  const found = typed.map((name) => ({ name, ids: called.get(name.toLowerCase()) ?? [] }));
  const problems = found.flatMap(({ name, ids }) =>
    ids.length === 1
      ? []
      : [
          {
            path: 'visibleTo',
            message:
              ids.length === 0
                ? `has “${name}”, whom the hub does not know`
                : `has “${name}”, of whom there are several: ${ids.join(', ')}`,
          },
        ],
  );
  if (typed.length === 0) return { body, problems };
  return { body: { ...body, visibleTo: [...new Set(found.flatMap(({ ids }) => ids))] }, problems };
}

/** Who was named, as typed. */
export const namedIn = (body: Record<string, unknown>): string[] => (body['visibleTo'] ?? []) as string[];

/** The class and title of an offence are asked for only where its code does not say them. */
function isUnlisted(row: string, form: Form, problems: readonly FieldProblem[]): boolean {
  const names = [`${row}.class`, `${row}.title`];
  return names.some((name) => (form[name] ?? '') !== '' || problems.some(({ path }) => path === name));
}

function rowsOf(form: Form, list: string, least: number): string[] {
  return Array.from({ length: Math.max(least, countRows(form, list)) }, (_, n) => `${list}.${n}`);
}

/** The form for a new case as it is shown, with whatever was typed. */
export function newCaseView(state: NewCaseState, hidden: NewCaseView['form']): NewCaseView {
  const { form, problems = [], detail = '', lookup } = state;
  const shown = showFields(newCaseFields(form, problems), form, problems);
  const of = (fields: readonly Field[]) =>
    fields.flatMap(({ path }) => shown.find((field) => field.path === path) ?? []);
  const defendants = rowsOf(form, 'defendants', 1);
  return {
    form: hidden,
    about: of(caseFields),
    defendants: defendants.map((row, d) => ({
      row,
      heading: `Defendant ${d + 1}`,
      fields: of(defendantFields(row)),
      canRemove: defendants.length > 1,
      offences: rowsOf(form, `${row}.offences`, 1).map((offence, o, all) => {
        const [code, ...fields] = of(offenceFields(offence, true));
        if (code === undefined) throw new Error('an offence has no code to fill in');
        return {
          row: offence,
          heading: `Defendant ${d + 1}, offence ${o + 1}`,
          code,
          fields,
          matches: lookup?.row === offence ? lookup.found.map(matchOf) : null,
          canRemove: all.length > 1,
        };
      }),
    })),
    groups: (Object.keys(lists) as List[]).map((list) => {
      const { one, fields } = lists[list];
      const name = one.charAt(0).toUpperCase() + one.slice(1);
      const rows = rowsOf(form, list, 0).map((row, n) => ({
        row,
        heading: `${name} ${n + 1}`,
        fields: of(fields(row)),
      }));
      return { list, heading: list.charAt(0).toUpperCase() + list.slice(1), one, rows };
    }),
    errors: problems.length === 0 && detail === '' ? [] : errorLinks(shown, problems, detail),
  };
}

function matchOf({ code, title, class: of }: OffenceMatch): NonNullable<OffenceRow['matches']>[number] {
  const text = (of ?? 'class not in the list').replaceAll('-', ' ');
  return { value: code, text: title ?? code, hint: { text: `${code}, ${text}` } };
}
