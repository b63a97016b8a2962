import { z } from 'zod';
import { sayDefect } from '../../materials/defect-codes.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import type { RequestRow } from '../../materials/store.ts';

/** A material request as the API shows it. */
export const materialSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    material: z.string(),
    title: z.string(),
    why: z.string(),
    dueOn: z.string(),
    officer: z.string(),
    state: z.enum(['outstanding', 'received', 'not-required', 'withdrawn']),
    defect: z.strictObject({ code: z.string(), title: z.string() }).nullable(),
    answer: z
      .enum(['sent', 'late', 'not-mine', 'cannot'])
      .nullable()
      .meta({ description: 'What the officer said last' }),
    urgent: z.boolean().meta({ description: 'Chased by the compressed ladder' }),
    version: z.number().int(),
  })
  .meta({ id: 'MaterialRequest' });

export function materialJson(row: RequestRow, caseUrn: string): z.input<typeof materialSchema> {
  return {
    id: row.id,
    caseUrn,
    material: row.material,
    title: sayMaterial(row.material),
    why: row.why,
    dueOn: row.dueOn,
    officer: row.officer,
    state: row.state,
    defect: row.defectCode === null ? null : { code: row.defectCode, title: sayDefect(row.defectCode) },
    answer: row.answer,
    urgent: row.urgent,
    version: row.version,
  };
}
