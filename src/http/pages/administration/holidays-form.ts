import { datePartsOf, readFields, type Field, type Form } from '../form-field.ts';
import { countRows, removeRow } from '../form-rows.ts';
import type { HolidaysJson } from './holidays-view.ts';

const list = 'proclaimed';

/** The form of what is proclaimed now. */
export function formOfHolidays({ items, lastYear }: HolidaysJson): Form {
  const rows = items
    .filter(({ source }) => source === 'proclaimed')
    .map(({ on, name }, n) => ({ ...datePartsOf(`${list}.${n}.on`, on), [`${list}.${n}.name`]: name }));
  return Object.assign({ lastYear: String(lastYear) }, ...rows) as Form;
}

/** The rows of a form, each with its fields. */
export function holidayRows(form: Form): { name: string; legend: string; fields: Field[] }[] {
  return Array.from({ length: countRows(form, list) }, (_, n) => ({
    name: `${list}.${n}`,
    legend: `Bank holiday ${n + 1}`,
    fields: [
      { path: `${list}.${n}.on`, kind: 'date', label: 'Day', hint: 'For example, 11 6 2027' },
      { path: `${list}.${n}.name`, kind: 'text', label: 'Name' },
    ],
  }));
}

export const lastYearField: Field = {
  path: 'lastYear',
  kind: 'number',
  label: 'Last year whose whole list is loaded',
  hint: 'A later year needs its whole list above, Good Friday and Easter Monday among them',
};

/** The body that a form says. */
export function holidaysOf(form: Form): { proclaimed: unknown; lastYear?: unknown } {
  const fields = [...holidayRows(form).flatMap((row) => row.fields), lastYearField];
  return { proclaimed: [], ...readFields(fields, form) };
}

/** The form without one row, where that is one of its own. */
export function withoutHoliday(form: Form, row: string): Form {
  return holidayRows(form).some(({ name }) => name === row) ? removeRow(form, row) : form;
}
