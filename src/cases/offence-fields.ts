import { z } from 'zod';
import { civilDateField } from '../deadlines/facts.ts';

/** A charge: its class and title follow from the code where the offence lists have it. */
export const offenceFields = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{3,10}$/, 'must be a CJS offence code such as TH68006'),
  title: z.string().trim().min(1).max(500).optional(),
  class: z.enum(['summary-only', 'either-way', 'indictable-only']).optional(),
  committedOn: civilDateField,
  chargedOn: civilDateField.optional(),
  domesticAbuse: z.boolean().default(false),
});
