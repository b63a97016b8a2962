import { sayName } from '../form-field.ts';
import { sayDayOf } from '../say.ts';
import type { PersonJson } from './person-changes.ts';
import { channels, consents, groundNames, preferences } from './person-fields.ts';

type Fact = { key: string; value: string; href?: string };

/** The view model of a victim or witness. */
export type PersonView = {
  caption: string;
  name: string;
  /** What has to be read before anything else. */
  safe: string[];
  sections: { title: string; facts: Fact[] }[];
  changeHref: string;
  recordHref: string;
  referralsHref: string;
  attemptHref: string;
};

/** Where the pages of a person are, as their resources in the interface are. */
export const pathOf = ({ role, id }: Pick<PersonJson, 'role' | 'id'>): string =>
  `/${role === 'victim' ? 'victims' : 'witnesses'}/${id}`;

/** Where a talk with a person is recorded, whoever rang. */
export const attemptPath = ({ caseUrn, id }: Pick<PersonJson, 'caseUrn' | 'id'>): string =>
  `/cases/${caseUrn}/people/${id}/attempt`;

export const roleName = ({ role }: Pick<PersonJson, 'role'>): string =>
  role === 'victim' ? 'Victim' : 'Witness';

const listed = (names: readonly string[], none: string) => (names.length === 0 ? none : names.join(', '));
const yesOrNo = (is: boolean | undefined) => (is === true ? 'Yes' : 'No');
const unknown = 'Not known';

function contactFacts(contact: PersonJson['contact'], whose = ''): Fact[] {
  return [
    { key: `Telephone number${whose}`, value: contact.phone ?? unknown },
    { key: `E-mail address${whose}`, value: contact.email ?? unknown },
    { key: `Address${whose}`, value: contact.address ?? unknown },
  ];
}

function safeFacts({ safeContact }: PersonJson): Fact[] {
  if (safeContact === null) return [{ key: 'Safe contact', value: 'No special rule' }];
  const { note, notBefore, notAfter, codeWord, noVoicemail, doNotMessage } = safeContact;
  return [
    { key: 'Safe contact', value: note },
    { key: 'Not before', value: notBefore ?? 'Any time' },
    { key: 'Not after', value: notAfter ?? 'Any time' },
    { key: 'Code word', value: codeWord ?? 'None' },
    { key: 'No voicemail', value: yesOrNo(noVoicemail) },
    { key: 'Nothing written', value: yesOrNo(doNotMessage) },
  ];
}

function rightsFacts({ entitlement, entitlementBecause, ...person }: PersonJson): Fact[] {
  const { needsAssessment: needs } = person;
  return [
    {
      key: 'Entitlement under the Victims’ Code',
      value: `${sayName(entitlement)}${entitlementBecause.length === 0 ? '' : `: ${entitlementBecause.join('; ')}`}`,
    },
    { key: 'Enhanced rights recorded', value: yesOrNo(person.enhancedRights) },
    {
      key: 'Grounds',
      value: listed(
        person.grounds.map((ground) => groundNames[ground]),
        'None',
      ),
    },
    { key: 'Other reasons', value: listed(person.reasons, 'None') },
    ...(needs === null
      ? [{ key: 'Needs', value: 'Not assessed' }]
      : [
          { key: 'Needs', value: needs.note },
          { key: 'Assessed on', value: sayDayOf(needs.on) },
          {
            key: 'Assess again on',
            value: needs.reassessOn === undefined ? 'No day set' : sayDayOf(needs.reassessOn),
          },
        ]),
  ];
}

function helpFacts({ relation, language, interpreter, support }: PersonJson): Fact[] {
  return [
    { key: 'What they are to the case', value: relation ?? unknown },
    { key: 'Language', value: language ?? unknown },
    { key: 'Interpreter', value: interpreter ?? 'None' },
    { key: 'Referral to support', value: consents[support?.consentToRefer ?? 'not-asked'] },
    { key: 'Asked on', value: support?.askedOn === undefined ? unknown : sayDayOf(support.askedOn) },
    { key: 'Supported by', value: support?.agency ?? 'Nobody known' },
  ];
}

function speakerFacts({ representative }: PersonJson): Fact[] {
  if (representative === null) return [{ key: 'Who speaks for them', value: 'Nobody' }];
  const { name, relation, instead, contact } = representative;
  return [
    { key: 'Who speaks for them', value: `${name}, ${sayName(relation).toLowerCase()}` },
    { key: 'Contacted in their place', value: yesOrNo(instead) },
    ...contactFacts(contact, ' of who speaks for them'),
  ];
}

function daysFacts({ unavailable, optOut }: PersonJson): Fact[] {
  const sayStay = ({ from, to, why }: NonNullable<typeof unavailable>[number]) =>
    `${from === to ? sayDayOf(from) : `${sayDayOf(from)} to ${sayDayOf(to)}`}${why === undefined ? '' : ` (${why})`}`;
  return [
    {
      key: 'Cannot come to court',
      value: unavailable === null ? 'Not asked' : listed(unavailable.map(sayStay), 'Can come on any day'),
    },
    {
      key: 'Does not want to hear',
      value:
        optOut === null
          ? 'No'
          : `Since ${sayDayOf(optOut.on)}${optOut.why === undefined ? '' : `: ${optOut.why}`}`,
    },
  ];
}

function sectionsOf(person: PersonJson): PersonView['sections'] {
  const { contact, preferred, agreed, refused } = person;
  const nameAll = (all: readonly (keyof typeof channels)[]) => all.map((one) => channels[one]);
  return [
    {
      title: 'How to reach them',
      facts: [
        ...contactFacts(contact),
        { key: 'How they prefer to be contacted', value: preferences[preferred] },
        { key: 'Agreed to', value: listed(nameAll(agreed), 'Nothing written') },
        { key: 'Refused', value: listed(nameAll(refused), 'Nothing') },
      ],
    },
    { title: 'Safe contact', facts: safeFacts(person) },
    { title: 'Rights and needs', facts: rightsFacts(person) },
    { title: 'Language and help', facts: [...helpFacts(person), ...speakerFacts(person)] },
    { title: 'Court and updates', facts: daysFacts(person) },
  ];
}

/** A victim or witness as they are shown, what keeps them safe first. */
export function personView(person: PersonJson): PersonView {
  const others = (person.cases ?? []).filter(({ personId }) => personId !== person.id);
  const inOthers = others.map(({ caseUrn, role, state }) => ({
    key: roleName({ role }),
    value: `${caseUrn}, ${state}`,
    href: `/cases/${caseUrn}`,
  }));
  return {
    caption: `${roleName(person)} in ${person.caseUrn}`,
    name: person.name,
    safe: person.safeContact === null ? [] : safeFacts(person).map(({ key, value }) => `${key}: ${value}`),
    sections: [
      ...sectionsOf(person),
      ...(inOthers.length === 0 ? [] : [{ title: 'Other cases they are in', facts: inOthers }]),
    ],
    changeHref: `${pathOf(person)}/change`,
    recordHref: `/api/people/${person.id}/record`,
    referralsHref: `${pathOf(person)}/referrals`,
    attemptHref: attemptPath(person),
  };
}

/** What is known otherwise of a person than it was, each fact by its name. */
export function sayChanges(before: PersonJson, now: PersonJson): string[] {
  const factsOf = (person: PersonJson) =>
    new Map(sectionsOf(person).flatMap(({ facts }) => facts.map(({ key, value }) => [key, value] as const)));
  const [was, is] = [factsOf(before), factsOf(now)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one = 'not there', other = 'not there'] = [was.get(key), is.get(key)];
    return one === other ? [] : [`${key}: it was ${one}, and is ${other}`];
  });
}
