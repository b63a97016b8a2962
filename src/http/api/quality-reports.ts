import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { officers } from '../../../db/schema/index.ts';
import { isFailure } from '../../platform/failure.ts';
import { patternRule, patternsOf, trainingFor } from '../../reports/feedback.ts';
import { figuresOf } from '../../reports/quality-figures.ts';
import { groupings, readDefects, readQuality, readStationDefects } from '../../reports/store.ts';
import { trainingNeeds, trainingRule } from '../../reports/training-needs.ts';
import { recordAccess } from '../access.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { csvAnswer, csvContent, formatField } from '../csv-answer.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { fileNameOf, periodFields, periodOf } from './report-period.ts';
import {
  defectJson,
  defectSchema,
  figuresSchema,
  needSchema,
  qualityColumns,
  qualityRowCsv,
  qualityRowJson,
  qualityRowSchema,
} from './quality-json.ts';

const tags = ['Reports'];
const usualMonths = 3;

const collarField = z.string().trim().min(1).max(20);

const figuresRoute = defineRoute({
  method: 'get',
  path: '/api/reports/quality',
  access: ['caseworker', 'senior', 'auditor', 'administrator'],
  tags,
  summary: 'First-time acceptance, defects, lateness, chasers and answers, by officer, station and month',
  request: {
    query: pageQuery(z.tuple([z.string(), z.string(), z.string()])).extend({
      ...periodFields(usualMonths),
      by: z.enum(groupings).default('officer-month'),
      officer: collarField.optional(),
      station: z.string().trim().min(1).max(200).optional(),
      format: formatField,
    }),
  },
  responses: {
    200: {
      description: 'A page of rows; as CSV all of them, where limit and cursor are not looked at',
      content: {
        'application/json': { schema: pageSchema(qualityRowSchema) },
        ...csvContent,
      },
    },
  },
});

const feedbackRoute = defineRoute({
  method: 'get',
  path: '/api/reports/quality/officers/{collar}',
  access: ['caseworker', 'senior', 'auditor'],
  tags,
  summary:
    'What to tell one officer: figures, the last defects with their cases, what comes back, what to learn',
  request: {
    params: z.object({ collar: collarField.meta({ example: 'PC1001' }) }),
    query: z.strictObject({
      ...periodFields(usualMonths),
      last: z
        .string()
        .regex(/^([1-9]|[1-4]\d|50)$/, 'must be a whole number from 1 to 50')
        .transform(Number)
        .default(10)
        .openapi({ type: 'integer', minimum: 1, maximum: 50, default: 10 }),
    }),
  },
  responses: {
    200: jsonAnswer(
      'The feedback',
      z.strictObject({
        officer: z.strictObject({ collar: z.string(), rank: z.string(), station: z.string() }),
        from: z.string(),
        to: z.string(),
        figures: figuresSchema,
        defects: z.array(defectSchema),
        notNamed: z
          .number()
          .int()
          .meta({ description: 'Defects of restricted cases: counted, and not named to the caller' }),
        patterns: z.array(
          z.strictObject({
            kind: z.enum(['reason', 'material']),
            of: z.string(),
            files: z.number().int(),
            outOf: z.number().int(),
            sentence: z.string(),
          }),
        ),
        patternRule: z.string(),
        training: z.array(z.strictObject({ topic: z.string(), codes: z.array(z.string()) })),
      }),
    ),
    404: problemAnswer('There is no such officer'),
  },
});

const needsRoute = defineRoute({
  method: 'get',
  path: '/api/reports/training-needs',
  access: ['caseworker', 'senior', 'auditor', 'administrator'],
  tags,
  summary:
    'Reasons that stand in the files of a station more often than in all, in numbers that mean something',
  request: { query: z.strictObject({ ...periodFields(usualMonths), format: formatField }) },
  responses: {
    200: {
      description: 'The needs, and the rule by which they were found',
      content: {
        'application/json': {
          schema: z.strictObject({ rule: z.string(), items: z.array(needSchema), next: z.null() }),
        },
        ...csvContent,
      },
    },
  },
});

/** `GET /api/reports/quality`, `/api/reports/quality/officers/:collar`, `/api/reports/training-needs` */
export const qualityReports: Routes = (app) => {
  app.openapi(figuresRoute, async (c) => {
    const { limit, cursor, format, from, to, ...filter } = c.req.valid('query');
    const { db } = c.get('hub');
    const period = await periodOf(db, { from, to }, usualMonths);
    if (isFailure(period)) return problem(c, period);
    const query = { ...period, ...filter };
    if (format === 'csv') {
      const rows = await readQuality(db, staffOf(c), query);
      return csvAnswer(c, fileNameOf('file-quality', period), qualityColumns, rows.map(qualityRowCsv));
    }
    const [station, officer, month] = cursor ?? [];
    const after = station === undefined ? undefined : { station, officer: officer ?? '', month: month ?? '' };
    const rows = await readQuality(db, staffOf(c), query, limit + 1, after);
    const found = page(rows, limit, (row) => [row.station, row.officer, row.month]);
    return c.json({ items: found.items.map(qualityRowJson), next: found.next }, 200);
  });

  app.openapi(feedbackRoute, async (c) => {
    const { db } = c.get('hub');
    const { collar } = c.req.valid('param');
    const { last, from, to } = c.req.valid('query');
    const period = await periodOf(db, { from, to }, usualMonths);
    if (isFailure(period)) return problem(c, period);
    const [officer] = await db.select().from(officers).where(eq(officers.collar, collar));
    if (!officer) return problem(c, { kind: 'not-found', detail: 'There is no such officer.' });
    const staff = staffOf(c);
    const [row] = await readQuality(db, staff, { ...period, by: 'officer', officer: collar });
    const { defects, files } = await readDefects(db, staff, collar, period);
    const named = defects.flatMap((defect) => (defect.urn === null ? [] : [{ ...defect, urn: defect.urn }]));
    const shown = named.slice(0, last);
    await recordAccess(db, {
      staff,
      caseId: shown.map(({ caseId }) => caseId),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const patterns = patternsOf(defects, files);
    return c.json(
      {
        officer: { collar, rank: officer.rank, station: officer.station },
        ...period,
        figures: figuresOf(row?.counts ?? {}),
        defects: shown.map(defectJson),
        notNamed: defects.length - named.length,
        patterns,
        patternRule,
        training: trainingFor(patterns, defects),
      },
      200,
    );
  });

  app.openapi(needsRoute, async (c) => {
    const { format, from, to } = c.req.valid('query');
    const { db } = c.get('hub');
    const period = await periodOf(db, { from, to }, usualMonths);
    if (isFailure(period)) return problem(c, period);
    const items = trainingNeeds(await readStationDefects(db, staffOf(c), period));
    return format === 'csv'
      ? csvAnswer(c, fileNameOf('training-needs', period), Object.keys(needSchema.shape), items)
      : c.json({ rule: trainingRule, items, next: null }, 200);
  });
};
