import { z } from 'zod';
import { metData } from '../../cases/complete-task.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { readDeadline, readDeadlines } from '../../deadlines/store.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockOpen, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
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
  request: { params: urnParam },
  responses: {
    200: jsonAnswer(
      'Deadlines, soonest first',
      z.strictObject({ items: z.array(deadlineSchema), next: z.null() }),
    ),
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
    409: problemAnswer('It is met or withdrawn already, or owed to a person who must be told'),
  },
});

/** `GET /api/cases/:urn/deadlines`, `POST /api/deadlines/:id/met` */
export const deadlines: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const rows = await readDeadlines(c.get('hub').db, row.id);
    return c.json({ items: rows.map(deadlineJson), next: null }, 200);
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
      await recordOwnEvent(
        tx,
        row,
        { type: 'deadline-met', on, data: metData(deadline, note) },
        await recordingOf(tx, actor),
      );
      const after = await readDeadline(tx, id);
      return { status: 200, body: deadlineJson(after ?? deadline) };
    }),
  );
};
