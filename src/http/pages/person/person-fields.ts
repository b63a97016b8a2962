import { sayName, type Field, type Form } from '../form-field.ts';
import { countRows } from '../form-rows.ts';

const day = 'For example, 27 3 2026';
const time = 'For example, 09:30';

export const preferences = {
  phone: 'Phone call',
  email: 'Email',
  sms: 'Text message',
  letter: 'Letter',
  none: 'They do not want to be contacted',
} as const;
export const channels = {
  phone: 'Phone calls',
  sms: 'Text messages',
  email: 'Emails',
  letter: 'Letters',
  'in-person': 'Visits',
} as const;
export const groundNames = {
  'most-serious-crime': 'Victim of one of the most serious crimes',
  'persistently-targeted': 'Persistently targeted',
  vulnerable: 'Vulnerable',
  intimidated: 'Intimidated',
} as const;
export const relations = ['parent', 'guardian', 'carer', 'family', 'legal-representative', 'other'] as const;
export const consents = {
  given: 'They agreed to be referred',
  refused: 'They refused',
  'not-asked': 'They were not asked',
} as const;

/** The list of days on which a person cannot come to court. */
export const unavailable = 'unavailable';

const choices = (names: Record<string, string>) =>
  Object.entries(names).map(([value, text]) => ({ value, text }));

/** A box to tick for each of a few things, with a heading above the first. */
function ticks(path: string, names: Record<string, string>, heading: string): Field[] {
  return Object.entries(names).map(([name, label], n) => ({
    kind: 'tick',
    path: `${path}.${name}`,
    label,
    ...(n === 0 ? { heading } : {}),
  }));
}

const contactOf = (path: string): Field[] => [
  { kind: 'code', path: `${path}.phone`, label: 'Telephone number', isOptional: true },
  { kind: 'text', path: `${path}.email`, label: 'E-mail address', isOptional: true },
  { kind: 'words', path: `${path}.address`, label: 'Address', isOptional: true },
];

const optional = (fields: readonly Field[]): Field[] =>
  fields.map((field) => ({ ...field, isOptional: true }));

const withHeading = ([first, ...rest]: Field[], heading: string): Field[] =>
  first === undefined ? [] : [{ ...first, heading }, ...rest];

const safeContact: Field[] = [
  {
    ...{ kind: 'words', path: 'safeContact.note', label: 'Safe contact', isOptional: true },
    hint: 'What must be known before anybody contacts them, such as who else may pick up',
  },
  { kind: 'time', path: 'safeContact.notBefore', label: 'Not before', hint: time, isOptional: true },
  { kind: 'time', path: 'safeContact.notAfter', label: 'Not after', hint: time, isOptional: true },
  { kind: 'text', path: 'safeContact.codeWord', label: 'Code word', isOptional: true },
  { kind: 'tick', path: 'safeContact.noVoicemail', label: 'No voicemail' },
  { kind: 'tick', path: 'safeContact.doNotMessage', label: 'Nothing written: no text message, no email' },
];

const rights: Field[] = [
  { kind: 'tick', path: 'enhancedRights', label: 'Enhanced rights under the Victims’ Code' },
  ...ticks('grounds', groundNames, 'Why enhanced rights are owed'),
  {
    ...{ kind: 'lines', path: 'reasons', label: 'Other reasons', isOptional: true },
    hint: 'One on each line',
  },
  ...withHeading(
    optional([
      { kind: 'date', path: 'needsAssessment.on', label: 'Assessed on', hint: day },
      { kind: 'words', path: 'needsAssessment.note', label: 'What they need' },
      { kind: 'date', path: 'needsAssessment.reassessOn', label: 'Assess again on', hint: day },
    ]),
    'Needs assessment',
  ),
];

const help: Field[] = [
  ...withHeading(
    optional([
      { kind: 'text', path: 'relation', label: 'What they are to the case', hint: 'Such as complainant' },
      { kind: 'text', path: 'language', label: 'Language' },
      { kind: 'text', path: 'interpreter', label: 'Interpreter', hint: 'Such as British Sign Language' },
    ]),
    'Language and help',
  ),
  ...withHeading(
    optional([
      {
        ...{ kind: 'choose', path: 'support.consentToRefer', label: 'May they be referred to support?' },
        choices: choices(consents),
      },
      { kind: 'text', path: 'support.agency', label: 'Which agency supports them' },
      { kind: 'date', path: 'support.askedOn', label: 'Asked on', hint: day },
    ]),
    'Support',
  ),
  ...withHeading(
    optional([
      { kind: 'text', path: 'representative.name', label: 'Their name' },
      {
        ...{ kind: 'pick', path: 'representative.relation', label: 'What they are to the person' },
        choices: relations.map((value) => ({ value, text: sayName(value) })),
      },
      ...contactOf('representative.contact'),
    ]),
    'Somebody who speaks for them',
  ),
  { kind: 'tick', path: 'representative.instead', label: 'They are contacted, and not the person' },
];

const optOut: Field[] = withHeading(
  optional([
    { kind: 'date', path: 'optOut.on', label: 'Asked not to be told anything on', hint: day },
    { kind: 'words', path: 'optOut.why', label: 'Why' },
  ]),
  'Does not want to hear',
);

const row = (n: number): Field[] => [
  {
    ...{ kind: 'date', path: `${unavailable}.${n}.from`, label: 'First day', hint: day },
    heading: `Cannot come to court: ${n + 1}`,
  },
  { kind: 'date', path: `${unavailable}.${n}.to`, label: 'Last day', hint: day },
  { kind: 'text', path: `${unavailable}.${n}.why`, label: 'Why', isOptional: true },
];

/** The fields of the form of a person: as many rows of days as it has. */
export function personFields(form: Form): Field[] {
  const rows = Array.from({ length: countRows(form, unavailable) }, (_, n) => row(n)).flat();
  return [
    ...withHeading(contactOf('contact'), 'How to reach them'),
    {
      ...{ kind: 'choose', path: 'preferred', label: 'How they prefer to be contacted' },
      choices: choices(preferences),
    },
    ...ticks('agreed', { sms: channels.sms, email: channels.email }, 'They agreed to'),
    ...ticks('refused', channels, 'They refused'),
    ...withHeading(safeContact, 'Safe contact'),
    ...withHeading(rights, 'Rights and needs'),
    ...help,
    ...optOut,
    {
      ...{ kind: 'tick', path: 'availability', label: 'They were asked when they cannot come to court' },
      heading: 'Availability',
    },
    ...rows,
  ];
}
