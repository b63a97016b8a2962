import type { z } from 'zod';
import type { CaseBody, caseBody, personFields } from '../../src/cases/case-body.ts';
import type { DemoDays } from './demo-days.ts';

type CaseInput = z.input<typeof caseBody>;
export type DefendantInput = CaseInput['defendants'][number];
export type PersonInput = z.input<typeof personFields>;
type Preferred = CaseBody['victims'][number]['preferred'];

const givenNames = [
  ...['Alma', 'Bertil', 'Cosima', 'Dario', 'Edda', 'Florin', 'Greta', 'Hamid', 'Ines', 'Jarek', 'Keziah'],
  ...[
    'Lionel',
    'Maeve',
    'Nnamdi',
    'Odile',
    'Pavel',
    'Quentin',
    'Rosalba',
    'Sunil',
    'Thandi',
    'Ulla',
    'Vikram',
  ],
  ...['Wilma', 'Xavier', 'Yasmin', 'Zoltan', 'Aoife', 'Bashir', 'Carys'],
];
/** Beginnings and ends of surnames that are nobody's, so that a search for one finds every leak. */
const beginnings = [
  ...['Quill', 'Tavi', 'Snork', 'Brimble', 'Fozzle', 'Grindle', 'Hobbe', 'Jinkle', 'Krumple', 'Lumble'],
  ...['Mizzen', 'Nubble', 'Ockle', 'Pindle', 'Rumbel', 'Scrivel', 'Twizzle', 'Umber', 'Vexle', 'Wobber'],
];
const ends = [
  'barrow',
  'strode',
  'quist',
  'thwaite',
  'mungle',
  'scombe',
  'dravitch',
  'pottle',
  'grice',
  'nackle',
];
const streets = ['Nowhere Row', 'Figment Lane', 'Makebelieve Street', 'Pretend Close', 'Imaginary Mews'];
const towns = ['Fablecombe', 'Nettlecombe', 'Oldbarrow Cross', 'Pennywick', 'Quarrelby'];
/** Ranges that Ofcom keeps for drama: nobody has these numbers. */
const mobile = (index: number) => `07700 ${900_000 + (index % 1_000)}`;
const landline = (index: number) => `01632 ${960_000 + (index % 1_000)}`;

/** Invents people one after the other: each cast of the same start has the same people. */
export type Cast = {
  defendant: (
    remand: DefendantInput['remand'],
    offences: DefendantInput['offences'],
    more?: Partial<DefendantInput>,
  ) => DefendantInput;
  person: (preferred: Preferred, more?: Partial<PersonInput>) => PersonInput;
  /** A date of birth that makes someone so many years old today. */
  bornYearsAgo: (years: number) => string;
};

/** @param first where this cast begins in the list of all surnames, so that two casts share none */
export function inventPeople(days: DemoDays, first: number): Cast {
  let next = first;
  const invent = () => {
    const index = next++;
    const surname = surnameOf(index);
    return { index, surname, name: `${givenNames[(index * 7) % givenNames.length]} ${surname}` };
  };
  const bornYearsAgo = (years: number, index = 0) => days.months(-12 * years, -((index * 37) % 300));
  const adult = (index: number) => bornYearsAgo(19 + ((index * 11) % 50), index);
  return {
    bornYearsAgo: (years) => bornYearsAgo(years, 20),
    defendant: (remand, offences, more = {}) => {
      const { index, name } = invent();
      return { name, dateOfBirth: adult(index), remand, offences, ...more };
    },
    person: (preferred, more = {}) => {
      const { index, surname, name } = invent();
      const contact = {
        phone: index % 3 === 0 ? landline(index) : mobile(index),
        ...(preferred === 'email' || index % 2 === 0
          ? { email: `${surname.toLowerCase()}@mail.example` }
          : {}),
        address: `${1 + (index % 90)} ${streets[index % streets.length]}, ${towns[index % towns.length]}, ZZ99 ${index % 10}ZZ`,
      };
      return { name, contact, preferred, ...(index % 4 === 1 ? { dateOfBirth: adult(index) } : {}), ...more };
    },
  };
}

/** The surname at a place of the list: 200 before any comes again. */
export function surnameOf(index: number): string {
  const beginning = beginnings[index % beginnings.length] ?? '';
  const end = ends[(index + Math.floor(index / beginnings.length)) % ends.length] ?? '';
  return `${beginning}${end}`;
}

/** How many surnames there are. */
export const surnameCount = beginnings.length * ends.length;
