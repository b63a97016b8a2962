import { z } from 'zod';
import { isForForce } from '../deadlines/apply-settings.ts';
import type { Authority } from '../deadlines/rule.ts';

/** Where a rule comes from, and how well that was read. */
export const authoritySchema = z
  .strictObject({
    instrument: z.string(),
    provision: z.string(),
    grade: z.enum(['A', 'B', 'C', 'P']).meta({
      description:
        'A: read in the operative text; B: read in an official summary; C: unverified; P: no published figure, a default that a force sets',
    }),
  })
  .meta({ id: 'Authority' });

/** Whether a rule must be shown with "check with your force". */
export function isToBeChecked(authority: Authority): boolean {
  return isForForce(authority);
}
