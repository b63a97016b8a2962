import type { Form } from './form-field.ts';

/**
 * Rows of a form that can be added and taken away without a script: fields of the second defendant's third offence are
 * named `defendants.1.offences.2.…`. How many there are is told by the names that were sent.
 */
export function countRows(form: Form, list: string): number {
  const numbers = Object.keys(form).flatMap((name) => {
    const n = indexIn(name, list);
    return n === undefined ? [] : [n];
  });
  return Math.max(-1, ...numbers) + 1;
}

/** The number that follows the list in a field's name. */
function indexIn(name: string, list: string): number | undefined {
  if (!name.startsWith(`${list}.`)) return undefined;
  const digits = /^\d{1,2}(?=\.)/.exec(name.slice(list.length + 1))?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** The form with a row more at the end of a list, blank but for what is given. */
export function addRow(form: Form, list: string, fields: Form): Form {
  const n = countRows(form, list);
  const added = Object.entries(fields).map(([name, value]) => [`${list}.${n}.${name}`, value]);
  return { ...form, ...(Object.fromEntries(added) as Form) };
}

/** The form without one row, such as `defendants.1`; those after it move up. */
export function removeRow(form: Form, row: string): Form {
  const at = row.lastIndexOf('.');
  const list = row.slice(0, at);
  const gone = Number(row.slice(at + 1));
  const kept: Form = {};
  for (const [name, value] of Object.entries(form)) {
    const n = indexIn(name, list);
    if (n === gone) continue;
    const rest = name.slice(`${list}.${n}`.length);
    kept[n === undefined || n < gone ? name : `${list}.${n - 1}${rest}`] = value;
  }
  return kept;
}

/**
 * The form without the rows of a list in which nothing was filled in.
 * @param keep how many rows stay, blank or not
 * @param settled names of fields that say nothing by themselves, since something in them is always chosen
 */
export function dropBlankRows(form: Form, list: string, keep = 0, settled: readonly string[] = []): Form {
  let kept = form;
  for (let n = countRows(form, list) - 1; n >= keep; n -= 1) {
    const prefix = `${list}.${n}.`;
    const isBlank = Object.entries(kept).every(
      ([name, value]) =>
        !name.startsWith(prefix) || value.trim() === '' || settled.includes(name.split('.').at(-1) ?? ''),
    );
    if (isBlank) kept = removeRow(kept, `${list}.${n}`);
  }
  return kept;
}

/** The form without the rows of a list in which nothing was entered, so that rows are numbered as they are sent. */
export function withoutBlankRows(form: Form, list: string): Form {
  const isBlank = (n: number) =>
    Object.entries(form).every(([name, value]) => !name.startsWith(`${list}.${n}.`) || value.trim() === '');
  const blank = Array.from({ length: countRows(form, list) }, (_, n) => n).filter(isBlank);
  return blank.reverse().reduce((kept, n) => removeRow(kept, `${list}.${n}`), form);
}
