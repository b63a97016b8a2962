import { offenceFields } from '../../../cases/offence-fields.ts';
import type { CaseJson } from '../case-glance.ts';
import { sayName, type Field } from '../form-field.ts';
import { sayDayOf } from '../say.ts';
import { factsOf, sayResult, type ReadExceptionJson } from './exception-view.ts';

const example = 'For example, 27 3 2026';

/**
 * The fields that say a choice about what is in doubt; null where that cannot be chosen, or has no form of its own.
 * @param found the case that it is of, for what is picked from it
 */
export function choiceFields(choice: string, one: ReadExceptionJson, found: CaseJson | null): Field[] | null {
  if (!one.choices.includes(choice)) return null;
  switch (choice) {
    case 'reject':
      return [{ kind: 'words', path: 'reason', label: 'Why is it rejected?' }];
    case 'accept':
      return [];
    case 'keep':
      return [keep(one)];
    case 'correct':
      return [correct(one.kind)];
    case 'add':
      return add(one);
    case 'link':
      return [link(one, found)];
    default:
      return null;
  }
}

function keep(one: ReadExceptionJson): Field {
  const asked = new Set(factsOf(one).results);
  return {
    kind: 'choose',
    path: 'result',
    label: 'Which result stands?',
    hint: 'What each of them says is on the page before this',
    choices: one.results
      .filter(({ id }) => asked.has(id))
      .map((result) => ({ value: result.id, text: sayResult(result) })),
  };
}

const codes: Record<string, { label: string; hint: string }> = {
  'result-code': { label: 'The right result code', hint: 'Four digits, such as 1015' },
  'next-court': { label: 'Code of the court', hint: 'Seven characters, such as B01LY00' },
  'same-sequence': { label: 'The right sequence number', hint: 'One to three digits' },
};

function correct(kind: string): Field {
  const code = codes[kind];
  return code === undefined
    ? { kind: 'date', path: 'value', label: 'The right day', hint: example }
    : { kind: 'code', path: 'value', ...code };
}

/** What the message leaves open of a charge that the court added. */
function add(one: ReadExceptionJson): Field[] {
  return [
    {
      kind: 'date',
      path: 'committedOn',
      label: 'Day of the offence',
      hint: 'As the message has it, unless you say',
      isOptional: factsOf(one).committedOn !== undefined,
    },
    { kind: 'date', path: 'chargedOn', label: 'Day of the charge', hint: example, isOptional: true },
    {
      kind: 'text',
      path: 'title',
      label: 'What the offence is called',
      hint: 'Where the offence lists do not have the code',
      isOptional: true,
    },
    {
      kind: 'choose',
      path: 'class',
      label: 'Class',
      isOptional: true,
      choices: offenceFields.shape.class.unwrap().options.map((value) => ({ value, text: sayName(value) })),
    },
  ];
}

function link({ kind, facts }: ReadExceptionJson, found: CaseJson | null): Field {
  if (found === null || kind === 'unknown-case' || kind === 'bad-urn')
    return { kind: 'code', path: 'to', label: 'URN of the case that it is of' };
  if (kind === 'unknown-defendant')
    return {
      kind: 'choose',
      path: 'to',
      label: 'Which defendant is it?',
      choices: found.defendants.map(({ id, name }) => ({ value: id, text: name })),
    };
  const { defendantId } = factsOf({ facts });
  const offences = found.defendants
    .filter(({ id }) => defendantId === undefined || id === defendantId)
    .flatMap(({ name, offences: charged }) => charged.map((offence) => ({ name, ...offence })));
  return {
    kind: 'choose',
    path: 'to',
    label: 'Which offence is it?',
    choices: offences.map(({ id, title, code, committedOn, name }) => ({
      value: id,
      text: `${title} (${code}), ${sayDayOf(committedOn)}, ${name}`,
    })),
  };
}
