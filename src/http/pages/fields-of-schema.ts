import { z } from 'zod';
import { sayName, type Choice, type Field, type Form } from './form-field.ts';
import { countRows } from './form-rows.ts';

/** What is read of a JSON schema. */
type Schema = {
  type?: string;
  format?: string;
  pattern?: string;
  maxLength?: number;
  enum?: string[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};

/** How the fields of a form are worded where the schema's own names do not do. */
export type Wording = {
  /** By the last name of a path. */
  labels?: Record<string, string>;
  /** The choices of a field that the schema leaves open, by the last name of its path. */
  choices?: Record<string, readonly Choice[]>;
};

/** The fields of a form, with the lists to which rows can be added. */
export type SchemaForm = { fields: Field[]; lists: { path: string; label: string }[] };

const fewChoices = 6;

/**
 * The fields that fill in what a schema takes, so that a form follows from the schema that will check it: a new event or
 * fact has a form without anybody writing one.
 * @param form what was sent so far, which says how many rows its lists have
 */
export function fieldsOfSchema(
  schema: z.ZodType,
  path: string,
  form: Form,
  wording: Wording = {},
  isRequired = true,
): SchemaForm {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const found: SchemaForm = { fields: [], lists: [] };
  collect(json, path, { form, wording, found, isOptional: !isRequired });
  return found;
}

type Work = { form: Form; wording: Wording; found: SchemaForm; isOptional: boolean };

function collect(schema: Schema, path: string, work: Work): void {
  const { form, found } = work;
  if (schema.type === 'object') {
    for (const [name, inner] of Object.entries(schema.properties ?? {}))
      collect(inner, `${path}.${name}`, { ...work, isOptional: !(schema.required ?? []).includes(name) });
    return;
  }
  if (schema.type === 'array' && schema.items?.type === 'object') {
    found.lists.push({ path, label: labelOf(path, work) });
    const rows = Math.max(1, countRows(form, path));
    for (let n = 0; n < rows; n += 1) {
      const first = found.fields.length;
      collect(schema.items, `${path}.${n}`, { ...work, isOptional: false });
      const field = found.fields[first];
      if (field) field.heading = `${labelOf(path, work)} ${n + 1}`;
    }
    return;
  }
  found.fields.push(fieldOf(schema, path, work));
}

function fieldOf(schema: Schema, path: string, work: Work): Field {
  const base = { path, label: labelOf(path, work), isOptional: work.isOptional };
  const choices = work.wording.choices?.[lastOf(path)] ?? schema.enum?.map(choiceOf);
  if (choices !== undefined)
    return { ...base, kind: choices.length > fewChoices ? 'pick' : 'choose', choices };
  if (schema.type === 'boolean') return { ...base, kind: 'yes-no' };
  if (schema.type === 'array') return { ...base, kind: 'lines', hint: 'One on each line' };
  if (schema.format === 'date') return { ...base, kind: 'date', hint: 'For example, 27 3 2026' };
  if (schema.format === 'date-time' || schema.anyOf !== undefined)
    return { ...base, kind: 'moment', hint: 'For example, 27 3 2026 at 9:30am' };
  if (schema.pattern?.includes('[0-5]') === true)
    return { ...base, kind: 'time', hint: 'For example, 9:30am' };
  return { ...base, kind: (schema.maxLength ?? 0) > 200 ? 'words' : 'text' };
}

const choiceOf = (value: string): Choice => ({ value, text: sayName(value) });

function lastOf(path: string): string {
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
}

function labelOf(path: string, { wording }: Work): string {
  return wording.labels?.[lastOf(path)] ?? sayName(lastOf(path));
}
