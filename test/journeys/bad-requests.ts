import { crimeCase, defendant, magistratesHearing, theft, victim, type CaseJson } from './stage.ts';

/** A request that has to be refused: its path, its body, the status, and the fields that the answer names. */
export type Bad = [
  name: string,
  path: (made: CaseJson) => string,
  body: unknown,
  status: number,
  fields: string[],
];

const cases = () => '/api/cases';
export const eventsOf = ({ urn }: CaseJson) => `/api/cases/${urn}/events`;
const withDefendant = (over: Record<string, unknown>) => crimeCase({ defendants: [defendant(over)] });
const withOffence = (over: Record<string, unknown>) => withDefendant({ offences: [theft(over)] });
const long = 'Squibbleworth '.repeat(7_500);
const nobody = '01900000-0000-7000-8000-000000000000';

const badCases: Bad[] = [
  ['JSON that breaks off', cases, '{"urn": "21AB', 400, ['']],
  ['no JSON at all', cases, 'urn=21AB1234526', 400, ['']],
  ['an unknown field', cases, { ...crimeCase(), hubris: true }, 422, ['hubris']],
  [
    'an unknown field deep down',
    cases,
    withOffence({ maximum: 7 }),
    422,
    ['defendants.0.offences.0.maximum'],
  ],
  ['a number for a text', cases, { ...crimeCase(), officer: 1001 }, 422, ['officer']],
  ['a text for a list', cases, { ...crimeCase(), defendants: 'Sam' }, 422, ['defendants']],
  ['a text for a truth', cases, { ...crimeCase(), restricted: 'yes' }, 422, ['restricted']],
  ['no defendant', cases, { ...crimeCase(), defendants: [] }, 422, ['defendants']],
  [
    'nothing that is needed',
    cases,
    {},
    422,
    ['urn', 'kind', 'initiation', 'anticipatedPlea', 'receivedAt', 'officer', 'defendants'],
  ],
  [
    '31 February',
    cases,
    withOffence({ committedOn: '2026-02-31' }),
    422,
    ['defendants.0.offences.0.committedOn'],
  ],
  ['a 25th hour', cases, { ...crimeCase(), receivedAt: '2026-06-02T25:00:00Z' }, 422, ['receivedAt']],
  [
    'a charge before the offence',
    cases,
    withOffence({ chargedOn: '2026-05-29' }),
    422,
    ['defendants.0.offences.0.chargedOn'],
  ],
  [
    'a hearing before the charge',
    cases,
    crimeCase({ hearings: [magistratesHearing('2026-05-31', 'first-hearing')] }),
    422,
    ['hearings.0.on'],
  ],
  ['a URN of another form', cases, crimeCase({ urn: '21ABC12345' }), 422, ['urn']],
  ['a URN with a line break', cases, crimeCase({ urn: '21AB12345\n26' }), 422, ['urn']],
  ['a name of 100 kB', cases, withDefendant({ name: long }), 422, ['defendants.0.name']],
  [
    'a victim’s name of 100 kB',
    cases,
    crimeCase({ victims: [victim({ name: long })] }),
    422,
    ['victims.0.name'],
  ],
  ['an officer whom nobody knows', cases, crimeCase({ officer: 'PC9999' }), 422, ['officer']],
  ['a case of tomorrow', cases, crimeCase({ receivedAt: '2026-06-03T09:00:00+01:00' }), 422, ['receivedAt']],
  [
    'a theft for a single justice',
    cases,
    crimeCase({ initiation: 'single-justice-procedure' }),
    422,
    ['defendants.0.offences.0.code'],
  ],
  [
    'a class that contradicts the offence',
    cases,
    withOffence({ class: 'indictable-only' }),
    422,
    ['defendants.0.offences.0.class'],
  ],
  [
    'an offence code that nobody knows',
    cases,
    withOffence({ code: 'ZZ99999' }),
    422,
    ['defendants.0.offences.0.class', 'defendants.0.offences.0.title'],
  ],
  [
    'a remand that is not in custody',
    cases,
    withDefendant({ remandedOn: '2026-06-02' }),
    422,
    ['defendants.0.remandedOn'],
  ],
  [
    'an e-mail address that is none',
    cases,
    crimeCase({ victims: [victim({ contact: { email: 'at home' } })] }),
    422,
    ['victims.0.contact.email'],
  ],
  [
    'people named on a case that is open to all',
    cases,
    crimeCase({ visibleTo: ['cw-2'] }),
    422,
    ['visibleTo'],
  ],
  [
    'a stranger named on a restricted case',
    cases,
    crimeCase({ restricted: true, visibleTo: ['cw-99'] }),
    422,
    ['visibleTo.0'],
  ],
];

const badEvents: Bad[] = [
  ['an event of no known type', eventsOf, { type: 'eaten-by-a-dog', on: '2026-06-02' }, 422, ['type']],
  ['an event of the hub’s own', eventsOf, { type: 'case-received', on: '2026-06-02' }, 422, ['type']],
  ['an event without a day', eventsOf, { type: 'warrant-issued' }, 422, ['on']],
  ['an event on 31 February', eventsOf, { type: 'warrant-issued', on: '2026-02-31' }, 422, ['on']],
  ['an event without its data', eventsOf, { type: 'plea-entered', on: '2026-06-02' }, 422, ['data']],
  [
    'a plea of neither kind',
    eventsOf,
    { type: 'plea-entered', on: '2026-06-02', data: { plea: 'maybe' } },
    422,
    ['data.plea'],
  ],
  [
    'a plea before the charge',
    eventsOf,
    { type: 'plea-entered', on: '2026-05-01', data: { plea: 'guilty' } },
    422,
    ['on'],
  ],
  [
    'a trial before the charge',
    eventsOf,
    { type: 'trial-listed', on: '2026-06-02', data: { on: '2026-05-01', court: 'crown', courtName: 'N' } },
    422,
    ['data.on'],
  ],
  [
    'a defendant of another case',
    eventsOf,
    { type: 'bailed', on: '2026-06-02', defendant: nobody },
    422,
    ['defendant'],
  ],
  [
    'a hearing of another case',
    eventsOf,
    { type: 'hearing-vacated', on: '2026-06-02', hearing: nobody },
    422,
    ['hearing'],
  ],
  [
    'an event of another case',
    eventsOf,
    { type: 'correction', on: '2026-06-02', supersedes: nobody },
    422,
    ['supersedes'],
  ],
  [
    'an id that is none',
    eventsOf,
    { type: 'bailed', on: '2026-06-02', defendant: 'the first' },
    422,
    ['defendant'],
  ],
  ['a release before the remand', eventsOf, { type: 'bailed', on: '2026-06-01' }, 422, ['on']],
  [
    'an officer whom nobody knows',
    eventsOf,
    { type: 'officer-changed', on: '2026-06-02', data: { officer: 'PC9999' } },
    422,
    ['data.officer'],
  ],
  [
    'a case that is not there',
    () => '/api/cases/21AB9999926/events',
    { type: 'bailed', on: '2026-06-02' },
    404,
    [],
  ],
];

const badVerbs: Bad[] = [
  [
    'a rejection without a reason',
    ({ urn }) => `/api/cases/${urn}/file-checks`,
    { result: 'rejected' },
    422,
    ['defects'],
  ],
  [
    'material in a hundred and one letters',
    ({ urn }) => `/api/cases/${urn}/materials`,
    { material: 'x'.repeat(101), why: 'x', dueOn: '2026-06-09' },
    422,
    ['material'],
  ],
  ['a request that is not there', () => `/api/materials/${nobody}/received`, {}, 404, []],
  [
    'a rejected request without its code',
    ({ materials }) => `/api/materials/${materials[0]?.id}/rejected`,
    {},
    422,
    ['code'],
  ],
  [
    'a contact that is not there',
    () => `/api/contacts/${nobody}/attempts`,
    { channel: 'phone', result: 'reached' },
    404,
    [],
  ],
  [
    'an attempt by pigeon',
    ({ contacts }) => `/api/contacts/${contacts[0]?.id}/attempts`,
    { channel: 'pigeon', result: 'reached' },
    422,
    ['channel'],
  ],
  [
    'a task that is not there',
    () => `/api/tasks/${nobody}/complete`,
    { claim: nobody, outcome: 'done' },
    404,
    [],
  ],
  [
    'a claim that nobody has',
    ({ tasks }) => `/api/tasks/${tasks[0]?.id}/complete`,
    { claim: nobody, outcome: 'done' },
    409,
    ['claim'],
  ],
  [
    'a deadline that is not there',
    () => `/api/deadlines/${nobody}/met`,
    { on: '2026-06-02', note: 'x' },
    404,
    [],
  ],
  [
    'an id in a path that is none',
    () => `/api/tasks/first/complete`,
    { claim: nobody, outcome: 'done' },
    422,
    ['id'],
  ],
  [
    'an officer’s link that was made up',
    () => '/r/abc.def',
    { items: [{ requestId: nobody, answer: 'sent' }] },
    404,
    [],
  ],
];

export const badRequests: Bad[] = [...badCases, ...badEvents, ...badVerbs];
