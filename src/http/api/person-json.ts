import { z } from 'zod';
import type { CaseState } from '../../deadlines/case-state.ts';
import type { PersonRow } from '../../victims/people-store.ts';
import { safeContactSchema } from './contact-json.ts';

/** A victim or witness as the API shows them. */
export const personSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    role: z.enum(['victim', 'witness']),
    name: z.string(),
    dateOfBirth: z.string().nullable(),
    contact: z.strictObject({
      phone: z.string().optional(),
      email: z.string().optional(),
      address: z.string().optional(),
    }),
    preferred: z.enum(['phone', 'email', 'sms', 'letter', 'none']),
    safeContact: safeContactSchema.nullable(),
    enhancedRights: z.boolean().meta({ description: 'As recorded' }),
    entitlement: z
      .enum(['standard', 'enhanced'])
      .meta({ description: 'What is owed: enhanced until assessed' }),
    reasons: z.array(z.string()),
    needsAssessment: z
      .strictObject({ on: z.string(), note: z.string(), reassessOn: z.string().optional() })
      .nullable(),
    unavailable: z
      .array(z.strictObject({ from: z.string(), to: z.string(), why: z.string().optional() }))
      .nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Person' });

export function personJson(row: PersonRow, state: CaseState, caseUrn: string): z.input<typeof personSchema> {
  const person = state.people.find(({ id }) => id === row.id);
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
    reasons: person?.reasons ?? [],
    needsAssessment: row.needsAssessment,
    unavailable: row.unavailable,
    version: row.version,
  };
}
