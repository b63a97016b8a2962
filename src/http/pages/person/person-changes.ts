import type { z } from 'zod';
import type { personSchema } from '../../api/person-json.ts';
import { datePartsOf, readFields, type FieldProblem, type Form } from '../form-field.ts';
import { withoutBlankRows } from '../form-rows.ts';
import { channels, groundNames, personFields, unavailable } from './person-fields.ts';

export type PersonJson = z.output<typeof personSchema>;

/** What a form says of a person, whole: each part as the interface takes it. */
export type PersonBody = Record<string, unknown>;
type Branch = Record<string, unknown>;

/** What a form says, part by part; what was left blank is none. */
export function bodyOf(sent: Form): PersonBody {
  const form = withoutBlankRows(oneLineEnd(sent), unavailable);
  const read = readFields(personFields(form), form);
  const ticked = (part: string, names: Branch) => {
    const found = (read[part] ?? {}) as Branch;
    return Object.keys(names).filter((name) => found[name] === true);
  };
  const rows = (read[unavailable] ?? []) as unknown[];
  return {
    contact: read['contact'] ?? {},
    preferred: read['preferred'] ?? '',
    agreed: ticked('agreed', channels),
    refused: ticked('refused', channels),
    safeContact: read['safeContact'] ?? null,
    enhancedRights: read['enhancedRights'] === true,
    grounds: ticked('grounds', groundNames),
    reasons: read['reasons'] ?? [],
    needsAssessment: read['needsAssessment'] ?? null,
    relation: read['relation'] ?? null,
    language: read['language'] ?? null,
    interpreter: read['interpreter'] ?? null,
    support: read['support'] ?? null,
    representative:
      read['representative'] === undefined
        ? null
        : { contact: {}, instead: false, ...(read['representative'] as Branch) },
    optOut: read['optOut'] ?? null,
    unavailable: read['availability'] === true || rows.length > 0 ? rows : null,
  };
}

/** A browser ends the lines of a text with two characters. */
function oneLineEnd(form: Form): Form {
  return Object.fromEntries(
    Object.entries(form).map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]),
  );
}

/** The form of a person as they are known. */
export function formOf(person: PersonJson): Form {
  const { agreed, refused, grounds, enhancedRights, reasons, preferred } = person;
  const { contact, safeContact, needsAssessment, relation, language, interpreter } = person;
  const { support, representative, optOut } = person;
  const ticks = (part: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`${part}.${name}`, 'true']));
  return {
    ...fill('', { contact, preferred, safeContact, relation, language, interpreter }),
    ...fill('', { support, representative, needsAssessment, optOut, enhancedRights }),
    ...ticks('agreed', agreed),
    ...ticks('refused', refused),
    ...ticks('grounds', grounds),
    reasons: reasons.join('\n'),
    ...(person.unavailable === null
      ? {}
      : { availability: 'true', ...fill(`${unavailable}.`, { ...person.unavailable }) }),
  };
}

const civilDate = /^\d{4}-\d{2}-\d{2}$/;
const dated = /(^|\.)(on|reassessOn|askedOn|from|to)$/;

/** Each leaf under its path; a day in its three parts. What is not there, or false, leaves its field blank. */
function fill(prefix: string, branch: Branch): Form {
  const entries = Object.entries(branch).map(([name, value]): Form => {
    const path = `${prefix}${name}`;
    if (value === null || value === undefined || value === false) return {};
    if (typeof value === 'object') return fill(`${path}.`, value as Branch);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return dated.test(path) && civilDate.test(text) ? datePartsOf(path, text) : { [path]: text };
  });
  return Object.assign({}, ...entries) as Form;
}

const alike = (one: unknown, other: unknown) => sorted(one) === sorted(other);

/** The same text for the same value, whatever the order of its names. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** The parts in which a form says something else than it was opened with. */
export function changesOf(form: Form, opened: Form): PersonBody {
  const before = bodyOf(opened);
  return Object.fromEntries(
    Object.entries(bodyOf(form)).filter(([part, value]) => !alike(value, before[part])),
  );
}

/**
 * A form that came too late, as it is to be looked at again: the parts that somebody wrote in stand as they were
 * written, the others as they are now.
 */
export function mergedForm(form: Form, opened: Form, now: Form): Form {
  const written = new Set(Object.keys(changesOf(form, opened)));
  const partOf = (name: string) => {
    const [part = ''] = name.split(/[.-]/);
    return part === 'availability' ? unavailable : part;
  };
  return {
    ...Object.fromEntries(Object.entries(now).filter(([name]) => !written.has(partOf(name)))),
    ...Object.fromEntries(Object.entries(form).filter(([name]) => written.has(partOf(name)))),
  };
}

/** What the interface found wrong, at the fields of the form: a list is ticks or lines there. */
export function problemsOfForm(problems: readonly FieldProblem[], body: PersonBody): FieldProblem[] {
  return problems.map(({ path, message }) => {
    const [, part = '', n = ''] = /^(agreed|refused|grounds|reasons)(?:\.(\d+))?$/.exec(path) ?? [];
    if (part === '') return { path, message };
    if (part === 'reasons') return { path: part, message };
    const names = Object.keys(part === 'grounds' ? groundNames : channels);
    const given = body[part] as string[] | undefined;
    return { path: `${part}.${given?.[Number(n || 0)] ?? names[0] ?? ''}`, message };
  });
}
