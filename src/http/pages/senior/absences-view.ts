import { absenceNames, capitalised, type PersonJson } from './workload-view.ts';
import {
  datePartsOf,
  errorLinks,
  readFields,
  showFields,
  type ErrorLink,
  type Field,
  type FieldProblem,
  type FieldView,
  type Form,
} from '../form-field.ts';
import { countRows, removeRow } from '../form-rows.ts';

type Absence = PersonJson['absences'][number];

/** The view model of the form of somebody's absences. */
export type AbsencesView = {
  name: string;
  action: string;
  etag: string;
  rows: { name: string; legend: string; fields: FieldView[] }[];
  errors: ErrorLink[];
  formToken: string;
};

const list = 'absences';

/** The form as it is shown: a row for each absence, with what is wrong with it. */
export function absencesView(
  { id, name }: { id: string; name: string },
  form: Form,
  options: { formToken: string; refused?: { errors: FieldProblem[]; detail: string } },
): AbsencesView {
  const { formToken, refused } = options;
  const problems = refused?.errors ?? [];
  const rows = rowNumbers(form).map((n) => ({
    name: `${list}.${n}`,
    legend: `Absence ${n + 1}`,
    fields: showFields(fieldsOfRow(n), form, problems),
  }));
  const shown = rows.flatMap(({ fields }) => fields);
  return {
    name,
    action: `/staff/${encodeURIComponent(id)}/absences`,
    etag: form['etag'] ?? '',
    rows,
    errors: refused === undefined ? [] : errorLinks(shown, problems, refused.detail),
    formToken,
  };
}

/** The absences that a form says. */
export function absencesOf(form: Form): unknown[] {
  const fields = rowNumbers(form).flatMap(fieldsOfRow);
  return (readFields(fields, form)[list] ?? []) as unknown[];
}

/** The form of what is recorded. */
export function formOfAbsences(absences: readonly Absence[]): Form {
  return Object.assign(
    {},
    ...absences.map(({ from, to, start = '', end = '', kind }, n) => ({
      ...datePartsOf(`${list}.${n}.from`, from),
      ...datePartsOf(`${list}.${n}.to`, to),
      [`${list}.${n}.start`]: start,
      [`${list}.${n}.end`]: end,
      [`${list}.${n}.kind`]: kind,
    })),
  ) as Form;
}

/** The form without one row, where that is one of its own. */
export function withoutRow(form: Form, row: string): Form {
  return rowNumbers(form).some((n) => row === `${list}.${n}`) ? removeRow(form, row) : form;
}

function rowNumbers(form: Form): number[] {
  return Array.from({ length: countRows(form, list) }, (_, n) => n);
}

function fieldsOfRow(n: number): Field[] {
  const kinds = Object.entries(absenceNames).map(([value, text]) => ({ value, text: capitalised(text) }));
  return [
    { path: `${list}.${n}.from`, kind: 'date', label: 'First day away', hint: 'For example, 27 3 2026' },
    {
      ...{ path: `${list}.${n}.start`, kind: 'time', label: 'Away from', isOptional: true },
      hint: 'A time of the first day, such as 14:00. Leave it blank for the whole day',
    },
    { path: `${list}.${n}.to`, kind: 'date', label: 'Last day away', hint: 'The same day for a single day' },
    {
      ...{ path: `${list}.${n}.end`, kind: 'time', label: 'Back at', isOptional: true },
      hint: 'A time of the last day, such as 13:00. Leave it blank for the whole day',
    },
    { path: `${list}.${n}.kind`, kind: 'pick', label: 'Why', choices: kinds },
  ];
}
