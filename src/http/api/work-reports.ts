import { z } from 'zod';
import { currentRule } from '../../deadlines/rules/register.ts';
import { isFailure } from '../../platform/failure.ts';
import { chaserGroupings, readChasers, type ChaserRow } from '../../reports/chasers-answered.ts';
import { rounded } from '../../reports/quality-figures.ts';
import type { Period, Viewer } from '../../reports/quality-scope.ts';
import { readTimeliness, timelinessGroupings, type TimelinessRow } from '../../reports/timeliness.ts';
import { readWorkloadHistory } from '../../reports/workload-history.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { csvAnswer, csvContent, formatField } from '../csv-answer.ts';
import { defineRoute } from '../define-route.ts';
import { problem } from '../problem.ts';
import { fileNameOf, periodFields, periodOf } from './report-period.ts';

const usualMonths = 3;
const count = z.number().int();
const percent = z.number().nullable().meta({ description: 'Null where there is nothing to count' });

export const timelinessRowSchema = z
  .strictObject({
    rule: z.string().nullable(),
    title: z.string().nullable(),
    owner: z.string().nullable().meta({ description: 'Who owes it by law' }),
    team: z.string().nullable(),
    month: z.string().nullable().meta({ example: '2026-06' }),
    due: count.meta({ description: 'By law, in the period; what came to nothing does not count' }),
    inTime: count,
    late: count,
    notDone: count.meta({ description: 'The time is over' }),
    owed: count.meta({ description: 'The time is still to come' }),
    percentInTime: percent,
  })
  .meta({ id: 'TimelinessRow' });

export const chaserRowSchema = z
  .strictObject({
    level: z.string().nullable(),
    station: z.string().nullable(),
    month: z.string().nullable(),
    sent: count,
    answered: count.meta({ description: 'Before the next one' }),
    saidSent: count,
    saidLate: count,
    notMine: count,
    cannot: count,
    came: count.meta({ description: 'The material came without an answer' }),
    percentAnswered: percent,
  })
  .meta({ id: 'ChaserRow' });

export const workloadWeekSchema = z
  .strictObject({
    team: z.string(),
    week: z.string().meta({ description: 'Its Monday' }),
    cases: count.meta({ description: 'Received' }),
    made: count.meta({ description: 'Tasks that came up' }),
    done: count,
    doneMinutes: count.meta({ description: 'Planned minutes of those done' }),
    cancelled: count,
    openAtEnd: count,
  })
  .meta({ id: 'WorkloadWeek' });

const team = z.enum(['crime', 'traffic']).optional();

/** `GET /api/reports/timeliness`, `/chasers`, `/workload-history` */
export const workReports: Routes = (app) => {
  report(app, {
    name: 'timeliness',
    summary: 'What became of deadlines by rule, team or month: in time, late, not done',
    row: timelinessRowSchema,
    query: {
      by: z.enum(timelinessGroupings).default('rule'),
      rule: z.string().min(1).max(64).optional(),
      team,
    },
    read: async (c, viewer, query) =>
      (await readTimeliness(c.get('hub').db, viewer, query)).map((row) => timelinessJson(query.by, row)),
  });
  report(app, {
    name: 'chasers',
    summary: 'Chasers by level, station or month, and what came of each before the next',
    row: chaserRowSchema,
    query: { by: z.enum(chaserGroupings).default('level'), team },
    read: async (c, viewer, query) =>
      (await readChasers(c.get('hub').db, viewer, query)).map((row) => chaserJson(query.by, row)),
  });
  report(app, {
    name: 'workload-history',
    summary:
      'Week by week and team by team: cases and tasks that came in, were done, and were open at the end',
    row: workloadWeekSchema,
    query: { team },
    read: (c, viewer, query) => readWorkloadHistory(c.get('hub').db, viewer, query),
  });
};

/** A report of a period, as JSON or as CSV, for everybody who has reports. */
function report<Row extends z.ZodObject, Query extends z.ZodRawShape>(
  app: Api,
  of: {
    name: string;
    summary: string;
    row: Row;
    query: Query;
    read: (
      c: Context,
      viewer: Viewer,
      query: z.output<z.ZodObject<Query>> & Period,
    ) => Promise<z.input<Row>[]>;
  },
): void {
  const { name, summary, row, query, read } = of;
  const route = defineRoute({
    method: 'get',
    path: `/api/reports/${name}`,
    access: ['caseworker', 'senior', 'auditor', 'administrator'],
    tags: ['Reports'],
    summary,
    request: { query: z.strictObject({ ...periodFields(usualMonths), format: formatField, ...query }) },
    responses: {
      200: {
        description: 'The figures',
        content: {
          'application/json': { schema: z.strictObject({ items: z.array(row), next: z.null() }) },
          ...csvContent,
        },
      },
    },
  });
  app.openapi(route, async (c) => {
    const asked = c.req.valid('query' as never) as Period & { format: 'json' | 'csv' };
    const { format, from, to, ...filter } = asked;
    const context = c as unknown as Context;
    const period = await periodOf(context.get('hub').db, { from, to }, usualMonths);
    if (isFailure(period)) return problem(context, period);
    const rows = await read(context, staffOf(context), { ...filter, ...period } as never);
    if (format === 'csv')
      return csvAnswer(context, fileNameOf(name, period), Object.keys(row.shape), rows as never);
    return c.json({ items: rows, next: null } as never, 200);
  });
}

function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded((100 * part) / whole, 1);
}

function timelinessJson(
  by: (typeof timelinessGroupings)[number],
  { key, inTime, late, notDone, owed }: TimelinessRow,
): z.input<typeof timelinessRowSchema> {
  const rule = by === 'rule' ? key : null;
  const known = rule === null ? undefined : currentRule(rule);
  const over = inTime + late + notDone;
  return {
    rule,
    title: known?.title ?? rule,
    owner: known?.owner ?? null,
    team: by === 'team' ? key : null,
    month: by === 'month' ? key : null,
    ...{ due: over + owed, inTime, late, notDone, owed },
    percentInTime: percentOf(inTime, over),
  };
}

function chaserJson(
  by: (typeof chaserGroupings)[number],
  { key, sent, saidSent, saidLate, notMine, cannot, came }: ChaserRow,
): z.input<typeof chaserRowSchema> {
  const answered = saidSent + saidLate + notMine + cannot + came;
  return {
    level: by === 'level' ? key : null,
    station: by === 'station' ? key : null,
    month: by === 'month' ? key : null,
    ...{ sent, answered, saidSent, saidLate, notMine, cannot, came },
    percentAnswered: percentOf(answered, sent),
  };
}
