import type { Context } from '../../app-context.ts';
import { errorLinks, showFields, type Field, type Form } from '../form-field.ts';
import { addRow, removeRow } from '../form-rows.ts';
import { formToken, renderPage } from '../render.ts';
import type { Refused } from './settings-form.ts';

/** A form whose rows are added and taken away, with what else is in it, on a page of its own. */
export type RowsForm = {
  heading: string;
  intro: readonly string[];
  action: string;
  add: string;
  submit: string;
  rows: readonly { name: string; legend: string; fields: readonly Field[] }[];
  others?: { title: string; fields: readonly Field[] };
  back: { text: string; href: string };
};

/** The form with a row more or less, where one of its buttons asks for that; null where it is to be saved. */
export function withOtherRows(form: Form, list: string, blank: Form): Form | null {
  const { add, remove } = form;
  if (add !== undefined) return addRow(form, list, blank);
  if (remove === undefined) return null;
  return new RegExp(`^${list}\\.\\d+$`).test(remove) ? removeRow(form, remove) : form;
}

/** Shows the form with what was typed and, where it was refused, what is wrong with it. */
export function showRowsForm(c: Context, page: RowsForm, form: Form, refused?: Refused) {
  const { rows, others, back, ...words } = page;
  const problems = refused?.errors ?? [];
  const shownRows = rows.map((row) => ({ ...row, fields: showFields(row.fields, form, problems) }));
  const shownOthers = showFields(others?.fields ?? [], form, problems);
  const shown = [...shownRows.flatMap(({ fields }) => fields), ...shownOthers];
  const model = {
    ...words,
    rows: shownRows,
    others: others === undefined ? null : { title: others.title, fields: shownOthers },
    etag: form['etag'] ?? '',
    errors: refused === undefined ? [] : errorLinks(shown, problems, refused.detail),
    formToken: formToken(c),
  };
  const view = { view: 'administration/rows-form', title: page.heading, model, back };
  return renderPage(c, view, (refused?.status ?? 200) as 200);
}
