import { z } from 'zod';

/** Something written down while a task was held. */
export const noteSchema = z
  .strictObject({ by: z.string(), at: z.string(), text: z.string() })
  .meta({ id: 'TaskNote' });
