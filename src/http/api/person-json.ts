import { z } from 'zod';
import { detailFields } from '../../cases/case-body.ts';
import type { CaseState } from '../../deadlines/case-state.ts';
import { entitlementBecause } from '../../victims/entitlement.ts';
import type { PersonRow } from '../../victims/people-store.ts';
import { safeContactSchema } from './contact-json.ts';

const contactSchema = z.strictObject({
  phone: z.string().optional(),
  email: z.string().optional(),
  address: z.string().optional(),
});

/** A case in which a person is. */
const inCaseSchema = z.strictObject({
  caseUrn: z.string(),
  state: z.enum(['open', 'finalised']),
  personId: z.uuid(),
  role: z.enum(['victim', 'witness']),
});
export type InCase = z.input<typeof inCaseSchema>;

/** A victim or witness as the API shows them. */
export const personSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    role: z.enum(['victim', 'witness']),
    name: z.string(),
    dateOfBirth: z.string().nullable(),
    contact: contactSchema,
    preferred: z.enum(['phone', 'email', 'sms', 'letter', 'none']),
    safeContact: safeContactSchema.nullable(),
    enhancedRights: z.boolean().meta({ description: 'As recorded' }),
    entitlement: z
      .enum(['standard', 'enhanced'])
      .meta({ description: 'What is owed: enhanced until assessed' }),
    entitlementBecause: z
      .array(z.string())
      .meta({ description: 'Why enhanced rights are owed; empty where the standard periods apply' }),
    reasons: z.array(z.string()),
    needsAssessment: z
      .strictObject({ on: z.string(), note: z.string(), reassessOn: z.string().optional() })
      .nullable(),
    unavailable: z
      .array(z.strictObject({ from: z.string(), to: z.string(), why: z.string().optional() }))
      .nullable(),
    agreed: detailFields.agreed,
    refused: detailFields.refused,
    language: z.string().nullable(),
    interpreter: z.string().nullable(),
    relation: z.string().nullable(),
    representative: z
      .strictObject({ name: z.string(), relation: z.string(), contact: contactSchema, instead: z.boolean() })
      .nullable(),
    support: z
      .strictObject({
        agency: z.string().optional(),
        consentToRefer: z.enum(['given', 'refused', 'not-asked']),
        askedOn: z.string().optional(),
      })
      .nullable(),
    grounds: detailFields.grounds,
    optOut: z
      .strictObject({ on: z.string(), why: z.string().optional() })
      .nullable()
      .meta({ description: 'They asked not to be told anything' }),
    cases: z
      .array(inCaseSchema)
      .optional()
      .meta({ description: 'Every case in which they are known to be, of those that you may see' }),
    version: z.number().int(),
  })
  .meta({ id: 'Person' });

export function personJson(
  row: PersonRow,
  state: CaseState,
  caseUrn: string,
  cases?: InCase[],
): z.input<typeof personSchema> {
  const person = state.people.find(({ id }) => id === row.id);
  const { agreed = [], refused = [], grounds = [], optOut, ...details } = row.details ?? {};
  return {
    id: row.id,
    caseUrn,
    role: row.role,
    name: row.name,
    dateOfBirth: row.dateOfBirth,
    contact: row.contact,
    preferred: row.preferred,
    safeContact: row.safeContact,
    enhancedRights: person?.enhancedRights ?? false,
    entitlement: person?.enhanced === true ? 'enhanced' : 'standard',
    entitlementBecause: entitlementBecause(state, person, grounds),
    reasons: person?.reasons ?? [],
    needsAssessment: row.needsAssessment,
    unavailable: row.unavailable,
    agreed,
    refused,
    language: details.language ?? null,
    interpreter: details.interpreter ?? null,
    relation: details.relation ?? null,
    representative: details.representative ?? null,
    support: details.support ?? null,
    grounds,
    optOut:
      optOut === undefined
        ? null
        : { on: optOut.on, ...(optOut.why === undefined ? {} : { why: optOut.why }) },
    ...(cases === undefined ? {} : { cases }),
    version: row.version,
  };
}
