import { z } from 'zod';
import type { RequestBasis } from '../../../db/schema/materials.ts';
import { sayDefect } from '../../materials/defect-codes.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { findStandard } from '../../materials/standards/register.ts';
import type { RequestRow } from '../../materials/store.ts';

/** What a request rests on; a file standard in the version by which this file goes. */
const basisSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file-standard'),
    standard: z.string(),
    version: z.number().int(),
    title: z.string(),
    grade: z.enum(['A', 'B', 'C', 'P']),
    inForceFrom: z.string(),
  }),
  z.strictObject({
    kind: z.literal('standing-request'),
    id: z.uuid(),
    standingVersion: z.number().int(),
    askedBy: z.string(),
  }),
  z.strictObject({ kind: z.literal('action-plan'), event: z.uuid(), item: z.number().int() }),
  z.strictObject({ kind: z.literal('file-check'), event: z.uuid() }),
  z.strictObject({ kind: z.literal('caseworker') }),
]);

/** A material request as the API shows it. */
export const materialSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    material: z.string(),
    title: z.string(),
    why: z.string(),
    note: z.string().nullable().meta({ description: 'What the caseworker wrote beside a rejection' }),
    dueOn: z.string(),
    dueWhy: z.string().nullable().meta({ description: 'How the day was come by, with its grade' }),
    basis: basisSchema.nullable(),
    rejections: z.number().int().meta({ description: 'How often what came was rejected' }),
    officer: z.string(),
    state: z.enum(['outstanding', 'received', 'not-required', 'withdrawn']),
    defect: z.strictObject({ code: z.string(), title: z.string() }).nullable(),
    answer: z
      .enum(['sent', 'late', 'not-mine', 'cannot'])
      .nullable()
      .meta({ description: 'What the officer said last' }),
    urgent: z.boolean().meta({ description: 'Chased by the compressed ladder' }),
    held: z
      .strictObject({ until: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: 'Not chased before this day, and why' }),
    chasingFailed: z.boolean().meta({ description: 'Everybody was asked for it, and it has not come' }),
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
    note: row.note,
    dueOn: row.dueOn,
    dueWhy: row.dueWhy,
    basis: row.basis && basisJson(row.basis),
    rejections: row.rejections,
    officer: row.officer,
    state: row.state,
    defect: row.defectCode === null ? null : { code: row.defectCode, title: sayDefect(row.defectCode) },
    answer: row.answer,
    urgent: row.urgent,
    held: row.heldUntil === null ? null : { until: row.heldUntil, reason: row.heldWhy ?? '' },
    chasingFailed: row.state === 'outstanding' && row.failedAt !== null,
    version: row.version,
  };
}

function basisJson(basis: RequestBasis): z.input<typeof basisSchema> {
  if (basis.kind === 'standing-request') {
    const { kind, id, version, askedBy } = basis;
    return { kind, id, standingVersion: version, askedBy };
  }
  if (basis.kind !== 'file-standard') return basis;
  const standard = findStandard(basis.standard, basis.version);
  return {
    ...basis,
    title: standard?.title ?? basis.standard,
    grade: standard?.authority.grade ?? 'C',
    inForceFrom: standard?.inForce.from ?? '',
  };
}
