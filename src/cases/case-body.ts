import { z } from 'zod';
import type { PersonDetails } from '../../db/schema/person-details.ts';
import { civilDateField, instantField } from '../deadlines/facts.ts';
import { hearingFields, timeField } from './event-types.ts';
import { offenceFields } from './offence-fields.ts';

const name = z.string().trim().min(1).max(200);
const noted = z.string().trim().min(1).max(1_000);

/** Two-digit force, two-character unit, five digits, two-digit year; small letters are made capital. */
export const urnField = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^\d{2}[A-Z0-9]{2}\d{5}\d{2}$/, 'must be a URN written like 21AB1234526')
  .meta({ example: '21AB1234526' });

export const contactFields = z.strictObject({
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d ()-]{5,30}$/, 'must be a telephone number')
    .optional(),
  email: z.email('must be an e-mail address').max(254).optional(),
  address: noted.optional(),
});

export const safeContactFields = z.strictObject({
  note: noted,
  notBefore: timeField.optional(),
  notAfter: timeField.optional(),
  noVoicemail: z.literal(true).optional(),
  doNotMessage: z.literal(true).optional().meta({ description: 'Nothing written: no text, no e-mail' }),
  codeWord: z.string().trim().min(1).max(60).optional(),
});

/** What may be known of a victim or witness besides name, number and preference. */
export const detailFields = {
  agreed: z
    .array(z.enum(['email', 'sms']))
    .max(2)
    .meta({ description: 'Messages to which the person has agreed' }),
  refused: z.array(z.enum(['phone', 'email', 'sms', 'letter', 'in-person'])).max(5),
  language: z.string().trim().min(1).max(60),
  interpreter: z.string().trim().min(1).max(100).meta({ example: 'British Sign Language' }),
  relation: z.string().trim().min(1).max(200).meta({ example: 'bereaved parent' }),
  representative: z.strictObject({
    name,
    relation: z.enum(['parent', 'guardian', 'carer', 'family', 'legal-representative', 'other']),
    contact: contactFields,
    instead: z.boolean().meta({ description: 'They are contacted, and not the person' }),
  }),
  support: z.strictObject({
    agency: z.string().trim().min(1).max(200).optional(),
    consentToRefer: z.enum(['given', 'refused', 'not-asked']),
    askedOn: civilDateField.optional(),
  }),
  grounds: z
    .array(z.enum(['most-serious-crime', 'persistently-targeted', 'vulnerable', 'intimidated']))
    .max(4)
    .meta({ description: 'Why enhanced rights are owed' }),
};

export const preferredField = z.enum(['phone', 'email', 'sms', 'letter', 'none']);

export const personFields = z.strictObject({
  name,
  dateOfBirth: civilDateField.optional(),
  contact: contactFields,
  preferred: preferredField,
  enhancedRights: z.boolean().default(false),
  reasons: z.array(noted).max(20).default([]),
  safeContact: safeContactFields.optional(),
  ...z.strictObject(detailFields).partial().shape,
});
export type PersonBody = z.output<typeof personFields>;

/** What is given of a person besides name, number and preference. */
export function detailsOf(given: { [Field in keyof typeof detailFields]?: unknown }): PersonDetails {
  const fields = Object.keys(detailFields) as (keyof typeof detailFields)[];
  return Object.fromEntries(
    fields.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])),
  );
}

const defendantFields = z.strictObject({
  name,
  dateOfBirth: civilDateField.optional(),
  remand: z.enum(['custody', 'conditional-bail', 'unconditional-bail', 'none']),
  remandedOn: civilDateField.optional(),
  offences: z.array(offenceFields).min(1, 'needs at least one offence').max(100),
});

/** Body of `POST /api/cases`. */
export const caseBody = z.strictObject({
  urn: urnField,
  kind: z.enum(['crime', 'traffic']),
  initiation: z.enum(['charge', 'postal-requisition', 'single-justice-procedure']),
  anticipatedPlea: z.enum(['guilty', 'not-guilty', 'none']),
  receivedAt: instantField,
  officer: z.string().trim().min(1).max(20),
  restricted: z.boolean().default(false),
  visibleTo: z.array(z.string().trim().min(1).max(40)).max(50).default([]),
  domesticAbuse: z.boolean().default(false),
  hateCrime: z.boolean().default(false),
  sexualOffence: z.boolean().default(false),
  defendants: z.array(defendantFields).min(1, 'needs at least one defendant').max(50),
  hearings: z.array(hearingFields).max(50).default([]),
  victims: z.array(personFields).max(100).default([]),
  witnesses: z.array(personFields).max(100).default([]),
});
export type CaseBody = z.output<typeof caseBody>;
