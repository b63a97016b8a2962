import { z } from 'zod';
import { sayDay } from '../../calendar/civil-date.ts';
import { judgeCustodyLimit } from '../../cases/confirm-custody-limit.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockCaseByUrn, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { problemBody } from '../problem.ts';
import { problemSchema } from '../problem-schema.ts';
import { eventJson, eventSchema } from './case-events.ts';
import { urnParam } from './cases.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';

const words = z.string().trim().min(1).max(1_000);

const bodySchema = z
  .strictObject({
    dueOn: civilDateField.meta({ description: 'The day on which the limit expires by your own count' }),
    method: words.optional().meta({ description: 'How you counted' }),
    note: words.optional(),
  })
  .meta({ id: 'CustodyLimitCount', example: { dueOn: '2026-07-27', method: 'By hand, from the calendar' } });

const figureSchema = z.strictObject({
  by: z.string().meta({ description: '`hub`, or the id of who counted' }),
  dueOn: z.string().nullable(),
  explanation: z.array(z.string()),
});

const route = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/custody-limits/{defendantId}/confirmations',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'A second person confirms the custody time limit that expires first, by their own count',
  request: {
    params: urnParam.extend({ defendantId: z.uuid() }),
    body: jsonBody(bodySchema),
    headers: idempotencyHeader,
  },
  responses: {
    201: jsonAnswer('Confirmed', z.strictObject({ event: eventSchema, deadline: deadlineSchema })),
    404: problemAnswer('There is no such case or defendant'),
    409: {
      description:
        'You recorded the remand, no limit runs, it is confirmed already; or you count another day: nothing is confirmed, and a senior has a task',
      content: {
        'application/problem+json': {
          schema: problemSchema
            .extend({ figures: z.array(figureSchema).optional() })
            .meta({ id: 'CountsDiffer' }),
        },
      },
    },
  },
});

/** `POST /api/cases/:urn/custody-limits/:defendantId/confirmations` */
export const custodyConfirmations: Routes = (app) => {
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const { urn, defendantId } = c.req.valid('param');
      const row = await lockCaseByUrn(c, tx, urn);
      if (isFailure(row)) return row;
      const count = c.req.valid('json');
      const recording = await recordingOf(tx, actor);
      const judged = await judgeCustodyLimit(tx, row, defendantId, count, recording);
      if (isFailure(judged)) return judged;
      const { limit, agrees } = judged;
      const { event } = await recordOwnEvent(tx, row, judged.event, recording);
      if (agrees) return { status: 201, body: { event: eventJson(event), deadline: deadlineJson(limit) } };
      const due = limit.legalDue ?? '';
      const theirs = [count.method, count.note].filter((said) => said !== undefined);
      return {
        status: 409,
        headers: { 'Content-Type': 'application/problem+json' },
        body: {
          ...problemBody(c, {
            kind: 'conflict',
            detail: `You count ${sayDay(count.dueOn)}; the hub counts ${sayDay(due)}. Nothing is confirmed, and a senior has a task to settle it.`,
            errors: [{ path: 'dueOn', message: `is not ${due}, the limit that stands` }],
          }),
          figures: [
            { by: 'hub', dueOn: due, explanation: limit.explanation },
            { by: actor.id, dueOn: count.dueOn, explanation: theirs },
          ],
        },
      };
    }),
  );
};
