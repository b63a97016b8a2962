import type { Choice, Field, Form } from './form-field.ts';
import { addRow, countRows, dropBlankRows } from './form-rows.ts';

const choices = (names: Record<string, string>): Choice[] =>
  Object.entries(names).map(([value, text]) => ({ value, text }));

const offenceClasses = choices({
  'summary-only': 'Summary only',
  'either-way': 'Either way',
  'indictable-only': 'Indictable only',
});

const day = 'For example, 27 3 2026';

/** The fields about the case itself. */
export const caseFields: readonly Field[] = [
  { kind: 'code', path: 'urn', label: 'URN', hint: 'For example, 21AB1234526' },
  {
    kind: 'choose',
    path: 'kind',
    label: 'Kind of case',
    choices: choices({ crime: 'Crime', traffic: 'Traffic' }),
  },
  {
    kind: 'choose',
    path: 'initiation',
    label: 'How the case began',
    choices: choices({
      charge: 'Charge',
      'postal-requisition': 'Postal requisition',
      'single-justice-procedure': 'Single justice procedure',
    }),
  },
  {
    kind: 'choose',
    path: 'anticipatedPlea',
    label: 'Anticipated plea',
    choices: choices({ guilty: 'Guilty', 'not-guilty': 'Not guilty', none: 'Not known' }),
  },
  {
    kind: 'moment',
    path: 'receivedAt',
    label: 'When the hub received it',
    hint: 'For example, 27 3 2026 at 9:30am',
  },
  {
    kind: 'code',
    path: 'officer',
    label: 'Officer in the case',
    hint: 'The collar number, for example PC1001',
  },
  { kind: 'tick', path: 'domesticAbuse', label: 'Domestic abuse' },
  { kind: 'tick', path: 'hateCrime', label: 'Hate crime' },
  { kind: 'tick', path: 'sexualOffence', label: 'Sexual offence' },
  { kind: 'tick', path: 'restricted', label: 'Restricted: only people who are named may see it' },
  {
    kind: 'lines',
    path: 'visibleTo',
    label: 'Who may see it, if it is restricted',
    hint: 'A member of staff on each line, by full name or by id such as cw-1, yourself among them; nobody else will find or open the case. Leave it blank for yourself, whoever is given the case, and the seniors',
    isOptional: true,
  },
];

/** The fields of a defendant, without the offences. */
export const defendantFields = (row: string): Field[] => [
  { kind: 'text', path: `${row}.name`, label: 'Name' },
  { kind: 'date', path: `${row}.dateOfBirth`, label: 'Date of birth', hint: day, isOptional: true },
  {
    kind: 'choose',
    path: `${row}.remand`,
    label: 'Remand',
    choices: choices({
      custody: 'In custody',
      'conditional-bail': 'On conditional bail',
      'unconditional-bail': 'On unconditional bail',
      none: 'Not remanded',
    }),
  },
  {
    kind: 'date',
    path: `${row}.remandedOn`,
    label: 'First day in custody',
    hint: `If in custody. ${day}`,
    isOptional: true,
  },
];

/**
 * The fields of an offence.
 * @param isUnlisted the code is not in the reference data, or says too little: class and title are asked for
 */
export const offenceFields = (row: string, isUnlisted: boolean): Field[] => [
  {
    kind: 'code',
    path: `${row}.code`,
    label: 'Offence code',
    hint: 'A CJS code such as TH68006; or type words of the offence and look it up',
  },
  ...(isUnlisted
    ? ([
        { kind: 'text', path: `${row}.title`, label: 'Offence title' },
        { kind: 'choose', path: `${row}.class`, label: 'Class of offence', choices: offenceClasses },
      ] satisfies Field[])
    : []),
  { kind: 'date', path: `${row}.committedOn`, label: 'Day of the offence', hint: day },
  { kind: 'date', path: `${row}.chargedOn`, label: 'Day of charge', hint: day, isOptional: true },
];

export const hearingFields = (row: string): Field[] => [
  { kind: 'date', path: `${row}.on`, label: 'Day of the hearing', hint: day },
  { kind: 'time', path: `${row}.at`, label: 'Time', hint: 'For example, 10am', isOptional: true },
  {
    kind: 'pick',
    path: `${row}.court`,
    label: 'Kind of court',
    choices: choices({ magistrates: 'Magistrates’ court', crown: 'Crown Court', youth: 'Youth court' }),
  },
  { kind: 'text', path: `${row}.courtName`, label: 'Name of the court' },
  {
    kind: 'pick',
    path: `${row}.type`,
    label: 'Type of hearing',
    choices: choices({
      'first-hearing': 'First hearing',
      trial: 'Trial',
      ptph: 'Plea and trial preparation hearing',
      sentence: 'Sentence',
      other: 'Other',
    }),
  },
];

export const personFields = (row: string): Field[] => [
  { kind: 'text', path: `${row}.name`, label: 'Name' },
  { kind: 'date', path: `${row}.dateOfBirth`, label: 'Date of birth', hint: day, isOptional: true },
  { kind: 'code', path: `${row}.contact.phone`, label: 'Telephone number', isOptional: true },
  { kind: 'text', path: `${row}.contact.email`, label: 'E-mail address', isOptional: true },
  { kind: 'words', path: `${row}.contact.address`, label: 'Address', isOptional: true },
  {
    kind: 'pick',
    path: `${row}.preferred`,
    label: 'How they prefer to be contacted',
    choices: choices({
      phone: 'Phone call',
      email: 'Email',
      sms: 'Text message',
      letter: 'Letter',
      none: 'They do not want to be contacted',
    }),
  },
  { kind: 'tick', path: `${row}.enhancedRights`, label: 'Enhanced rights under the Victims’ Code' },
  {
    kind: 'words',
    path: `${row}.safeContact.note`,
    label: 'Safe contact',
    hint: 'What must be known before anybody contacts them, such as who else may pick up',
    isOptional: true,
  },
];

/** The lists to which a row can be added, each with the fields with which a new row begins. */
export const lists = {
  hearings: { one: 'hearing', fields: hearingFields },
  victims: { one: 'victim', fields: personFields },
  witnesses: { one: 'witness', fields: personFields },
} as const;
export type List = keyof typeof lists;

/** The names that a row has when it is new, so that there is something to tell it by. */
const newRow: Record<string, Form> = {
  defendants: { name: '', 'offences.0.code': '' },
  offences: { code: '' },
  hearings: { courtName: '' },
  victims: { name: '' },
  witnesses: { name: '' },
};

/** The form with a blank row more of a list, such as `victims` or `defendants.0.offences`. */
export function addBlank(form: Form, list: string): Form {
  const fields = newRow[list.split('.').at(-1) ?? ''];
  return fields === undefined || countRows(form, list) >= mostRows ? form : addRow(form, list, fields);
}

const mostRows = 50;

/** The form as it counts: rows in which nothing was filled in are gone, but for one defendant with one offence. */
export function tidy(form: Form): Form {
  let kept = form;
  for (const list of Object.keys(lists)) kept = dropBlankRows(kept, list);
  kept = dropBlankRows(kept, 'defendants', 1);
  for (let d = 0; d < Math.max(1, countRows(kept, 'defendants')); d += 1)
    kept = dropBlankRows(kept, `defendants.${d}.offences`, 1);
  return kept;
}
