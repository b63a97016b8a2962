import type { CaseBody, PersonBody } from '../cases/case-body.ts';
import type { CaseRow } from '../cases/case-row.ts';
import type { Registration } from '../cases/events.ts';
import type { CasePeople } from '../cases/store.ts';
import type { FieldError } from '../platform/failure.ts';

/** A case as the hub has it: what it was registered with, and the names and contact details of now. */
export type CaseAtHub = { row: CaseRow; registration: Registration; people: CasePeople };

const another = 'is not what the hub has of this case';
const unknown = 'is not in the case that the hub has';

/**
 * In which fields a case of a file differs from the one that the hub has under its URN. What happened since the case
 * came in does not count, but for names and contact details, of which only those of now are kept. What the file leaves
 * out counts only where the hub was told of a defendant, an offence, a hearing or a person more. No message says what
 * the hub has. Pure.
 */
export function compareWithCase(body: CaseBody, hub: CaseAtHub): FieldError[] {
  const { registration, row } = hub;
  const told = ofCase.flatMap((field) =>
    differences({ [field]: body[field] }, { ...registration, ...row }, ''),
  );
  return [
    ...told,
    ...compareDefendants(body, hub),
    ...compareLists(body.hearings, registration.hearings, 'hearings', isSameHearing, differences),
    ...comparePeople(body.victims, hub, 'victim', 'victims'),
    ...comparePeople(body.witnesses, hub, 'witness', 'witnesses'),
  ];
}

const ofCase = [
  ...(['kind', 'initiation', 'anticipatedPlea', 'officer', 'hateCrime', 'sexualOffence'] as const),
  ...(['receivedAt', 'restricted'] as const),
];

function compareDefendants({ defendants }: CaseBody, { registration, people }: CaseAtHub): FieldError[] {
  const names = new Map(people.defendants.map(({ id, name }) => [id, name]));
  const titles = new Map(people.offences.map(({ id, title }) => [id, title]));
  const its = registration.defendants.map((one) => ({
    ...one,
    name: names.get(one.id) ?? '',
    offences: one.offences.map((offence) => ({ ...offence, title: titles.get(offence.id) ?? '' })),
  }));
  return compareLists(defendants, its, 'defendants', isNamesake, (mine, other, at) => [
    ...differences({ ...mine, offences: undefined }, other, at),
    ...compareLists(mine.offences, other.offences, `${at}offences`, isSameOffence, differences),
  ]);
}

function comparePeople(
  mine: readonly PersonBody[],
  { registration, people }: CaseAtHub,
  role: 'victim' | 'witness',
  path: string,
): FieldError[] {
  const registered = new Map(registration.people.map((one) => [one.id, one]));
  const its = people.people
    .filter((one) => one.role === role)
    .map(({ id, name, dateOfBirth, contact, safeContact }) => {
      const { enhancedRights = false, reasons = [], preferred } = registered.get(id) ?? {};
      return { name, dateOfBirth, contact, safeContact, enhancedRights, reasons, preferred };
    });
  return compareLists(mine, its, path, isNamesake, (one, other, at) => [
    ...differences({ ...one, contact: undefined, safeContact: undefined }, other, at),
    ...differences(one.contact, other.contact, `${at}contact.`),
    ...differences(one.safeContact ?? {}, other.safeContact ?? {}, `${at}safeContact.`),
  ]);
}

const isNamesake = (mine: { name: string }, its: { name: string }) => mine.name === its.name;
const isSameHearing = (mine: CaseBody['hearings'][number], its: Registration['hearings'][number]) =>
  mine.on === its.on && mine.courtName === its.courtName;
const isSameOffence = (
  mine: { code: string; committedOn: string },
  its: { code: string; committedOn: string },
) => mine.code === its.code && mine.committedOn === its.committedOn;

/** The fields of one thing that are given and are others at the hub. */
function differences(mine: object, its: object, at: string): FieldError[] {
  return Object.entries(mine).flatMap(([field, value]) =>
    value === undefined || isAlike(value, (its as Record<string, unknown>)[field])
      ? []
      : [{ path: `${at}${field}`, message: another }],
  );
}

function isAlike(mine: unknown, its: unknown): boolean {
  return JSON.stringify(mine) === JSON.stringify(its);
}

/** Compares lists whatever their order: what is the same thing by `isSame` is compared, what is left over is told of. */
function compareLists<Mine, Its>(
  mine: readonly Mine[],
  its: readonly Its[],
  path: string,
  isSame: (mine: Mine, its: Its) => boolean,
  compare: (mine: Mine & object, its: Its & object, at: string) => FieldError[],
): FieldError[] {
  const left = [...its];
  const errors = mine.flatMap((one, i) => {
    const found = left.findIndex((other) => isSame(one, other));
    const [other] = found < 0 ? [] : left.splice(found, 1);
    if (other === undefined) return [{ path: `${path}.${i}`, message: unknown }];
    return compare(one as Mine & object, other as Its & object, `${path}.${i}.`);
  });
  if (left.length === 0) return errors;
  return [
    ...errors,
    { path: path.includes('.') ? path : 'urn', message: `has ${sayMore(left.length, path)} at the hub` },
  ];
}

function sayMore(count: number, path: string): string {
  return `${count} more of its ${path.split('.').at(-1) ?? path}`;
}
