import { z } from 'zod';
import { sayDefect } from '../../materials/defect-codes.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { sayDefectRow } from '../../reports/feedback.ts';
import { figuresOf, flatFigures } from '../../reports/quality-figures.ts';
import type { DefectRow, QualityRow } from '../../reports/store.ts';

const count = z.number().int();
const share = z
  .number()
  .nullable()
  .meta({ description: 'From 0 to 1; null where there is nothing to count' });

/** How good files were, and how requests were answered. */
export const figuresSchema = z
  .strictObject({
    files: z.strictObject({
      checks: count,
      accepted: count,
      rejected: count,
      firstChecks: count,
      firstAccepted: count,
      firstTimeAcceptance: share,
    }),
    defects: z.array(z.strictObject({ code: z.string(), title: z.string(), count })),
    materials: z.strictObject({
      received: count,
      late: count,
      daysLate: count.meta({
        description: 'Calendar days after the day last agreed, until the officer said that it was sent',
      }),
      daysLateOnAverage: z.number().nullable(),
    }),
    chasers: z.strictObject({ officer: count, sergeant: count, inspector: count }),
    answers: z.strictObject({
      asked: count.meta({ description: 'Requests that were chased' }),
      answered: count,
      share,
      sent: count,
      late: count,
      notMine: count,
      cannot: count,
    }),
  })
  .meta({ id: 'QualityFigures' });

/** One row of the report. What it is not grouped by is null. */
export const qualityRowSchema = z
  .strictObject({
    officer: z.string().nullable(),
    station: z.string().nullable(),
    month: z.string().nullable(),
    figures: figuresSchema,
  })
  .meta({ id: 'QualityRow' });

export function qualityRowJson({
  officer,
  station,
  month,
  counts,
}: QualityRow): z.input<typeof qualityRowSchema> {
  return {
    officer: officer === '' ? null : officer,
    station: station === '' ? null : station,
    month: month === '' ? null : month,
    figures: figuresOf(counts),
  };
}

export function qualityRowCsv({ officer, station, month, counts }: QualityRow) {
  return { officer, station, month, ...flatFigures(figuresOf(counts)) };
}

export const qualityColumns = ['officer', 'station', 'month', ...Object.keys(flatFigures(figuresOf({})))];

/** A defect that a caseworker may talk about with the officer. */
export const defectSchema = z
  .strictObject({
    caseUrn: z.string(),
    on: z.string(),
    material: z.strictObject({ type: z.string(), title: z.string() }).nullable(),
    code: z.string(),
    title: z.string(),
    note: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: 'DefectOfOfficer' });

export function defectJson(row: DefectRow & { urn: string }): z.input<typeof defectSchema> {
  return {
    caseUrn: row.urn,
    on: row.on,
    material: row.material === null ? null : { type: row.material, title: sayMaterial(row.material) },
    code: row.code,
    title: sayDefect(row.code),
    note: row.note,
    sentence: sayDefectRow(row),
  };
}

export const needSchema = z
  .strictObject({
    station: z.string(),
    code: z.string(),
    title: z.string(),
    files: count,
    of: count,
    rate: z.number(),
    forceRate: z.number().meta({ description: 'Of all files that the caller may count' }),
    atLeast: z
      .number()
      .meta({ description: 'The lower bound of the 95 % Wilson interval of the station’s rate' }),
    topic: z.string().nullable(),
    sentence: z.string(),
  })
  .meta({ id: 'TrainingNeed' });
