import { z } from 'zod';
import type { MoveDates } from '../../../db/schema/recomputations.ts';
import { isCivilDate } from '../../calendar/civil-date.ts';
import { toLondonOffset } from '../../calendar/london-time.ts';
import {
  readLatestProgress,
  readMoves,
  readProgress,
  type Progress,
} from '../../cases/store-recomputations.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';

export const datesSchema = z.strictObject({
  legalDue: z.string().nullable(),
  actionDue: z.string().nullable(),
});

const recomputationFields = {
  id: z.uuid(),
  cause: z.enum(['calendar', 'rules']),
  why: z.array(z.string()),
  state: z.enum(['pending', 'running', 'done']),
  calendarVersion: z.string(),
  casesTotal: z.number().int(),
  casesDone: z.number().int(),
  casesFailed: z.number().int().meta({ description: 'Given up after three tries; a person has a task' }),
  movedTotal: z.number().int().meta({ description: 'Deadlines moved, added, met or withdrawn so far' }),
  requestedAt: z.string(),
  requestedBy: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
};
export const recomputationSchema = z.strictObject(recomputationFields).meta({ id: 'Recomputation' });
export const moveSchema = z.strictObject({
  caseUrn: z.string().nullable().meta({ description: 'Null for a restricted case' }),
  deadlineId: z.uuid(),
  rule: z.string(),
  kind: z.enum(['moved', 'added', 'met', 'withdrawn']),
  before: datesSchema.nullable(),
  after: datesSchema.nullable(),
});

const progressRoute = defineRoute({
  method: 'get',
  path: '/api/calendar/recomputations/{id}',
  access: ['administrator', 'senior', 'auditor'],
  tags: ['Operations'],
  summary: 'How far a recomputation is, and every date that it moved. URNs and ids only: nobody is named',
  request: { params: idParam, query: pageQuery(z.tuple([z.number().int()])) },
  responses: {
    200: jsonAnswer(
      'The recomputation, with a page of what it moved',
      z.strictObject({ ...recomputationFields, moved: pageSchema(moveSchema) }),
    ),
    404: problemAnswer('There is no such recomputation'),
  },
});

/** How many recomputations are listed. */
const latest = 20;

const listRoute = defineRoute({
  method: 'get',
  path: '/api/calendar/recomputations',
  access: ['administrator', 'senior', 'auditor'],
  tags: ['Operations'],
  summary: `The last ${latest} recomputations, newest first`,
  responses: {
    200: jsonAnswer(
      'The recomputations',
      z.strictObject({ items: z.array(recomputationSchema), next: z.null() }),
    ),
  },
});

/** `GET /api/calendar/recomputations`, `GET /api/calendar/recomputations/:id` */
export const recomputations: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const found = await readLatestProgress(c.get('hub').db, latest);
    return c.json({ items: found.map(recomputationJson), next: null }, 200);
  });

  app.openapi(progressRoute, async (c) => {
    const { db } = c.get('hub');
    const { id } = c.req.valid('param');
    const progress = await readProgress(db, id);
    if (!progress) return problem(c, { kind: 'not-found', detail: 'There is no such recomputation.' });
    const { limit, cursor } = c.req.valid('query');
    const moves = page(await readMoves(db, id, limit + 1, cursor?.[0]), limit, (move) => [move.id]);
    const moved = { items: moves.items.map(moveJson), next: moves.next };
    return c.json({ ...recomputationJson(progress), moved }, 200);
  });
};

export function recomputationJson(progress: Progress): z.input<typeof recomputationSchema> {
  const { id, cause, why, calendarVersion, casesTotal, casesLeft, casesFailed, movedTotal } = progress;
  const { requestedAt, requestedBy, startedAt, finishedAt } = progress;
  const state = finishedAt !== null ? 'done' : startedAt !== null ? 'running' : 'pending';
  const casesDone = casesTotal - casesLeft - casesFailed;
  return {
    ...{ id, cause, why, state, calendarVersion, casesTotal, casesDone, casesFailed, movedTotal },
    ...{ requestedAt, requestedBy, startedAt, finishedAt },
  };
}

type Move = Awaited<ReturnType<typeof readMoves>>[number];

function moveJson({ caseUrn, deadlineId, rule, kind, before, after }: Move): z.input<typeof moveSchema> {
  return {
    caseUrn,
    deadlineId,
    rule,
    kind,
    before: before && datesJson(before),
    after: after && datesJson(after),
  };
}

export function datesJson({ legalDue, actionDue }: MoveDates): MoveDates {
  return {
    legalDue: legalDue === null || isCivilDate(legalDue) ? legalDue : toLondonOffset(legalDue),
    actionDue,
  };
}
