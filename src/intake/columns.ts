/** How the text of a cell is read. */
export type CellKind =
  'urn' | 'text' | 'date' | 'date-and-time' | 'time' | 'yes-or-no' | 'choice' | 'list' | 'phone' | 'number';

/** What a column tells of: the case, or one of the things that a case has several of. */
export type ColumnGroup = 'case' | 'defendant' | 'offence' | 'hearing' | 'victim' | 'witness';

/** A column of the template. Of hearings, victims and witnesses there are as many as are numbered. */
export type Column = {
  group: ColumnGroup;
  /** The field of the case's body, within its group; a dot leads into an object. */
  field: string;
  /** What the heading says; after the number, in a numbered group. */
  heading: string;
  kind: CellKind;
  /** What a cell may say, where it is one of a few things. */
  choices: readonly string[];
  /** A file without this column is refused. */
  isNeeded: boolean;
  says: string;
};

/** Groups whose headings are numbered: `Victim 2 name`. */
export const numberedGroups: readonly ColumnGroup[] = ['hearing', 'victim', 'witness'];

/** The highest number that a heading may have. */
export const mostNumbered = 20;

type Row = [
  field: string,
  heading: string,
  kind: CellKind | readonly string[],
  says: string,
  needed?: 'needed',
];

const ofCase: Row[] = [
  ['urn', 'URN', 'urn', 'The same in each row of the case', 'needed'],
  ['kind', 'Kind', ['crime', 'traffic'], 'Which team has it', 'needed'],
  [
    'initiation',
    'Initiation',
    ['charge', 'postal-requisition', 'single-justice-procedure'],
    'How it began',
    'needed',
  ],
  ['anticipatedPlea', 'Anticipated plea', ['guilty', 'not-guilty', 'none'], 'What is expected', 'needed'],
  ['receivedAt', 'Received at', 'date-and-time', 'Day and time, London time', 'needed'],
  ['officer', 'Officer', 'text', 'Collar number of the officer in the case', 'needed'],
  ['restricted', 'Restricted', 'yes-or-no', 'Seen by those alone who are named'],
  ['visibleTo', 'Visible to', 'list', 'Staff ids of a restricted case, with ; between'],
  ['hateCrime', 'Hate crime', 'yes-or-no', 'Of the whole case'],
  ['sexualOffence', 'Sexual offence', 'yes-or-no', 'Of the whole case'],
];

const ofDefendant: Row[] = [
  ['name', 'Defendant name', 'text', 'The same in each row of the defendant', 'needed'],
  ['dateOfBirth', 'Defendant date of birth', 'date', 'Tells two of one name apart'],
  [
    'remand',
    'Remand',
    ['custody', 'conditional-bail', 'unconditional-bail', 'none'],
    'As the case comes in',
    'needed',
  ],
  ['remandedOn', 'Remanded on', 'date', 'First day in custody'],
];

const ofOffence: Row[] = [
  ['code', 'Offence code', 'text', 'CJS code such as TH68006', 'needed'],
  ['title', 'Offence title', 'text', 'Where the code has none in the reference data'],
  [
    'class',
    'Offence class',
    ['summary-only', 'either-way', 'indictable-only'],
    'Where it does not follow from the code',
  ],
  ['committedOn', 'Committed on', 'date', 'Day of the offence', 'needed'],
  ['chargedOn', 'Charged on', 'date', 'Day of charge'],
  ['domesticAbuse', 'Domestic abuse', 'yes-or-no', 'Of this offence'],
  ['count', 'Count', 'number', 'Tells several of one offence on one day apart: 1, 2 ...'],
];

const ofHearing: Row[] = [
  ['on', 'on', 'date', 'Day of the hearing'],
  ['at', 'at', 'time', 'Time of day such as 10:00'],
  ['court', 'court', ['magistrates', 'crown', 'youth'], 'Kind of court'],
  ['courtName', 'court name', 'text', 'Such as Norwich Magistrates’ Court'],
  ['type', 'type', ['first-hearing', 'trial', 'ptph', 'sentence', 'other'], 'What it is for'],
];

const ofPerson: Row[] = [
  ['name', 'name', 'text', 'The same person in several rows is one'],
  ['dateOfBirth', 'date of birth', 'date', 'Where it is known'],
  ['contact.phone', 'phone', 'phone', 'As text, so that the first 0 stays'],
  ['contact.email', 'email', 'text', 'E-mail address'],
  ['contact.address', 'address', 'text', 'Postal address'],
  ['preferred', 'preferred', ['phone', 'email', 'sms', 'letter', 'none'], 'How they want to be told'],
  ['enhancedRights', 'enhanced rights', 'yes-or-no', 'Under the Victims’ Code'],
  ['reasons', 'enhanced reasons', 'list', 'Why, with ; between'],
  ['safeContact.note', 'safe contact note', 'text', 'What keeps them safe'],
  ['safeContact.notBefore', 'not before', 'time', 'Not rung before; with a note'],
  ['safeContact.notAfter', 'not after', 'time', 'Not rung after; with a note'],
  ['safeContact.noVoicemail', 'no voicemail', 'yes-or-no', 'With a note'],
];

function columnsOf(group: ColumnGroup, rows: readonly Row[]): Column[] {
  return rows.map(([field, heading, kind, says, needed]) => ({
    ...{ group, field, heading, says, isNeeded: needed !== undefined },
    ...(typeof kind === 'string' ? { kind, choices: [] } : { kind: 'choice' as const, choices: kind }),
  }));
}

/** Every column of the template, in its order. */
export const columns: readonly Column[] = [
  ...columnsOf('case', ofCase),
  ...columnsOf('defendant', ofDefendant),
  ...columnsOf('offence', ofOffence),
  ...columnsOf('hearing', ofHearing),
  ...columnsOf('victim', ofPerson),
  ...columnsOf('witness', ofPerson),
];

/** The heading of a column as the template writes it. */
export function headingOf({ group, heading }: Column, number = 1): string {
  if (!numberedGroups.includes(group)) return heading;
  return `${group.charAt(0).toUpperCase()}${group.slice(1)} ${number} ${heading}`;
}

/** A column of a file: which of the template it is, and its number, 1 where the group has none. */
export type FoundColumn = { column: Column; number: number };

/** What people write instead, in the form in which headings are compared. */
const alsoWritten: Record<string, string> = {
  oic: 'officer',
  'officer in the case': 'officer',
  plea: 'anticipated plea',
  received: 'received at',
  'date of birth': 'defendant date of birth',
  offence: 'offence code',
  'offence date': 'committed on',
  'charge date': 'charged on',
};

const byHeading = new Map(columns.map((column) => [plain(headingOf(column)).replace(/ 1 /, ' '), column]));

/**
 * The column that a heading means, in any letters and with the number of a hearing, victim or witness anywhere in it;
 * undefined where it is none of the template. Pure.
 */
export function readHeading(text: string): FoundColumn | undefined {
  const words = plain(text)
    .replace(/\bdob\b/, 'date of birth')
    .replace(/\b(telephone|mobile)\b/, 'phone')
    .replace(/\be mail\b/, 'email');
  const numbered = numberedGroups.some((group) => words.startsWith(group));
  const given = numbered ? /\d+/.exec(words)?.[0] : undefined;
  const number = given === undefined ? 1 : Number(given);
  if (number < 1 || number > mostNumbered) return undefined;
  const bare = given === undefined ? words : plain(words.replace(given, ' '));
  const column = byHeading.get(alsoWritten[bare] ?? bare);
  return column && { column, number };
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
