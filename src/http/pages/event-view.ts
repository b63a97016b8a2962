import { recordableEvents, type RecordableType } from '../../cases/event-types.ts';
import { materialTypes, sayMaterial } from '../../materials/material-types.ts';
import type { CaseJson } from './case-glance.ts';
import { offeredTypes, subjectsOf, type Subject } from './event-types-offered.ts';
import { fieldsOfSchema, type SchemaForm, type Wording } from './fields-of-schema.ts';
import {
  errorLinks,
  readFields,
  sayName,
  showFields,
  type Choice,
  type ErrorLink,
  type Field,
  type FieldProblem,
  type FieldView,
  type Form,
} from './form-field.ts';
import { sayDayOf } from './say.ts';

/** An event that was recorded before, which a new one may take back. */
export type PastEvent = { id: string; type: string; title: string; on: string; supersedes: string | null };

/** The view model of choosing what happened. */
export type EventTypesView = {
  urn: string;
  groups: { heading: string; types: { href: string; title: string }[] }[];
};

/** The view model of the form for one type of event. */
export type EventFormView = {
  urn: string;
  heading: string;
  action: string;
  type: string;
  otherTypeHref: string;
  fields: FieldView[];
  lists: { path: string; label: string }[];
  errors: ErrorLink[];
  form: { formToken: string; key: string };
};

/** The choices of what happened in a case. */
export function eventTypesView(found: Pick<CaseJson, 'urn' | 'state'>): EventTypesView {
  return {
    urn: found.urn,
    groups: offeredTypes(found.state === 'open').map(({ heading, types }) => ({
      heading,
      types: types.map(({ type, title }) => ({ href: `/cases/${found.urn}/events/new?type=${type}`, title })),
    })),
  };
}

const wording: Wording = {
  labels: {
    on: 'New day',
    at: 'New time',
    court: 'Kind of court',
    courtName: 'Name of the court',
    why: 'Why',
    method: 'How it was served',
    conditional: 'Conditions were set',
    conditions: 'Conditions',
    opposed: 'The prosecution opposed bail',
    custodial: 'A custodial sentence',
    granted: 'They were granted',
    items: 'Item',
    directions: 'Direction',
    what: 'What the court directed',
    by: 'By which day',
    dueOn: 'By which day',
    officer: 'Collar number of the new officer in the case',
    until: 'New day of expiry',
    expiresOn: 'Day on which it expires',
    outOfHours: 'Out of hours',
    expedited: 'The judge expedited the appeal',
    committedOn: 'Right day of the offence',
    chargedOn: 'Right day of charge',
    domesticAbuse: 'It was domestic abuse',
    dateOfBirth: 'Right date of birth',
  },
  choices: { material: materialTypes.map(({ type }) => ({ value: type, text: sayMaterial(type) })) },
};

/** What the data of an event is called, by its name in the interface. */
export const dataLabel = (name: string): string => wording.labels?.[name] ?? sayName(name);

/** The fields that an event of this type has in this case: when, about whom, and what its schema asks for. */
export function eventFields(
  type: RecordableType,
  found: CaseJson,
  past: readonly PastEvent[],
  form: Form,
): SchemaForm {
  const isListing = type === 'hearing-listed' || type === 'trial-listed';
  const labels = { ...wording.labels, ...(isListing ? { on: 'Day of the hearing', at: 'Time' } : {}) };
  const data = fieldsOfSchema(recordableEvents[type].data, 'data', form, { ...wording, labels });
  return {
    lists: data.lists,
    fields: [
      { kind: 'date', path: 'on', label: 'When it happened', hint: 'For example, 27 3 2026' },
      {
        kind: 'time',
        path: 'at',
        label: 'Time of day',
        hint: 'Needed only where a period is counted in hours',
        isOptional: true,
      },
      ...subjectsOf(type).flatMap((subject) => subjectField(subject, found, past)),
      ...data.fields,
      {
        kind: 'moment',
        path: 'receivedAt',
        label: 'When the hub heard of it',
        hint: 'Leave it blank for now. Periods of the Victims’ Code run from it',
        isOptional: true,
      },
    ],
  };
}

const labels: Record<Subject, string> = {
  defendant: 'Which defendant',
  offence: 'Which offence',
  hearing: 'Which hearing',
  person: 'Which victim or witness',
  supersedes: 'Which event it takes back',
};

/** A field that says about whom it is, where the case leaves a choice; left blank it is about all. */
function subjectField(subject: Subject, found: CaseJson, past: readonly PastEvent[]): Field[] {
  const choices = choicesOf(subject, found, past);
  const isNeeded = subject === 'hearing' || subject === 'person';
  if (!isNeeded && choices.length < (subject === 'supersedes' ? 1 : 2)) return [];
  const label = labels[subject];
  const hint =
    subject === 'defendant' || subject === 'offence'
      ? 'Leave it blank where it is about all of them'
      : undefined;
  return [{ kind: 'pick', path: subject, label, hint, choices, isOptional: !isNeeded }];
}

function choicesOf(subject: Subject, found: CaseJson, past: readonly PastEvent[]): Choice[] {
  switch (subject) {
    case 'defendant':
      return found.defendants.map(({ id, name }) => ({ value: id, text: name }));
    case 'offence':
      return found.defendants.flatMap(({ name, offences }) =>
        offences.map(({ id, title }) => ({ value: id, text: `${name}: ${title}` })),
      );
    case 'hearing':
      return found.hearings.map(({ id, on, courtName, type }) => ({
        value: id,
        text: `${sayDayOf(on)}, ${courtName} (${type.replaceAll('-', ' ')})`,
      }));
    case 'person':
      return [...found.victims, ...found.witnesses].map(({ id, name, role }) => ({
        value: id,
        text: `${name}, ${role}`,
      }));
    case 'supersedes': {
      const gone = new Set(past.map(({ supersedes }) => supersedes));
      return past
        .filter(({ id, type }) => !gone.has(id) && type !== 'case-received')
        .map(({ id, title, on }) => ({ value: id, text: `${title}, ${sayDayOf(on)}` }));
    }
  }
}

/** The body of an event that a form says. A time of day makes a moment of its day. */
export function eventBodyOf(
  type: RecordableType,
  fields: readonly Field[],
  form: Form,
): Record<string, unknown> {
  const {
    on,
    at,
    data = {},
    ...rest
  } = readFields(fields, form) as { on?: string; at?: string; data?: unknown };
  return { type, ...rest, data, ...(at !== undefined && on !== undefined ? { at: `${on}T${at}` } : { on }) };
}

/** The form for one type of event as it is shown. */
export function eventFormView(
  type: RecordableType,
  urn: string,
  { fields, lists }: SchemaForm,
  state: { form: Form; problems?: readonly FieldProblem[]; detail?: string },
  hidden: EventFormView['form'],
): EventFormView {
  const { form, problems = [], detail = '' } = state;
  const shown = showFields(fields, form, problems);
  return {
    urn,
    heading: recordableEvents[type].title,
    action: `/cases/${urn}/events/new?type=${type}`,
    type,
    otherTypeHref: `/cases/${urn}/events/new`,
    fields: shown,
    lists,
    errors: problems.length === 0 && detail === '' ? [] : errorLinks(shown, problems, detail),
    form: hidden,
  };
}
