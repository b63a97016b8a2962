import { z } from 'zod';
import { currentRule } from '../../deadlines/rules/register.ts';
import { isFailure } from '../../platform/failure.ts';
import {
  dutyOutcomes,
  dutyRules,
  readCompliance,
  readDuties,
  type ComplianceRow,
  type Duty,
} from '../../reports/compliance.ts';
import { recordAccess } from '../access.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { csvAnswer, csvContent, formatField } from '../csv-answer.ts';
import { defineRoute } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { fileNameOf, periodFields, periodOf } from './report-period.ts';

const count = z.number().int();
export const complianceRowSchema = z
  .strictObject({
    team: z.string(),
    month: z.string().meta({ description: 'In which the duties were due', example: '2026-06' }),
    rule: z.string(),
    title: z.string(),
    entitlement: z.string(),
    duties: count.meta({ description: 'That were to be done: without those stopped and withdrawn' }),
    inTime: count,
    late: count,
    notDone: count.meta({ description: 'The time is over' }),
    owed: count.meta({ description: 'The time is still to come' }),
    stopped: count.meta({ description: 'The person asked not to be told' }),
    withdrawn: count.meta({ description: 'What they were about was taken back or changed' }),
    percentInTime: z
      .number()
      .nullable()
      .meta({ description: 'Of those done or over; null where there are none' }),
  })
  .meta({ id: 'ComplianceRow' });

const dutySchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    team: z.string(),
    personId: z.uuid(),
    rule: z.string(),
    title: z.string(),
    entitlement: z.string(),
    due: z.string().nullable(),
    doneOn: z.string().nullable(),
    outcome: z.enum(dutyOutcomes),
    why: z.string().nullable().meta({ description: 'Why it was not done' }),
    tries: count,
  })
  .meta({ id: 'Duty' });

const usualMonths = 1;
const scope = {
  ...periodFields(usualMonths),
  team: z.enum(['crime', 'traffic']).optional(),
  format: formatField,
};

const rowsRoute = defineRoute({
  method: 'get',
  path: '/api/reports/victims-code',
  access: ['caseworker', 'senior', 'auditor', 'administrator'],
  tags: ['Reports'],
  summary: 'Duties to victims and witnesses by team, month and kind: in time, late, not done',
  request: { query: z.strictObject(scope) },
  responses: {
    200: {
      description: 'The figures',
      content: {
        'application/json': {
          schema: z.strictObject({ items: z.array(complianceRowSchema), next: z.null() }),
        },
        ...csvContent,
      },
    },
  },
});

const dutiesRoute = defineRoute({
  method: 'get',
  path: '/api/reports/victims-code/duties',
  access: ['caseworker', 'senior', 'auditor'],
  tags: ['Reports'],
  summary: 'Each duty to a victim or witness, what became of it, and why it was not done',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      ...scope,
      outcome: z.enum(dutyOutcomes).optional(),
      rule: z.enum(dutyRules as [string, ...string[]]).optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page of duties, the first due first; as CSV 10,000 at most, without pages',
      content: { 'application/json': { schema: pageSchema(dutySchema) }, ...csvContent },
    },
  },
});

const mostInCsv = 10_000;

/** `GET /api/reports/victims-code`, `/api/reports/victims-code/duties` */
export const compliance: Routes = (app) => {
  app.openapi(rowsRoute, async (c) => {
    const { format, team, ...asked } = c.req.valid('query');
    const period = await periodOf(c.get('hub').db, asked, usualMonths);
    if (isFailure(period)) return problem(c, period);
    const rows = await readCompliance(c.get('hub').db, staffOf(c), { ...period, team });
    const items = rows.map(rowJson);
    if (format === 'csv')
      return csvAnswer(c, fileNameOf('victims-code', period), Object.keys(complianceRowSchema.shape), items);
    return c.json({ items, next: null }, 200);
  });

  app.openapi(dutiesRoute, async (c) => {
    const { limit, cursor, format, from, to, ...filter } = c.req.valid('query');
    const period = await periodOf(c.get('hub').db, { from, to }, usualMonths);
    if (isFailure(period)) return problem(c, period);
    const { db } = c.get('hub');
    const query = { ...period, ...filter };
    const isCsv = format === 'csv';
    const rows = await readDuties(
      db,
      staffOf(c),
      query,
      isCsv ? mostInCsv : limit + 1,
      isCsv ? undefined : cursor,
    );
    const found = isCsv ? { items: rows, next: null } : page(rows, limit, ({ due, id }) => [due, id]);
    await recordAccess(db, {
      staff: staffOf(c),
      caseId: found.items.map(({ caseId }) => caseId),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const items = found.items.map(dutyJson);
    if (isCsv) return csvAnswer(c, fileNameOf('duties', period), Object.keys(dutySchema.shape), items);
    return c.json({ items, next: found.next }, 200);
  });
};

const titleOf = (rule: string): string => currentRule(rule)?.title ?? rule;

function rowJson({
  team,
  month,
  rule,
  entitlement,
  counts,
}: ComplianceRow): z.input<typeof complianceRowSchema> {
  const { late, owed, stopped, withdrawn } = counts;
  const [inTime, notDone] = [counts['in-time'], counts['not-done']];
  const over = inTime + late + notDone;
  return {
    team,
    month,
    rule,
    title: titleOf(rule),
    entitlement,
    duties: over + owed,
    inTime,
    late,
    notDone,
    owed,
    stopped,
    withdrawn,
    percentInTime: over === 0 ? null : Math.round((1_000 * inTime) / over) / 10,
  };
}

function dutyJson({ id, urn, team, personId, rule, entitlement, due, doneOn, outcome, why, tries }: Duty) {
  return {
    id,
    caseUrn: urn,
    team,
    personId,
    rule,
    title: titleOf(rule),
    entitlement,
    due,
    doneOn,
    outcome,
    why,
    tries: Number(tries),
  };
}
