import { defectCodes } from '../../materials/defect-codes.ts';
import { materialTypes, sayMaterial } from '../../materials/material-types.ts';
import type { CaseJson } from './case-glance.ts';
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
import { sayDayOf, sayMoment } from './say.ts';

type Material = CaseJson['materials'][number];

/** What can be said of a request, each a verb of the hub's interface. */
const verbs = ['received', 'rejected', 'not-required', 'hold', 'release'] as const;
export type MaterialVerb = (typeof verbs)[number];

type Part = { verb: MaterialVerb; heading: string; button: string; isWarning: boolean; fields: FieldView[] };

/** The view model of one material request. */
export type MaterialView = {
  urn: string;
  title: string;
  facts: { key: string; value: string }[];
  /** Who was asked for it and when, newest first. */
  chased: string[];
  action: string;
  parts: Part[];
  errors: ErrorLink[];
  form: { formToken: string; key: string };
};

const note = (verb: MaterialVerb, hint: string): Field => ({
  kind: 'words',
  path: `${verb}.note`,
  label: 'Note',
  hint,
  isOptional: true,
});

/** The fields of each verb; a verb that is not offered for a request has none. */
const fieldsOf: Record<MaterialVerb, readonly Field[]> = {
  received: [note('received', 'Where it is, if that is not plain')],
  rejected: [
    {
      kind: 'pick',
      path: 'rejected.code',
      label: 'What is wrong with it',
      choices: defectCodes.map(({ code, title, group }) => ({ value: code, text: `${group}: ${title}` })),
    },
    note('rejected', 'The officer reads it: no names of victims or witnesses'),
  ],
  'not-required': [note('not-required', 'Why it is not needed any more')],
  hold: [
    { kind: 'date', path: 'hold.until', label: 'Until which day', hint: 'For example, 27 7 2026' },
    { kind: 'text', path: 'hold.reason', label: 'Why it has to wait' },
  ],
  release: [note('release', 'Why chasing goes on')],
};

const words: Record<MaterialVerb, { heading: string; button: string }> = {
  received: { heading: 'It has come', button: 'Mark as received' },
  rejected: { heading: 'What came will not do', button: 'Reject it and ask again' },
  'not-required': { heading: 'It is not needed', button: 'Mark as not required' },
  hold: { heading: 'Chasing has to wait', button: 'Hold the chasing' },
  release: { heading: 'It is held', button: 'Chase for it again' },
};

export function isMaterialVerb(verb: string | undefined): verb is MaterialVerb {
  return verbs.some((one) => one === verb);
}

/** The body of a verb that a form says. */
export function materialBody(verb: MaterialVerb, form: Form): Record<string, unknown> {
  return (readFields(fieldsOf[verb], form)[verb] ?? {}) as Record<string, unknown>;
}

/** A request, and what can be said of it as it stands. */
export function materialView(
  found: CaseJson,
  request: Material,
  chased: readonly { at: string; title: string }[],
  state: { form: Form; verb?: MaterialVerb; problems?: readonly FieldProblem[]; detail?: string },
  hidden: MaterialView['form'],
): MaterialView {
  const { form, verb, detail = '' } = state;
  const problems = (state.problems ?? []).map(({ path, message }) => ({ path: `${verb}.${path}`, message }));
  const parts = offered(request, found.state === 'open').map((one) => ({
    verb: one,
    ...words[one],
    isWarning: one === 'rejected',
    fields: showFields(fieldsOf[one], form, problems),
  }));
  const shown = parts.flatMap(({ fields }) => fields);
  return {
    urn: found.urn,
    title: request.title,
    facts: factsOf(request),
    chased: chased.map(({ at, title }) => `${sayMoment(at)}: ${title.split(': ').at(-1) ?? title}`),
    action: `/cases/${found.urn}/materials/${request.id}`,
    parts,
    errors: problems.length === 0 && detail === '' ? [] : errorLinks(shown, problems, detail),
    form: hidden,
  };
}

function offered({ state, held }: Material, isOpen: boolean): MaterialVerb[] {
  if (!isOpen) return [];
  if (state === 'received') return ['rejected'];
  if (state !== 'outstanding') return [];
  return ['received', 'rejected', 'not-required', held === null ? 'hold' : 'release'];
}

const answers: Record<string, string> = {
  sent: 'The officer says that it was sent',
  late: 'The officer says that it will be late',
  'not-mine': 'The officer says that it is not theirs',
  cannot: 'The officer says that it cannot be had',
};

export const materialStates: Record<Material['state'], string> = {
  outstanding: 'Outstanding',
  received: 'Received',
  'not-required': 'Not required',
  withdrawn: 'Withdrawn',
};

function factsOf(request: Material): MaterialView['facts'] {
  const {
    why,
    note: words,
    dueOn,
    dueWhy,
    officer,
    state,
    rejections,
    answer,
    held,
    chasingFailed,
  } = request;
  const rows: [string, string | null][] = [
    ['State', materialStates[state]],
    ['Why it is needed', why],
    ['Note', words],
    ['Due', `${sayDayOf(dueOn)}${dueWhy === null ? '' : `. ${dueWhy}`}`],
    ['Officer', officer],
    ['What the officer said', answer === null ? null : (answers[answer] ?? answer)],
    ['Rejected', rejections === 0 ? null : `${rejections} time${rejections === 1 ? '' : 's'}`],
    ['Held', held === null ? null : `Not chased before ${sayDayOf(held.until)}: ${held.reason}`],
    ['Chasing', chasingFailed ? 'Everybody was asked for it, and it has not come' : null],
  ];
  return rows.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
}

/** The fields by which an officer is asked for something. */
export const askFields: readonly Field[] = [
  {
    kind: 'pick',
    path: 'material',
    label: 'What is needed',
    choices: materialTypes.map(({ type }) => ({ value: type, text: sayMaterial(type) })),
  },
  {
    kind: 'text',
    path: 'why',
    label: 'Why it is needed',
    hint: 'The officer reads it: no names of victims or witnesses',
  },
  { kind: 'date', path: 'dueOn', label: 'By which day', hint: 'For example, 27 7 2026' },
];

/** The view model of asking for something. */
export type AskView = {
  urn: string;
  fields: FieldView[];
  errors: ErrorLink[];
  form: { formToken: string; key: string };
};
