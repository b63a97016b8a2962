import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import {
  figuresOfSample,
  readSample,
  reviewTask,
  sampleSize,
  type SampledTask,
} from '../../reports/quality-sample.ts';
import { recordAccess } from '../access.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { csvAnswer, csvContent, formatField } from '../csv-answer.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

const count = z.number().int();
const monthParam = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, such as 2026-06')
    .meta({ example: '2026-06' }),
});

export const sampledSchema = z
  .strictObject({
    taskId: z.uuid(),
    kind: z.string(),
    title: z.string(),
    caseUrn: z.string().nullable(),
    team: z.string(),
    outcome: z.string().nullable(),
    closedAt: z.string(),
    isOwn: z.boolean().meta({ description: 'You completed it: somebody else has to look at it' }),
    review: z
      .strictObject({
        verdict: z.enum(['pass', 'partial', 'fail']),
        note: z.string().nullable(),
        by: z.string(),
        at: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'SampledTask' });

export const sampleFiguresSchema = z
  .strictObject({
    team: z.string(),
    sampled: count,
    reviewed: count,
    pass: count,
    partial: count,
    fail: count,
    percentPass: z.number().nullable().meta({ description: 'Of those reviewed' }),
  })
  .meta({ id: 'SampleFigures' });

export const sampleSchema = z.strictObject({
  month: z.string(),
  items: z.array(sampledSchema),
  next: z.null(),
  notShown: count.meta({
    description: 'Of restricted cases that you may not see; in the figures all the same',
  }),
  figures: z.array(sampleFiguresSchema),
});

const sampleRoute = defineRoute({
  method: 'get',
  path: '/api/quality-samples/{month}',
  access: ['senior'],
  tags: ['Seniors'],
  summary: `Up to ${sampleSize} completed tasks of each team of a month that is over, by chance and always the same`,
  request: { params: monthParam, query: z.strictObject({ format: formatField }) },
  responses: {
    200: {
      description: 'The sample; as CSV the figures by team',
      content: { 'application/json': { schema: sampleSchema }, ...csvContent },
    },
  },
});

const reviewRoute = defineRoute({
  method: 'post',
  path: '/api/quality-samples/{month}/reviews',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'Say what was found in a completed task of the sample, not of one’s own',
  request: {
    params: monthParam,
    headers: idempotencyHeader,
    body: jsonBody(
      z
        .strictObject({
          taskId: z.uuid(),
          verdict: z.enum(['pass', 'partial', 'fail']),
          note: z.string().trim().min(1).max(4_000).optional(),
        })
        .refine(({ verdict, note }) => verdict === 'pass' || note !== undefined, {
          path: ['note'],
          message: 'is needed: say what was missing',
        })
        .meta({ id: 'QualityReviewBody' }),
    ),
  },
  responses: {
    201: jsonAnswer('The task as it stands in the sample', sampledSchema),
    404: problemAnswer('There is no such task in the sample'),
    409: problemAnswer('It was looked at already'),
  },
});

/** `GET /api/quality-samples/:month`, `POST /api/quality-samples/:month/reviews` */
export const qualitySamples: Routes = (app) => {
  app.openapi(sampleRoute, async (c) => {
    const { db } = c.get('hub');
    const { month } = c.req.valid('param');
    const early = await refuseUnfinished(db, month);
    if (early) return problem(c, early);
    const staff = staffOf(c);
    const sample = await readSample(db, month, staff.id);
    const figures = figuresOfSample(sample);
    if (c.req.valid('query').format === 'csv')
      return csvAnswer(c, `quality-sample-${month}`, Object.keys(sampleFiguresSchema.shape), figures);
    const shown = sample.filter(({ isHidden }) => !isHidden);
    await recordAccess(db, {
      staff,
      caseId: shown.flatMap(({ caseId }) => caseId ?? []),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const items = shown.map(sampledJson);
    return c.json({ month, items, next: null, notShown: sample.length - shown.length, figures }, 200);
  });

  app.openapi(reviewRoute, (c) =>
    change(c, async (tx, actor) => {
      const { month } = c.req.valid('param');
      const early = await refuseUnfinished(tx, month);
      if (early) return early;
      const { taskId, verdict, note = null } = c.req.valid('json');
      const by = { actor: { id: actor.id, requestId: actor.requestId }, now: await readNow(tx) };
      const reviewed = await reviewTask(tx, month, { taskId, verdict, note }, by);
      if (isFailure(reviewed)) return reviewed;
      await recordAccess(tx, {
        staff: actor.staff,
        caseId: reviewed.caseId === null ? [] : [reviewed.caseId],
        action: 'change',
        route: c.get('routeName'),
        requestId: actor.requestId,
      });
      const headers = { Location: `/api/quality-samples/${month}` };
      return { status: 201, headers, body: sampledJson(reviewed) };
    }),
  );
};

/** While a month goes on, what is completed tomorrow could push out what is looked at today. */
async function refuseUnfinished(db: Database | Transaction, month: string): Promise<Failure | null> {
  const isOver = month < civilDateOf(await readNow(db)).slice(0, 7);
  return isOver ? null : invalidField('month', 'is not over yet');
}

function sampledJson(one: SampledTask): z.input<typeof sampledSchema> {
  const { id, kind, title, urn, team, outcome, closedAt, isOwn, verdict, note, reviewedBy, reviewedAt } = one;
  const review =
    verdict === null ? null : { verdict, note, by: reviewedBy ?? 'somebody', at: reviewedAt ?? closedAt };
  return { taskId: id, kind, title, caseUrn: urn, team, outcome, closedAt, isOwn, review };
}
