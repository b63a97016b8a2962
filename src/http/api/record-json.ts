import { z } from 'zod';
import type { CaseRow } from '../../cases/settle.ts';
import { policeSystemNames, policeSystems } from '../../deadlines/record-entries.ts';
import { ruleOf } from '../../deadlines/store.ts';
import { recordStates, type PoliceRecord } from '../../record-keeping/records-of.ts';
import { authoritySchema, isToBeChecked } from '../authority-schema.ts';
import { eventTitle } from './case-events.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';

export const systemField = z.enum(policeSystemNames);

/** An entry in a police system as the API shows it. */
export const recordSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    system: systemField,
    systemName: z.string(),
    entry: z.string(),
    owedBy: z.strictObject({ event: z.uuid(), title: z.string(), on: z.string() }),
    subject: deadlineSchema.shape.subject,
    dueOn: z.string().nullable().meta({ description: 'A date, or an instant where hours are counted' }),
    isLate: z.boolean(),
    state: z.enum(recordStates).meta({
      description: '`wrong` was entered, and what it says has been taken back since',
    }),
    entered: z
      .strictObject({
        on: z.string(),
        by: z.string(),
        recordedAt: z.string(),
        reference: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    explanation: z.array(z.string()),
    authority: authoritySchema,
    checkWithForce: z.boolean(),
  })
  .meta({ id: 'PoliceRecord' });

export function recordJson(
  { deadline, system, state, owedBy, entered }: PoliceRecord,
  { urn }: Pick<CaseRow, 'urn'>,
): z.input<typeof recordSchema> {
  const { title, authority } = ruleOf(deadline);
  const { id, subject, legalDue, explanation } = deadlineJson(deadline);
  return {
    ...{ id, caseUrn: urn, system, systemName: policeSystems[system], entry: title },
    owedBy: { event: owedBy.id, title: eventTitle(owedBy.type), on: owedBy.on },
    ...{ subject, dueOn: legalDue, isLate: deadline.state === 'missed', state, entered, explanation },
    ...{ authority, checkWithForce: isToBeChecked(authority) },
  };
}
