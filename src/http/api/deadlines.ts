import { z } from 'zod';
import { metData } from '../../cases/met-data.ts';
import { foldCase } from '../../cases/fold.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { isRecordWork, notEntered } from '../../cases/record-work.ts';
import { refuseMet } from '../../cases/check-met.ts';
import { readEvents } from '../../cases/store.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { readDeadline, readDeadlines, ruleOf } from '../../deadlines/store.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockOpen, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { pageSchema, wholeListQuery, wholeOrPage } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';

export const idParam = z.object({ id: z.uuid() });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/deadlines',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'The deadlines of a case, each with how it was worked out',
  request: { params: urnParam, query: wholeListQuery },
  responses: {
    200: jsonAnswer('Deadlines, soonest first', pageSchema(deadlineSchema)),
    404: problemAnswer('There is no such case'),
  },
});

const metRoute = defineRoute({
  method: 'post',
  path: '/api/deadlines/{id}/met',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'Say that a deadline was met, for what no event shows',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ on: civilDateField, note: z.string().trim().min(1).max(1_000) })),
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer('The deadline', deadlineSchema),
    404: problemAnswer('There is no such deadline'),
    409: problemAnswer(
      'It is met or withdrawn already, an entry in a police system, or a limit that only events meet or end',
    ),
  },
});

/** `GET /api/cases/:urn/deadlines`, `POST /api/deadlines/:id/met` */
export const deadlines: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const rows = await readDeadlines(c.get('hub').db, row.id);
    return c.json(wholeOrPage(rows.map(deadlineJson), c.req.valid('query')), 200);
  });

  app.openapi(metRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const { on, note } = c.req.valid('json');
      const found = await readDeadline(tx, id);
      if (!found) return { kind: 'not-found', detail: 'There is no such deadline.' };
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const deadline = await readDeadline(tx, id);
      if (deadline?.state !== 'pending' && deadline?.state !== 'missed')
        return { kind: 'conflict', detail: `The deadline is ${deadline?.state} already.` };
      if (isRecordWork(ruleOf(deadline).task)) return notEntered;
      const recording = await recordingOf(tx, actor);
      const refused = refuseMet(deadline, on, foldCase(await readEvents(tx, row.id)), recording.now);
      if (refused !== null) return refused;
      await recordOwnEvent(tx, row, { type: 'deadline-met', on, data: metData(deadline, note) }, recording);
      const after = await readDeadline(tx, id);
      return { status: 200, body: deadlineJson(after ?? deadline) };
    }),
  );
};
