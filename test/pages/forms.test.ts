import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCivilDate } from '../../src/calendar/civil-date.ts';
import { recordableEvents, recordableTypes } from '../../src/cases/event-types.ts';
import { factSchemas, type FactName } from '../../src/deadlines/facts.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { fieldsOfSchema } from '../../src/http/pages/fields-of-schema.ts';
import {
  datePartsOf,
  errorLinks,
  oneOf,
  readFields,
  showFields,
  type Field,
  type Form,
} from '../../src/http/pages/form-field.ts';
import { addRow, countRows, dropBlankRows, removeRow } from '../../src/http/pages/form-rows.ts';
import { offeredTypes } from '../../src/http/pages/event-types-offered.ts';

/** What a form has to hold to say a value, as somebody would fill it in. London time. */
function formOf(path: string, value: unknown): Form {
  if (Array.isArray(value))
    return Object.assign({}, ...value.map((one, n) => formOf(`${path}.${n}`, one))) as Form;
  if (typeof value === 'object' && value !== null)
    return Object.assign(
      {},
      ...Object.entries(value).map(([name, one]) => formOf(`${path}.${name}`, one)),
    ) as Form;
  const text = String(value);
  const [day = '', time = ''] = text.split('T');
  if (!isCivilDate(day)) return { [path]: text };
  return { ...datePartsOf(path, day), ...(time === '' ? {} : { [`${path}-time`]: time.slice(0, 5) }) };
}

const withoutOffsets = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_name, inner: unknown) =>
    typeof inner === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(inner) ? inner.slice(0, 16) : inner,
  );

test('every worked example of every rule can be typed into the calculator, and is read back as it was', () => {
  for (const { id, examples } of rules)
    for (const { facts } of examples) {
      const form = formOf('facts', facts);
      const fields = Object.keys(facts).flatMap(
        (name) => fieldsOfSchema(factSchemas[name as FactName], `facts.${name}`, form).fields,
      );
      expect(readFields(fields, form), id).toEqual({ facts: withoutOffsets(facts) });
    }
});

test('every type of event has a form in which each field is named once, and is offered once', () => {
  for (const type of recordableTypes) {
    const { fields } = fieldsOfSchema(recordableEvents[type].data, 'data', {});
    const paths = fields.map(({ path }) => path);
    expect(new Set(paths).size, type).toBe(paths.length);
    for (const { label } of fields) expect(label, type).not.toBe('');
  }
  const offered = [...offeredTypes(true), ...offeredTypes(false)].flatMap(({ types }) =>
    types.map(({ type }) => type),
  );
  expect(new Set(offered)).toEqual(new Set(recordableTypes));
});

describe('rows that are added and taken away', () => {
  const row = fc.record({ name: fc.string(), 'offences.0.code': fc.string() });

  test('a row that is added and taken away again leaves the form as it was', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), row, (rows, more) => {
        const form = rows.reduce<Form>((all, one) => addRow(all, 'defendants', one), { urn: '21AB1234526' });
        expect(countRows(form, 'defendants')).toBe(rows.length);
        const grown = addRow(form, 'defendants', more);
        expect(removeRow(grown, `defendants.${rows.length}`)).toEqual(form);
      }),
    );
  });

  test('taking one away leaves the others in their order, and blank ones are dropped', () => {
    const form = ['a', '', 'b'].reduce<Form>(
      (all, name) => addRow(all, 'victims', { name, preferred: 'phone' }),
      {},
    );
    expect(removeRow(form, 'victims.0')).toEqual({
      ...{ 'victims.0.name': '', 'victims.0.preferred': 'phone' },
      ...{ 'victims.1.name': 'b', 'victims.1.preferred': 'phone' },
    });
    expect(countRows(dropBlankRows(form, 'victims', 0, ['preferred']), 'victims')).toBe(2);
    expect(countRows(dropBlankRows({ 'victims.0.name': ' ' }, 'victims', 1), 'victims')).toBe(1);
  });
});

test('what is wrong stands beside its field and in the summary, by the words that people know the field by', () => {
  const fields: Field[] = [
    { kind: 'date', path: 'defendants.0.offences.1.committedOn', label: 'Day of the offence' },
    { kind: 'choose', path: 'kind', label: 'Kind of case', choices: [{ value: 'crime', text: 'Crime' }] },
  ];
  const problems = [
    {
      path: 'defendants.0.offences.1.committedOn',
      message: 'must be a date that exists, written like 2026-03-06',
    },
    { path: 'kind', message: 'must be one of: crime, traffic' },
    { path: 'witnesses.2.contact', message: 'is needed' },
  ];
  expect(errorLinks(showFields(fields, {}, problems), problems, 'Some of it is wrong.')).toEqual([
    {
      text: 'Defendant 1, offence 2: Day of the offence must be a day that exists, such as 27 3 2026',
      href: '#defendants.0.offences.1.committedOn-day',
    },
    { text: 'Kind of case is needed: choose one', href: '#kind' },
    { text: 'Witness 3: Contact is needed', href: '#main-content' },
  ]);
  expect(['witnesses', 'hearings', 'items', 'custody'].map(oneOf)).toEqual([
    'witness',
    'hearing',
    'item',
    'custody',
  ]);
});

test.each([
  ['9.05', '09:05'],
  ['0905', '09:05'],
  ['14:30', '14:30'],
  ['half past two', 'half past two'],
])('the time %s is read as %s', (typed, read) => {
  expect(readFields([{ kind: 'time', path: 'at', label: 'Time' }], { at: typed })).toEqual({ at: read });
});
