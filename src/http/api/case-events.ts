import { z } from 'zod';
import { eventFields, type EventBody } from '../../cases/event-body.ts';
import { ownEvents, recordableEvents, recordableTypes, type EventType } from '../../cases/event-types.ts';
import type { CaseEvent } from '../../cases/events.ts';
import { recordEvent } from '../../cases/record-event.ts';
import type { Settled } from '../../cases/settle.ts';
import { applyAgain } from '../../court-results/apply-again.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockCaseByUrn, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { urnParam } from './cases.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';

/** An event as the API shows it. */
export const eventSchema = z
  .strictObject({
    id: z.uuid(),
    type: z.string(),
    title: z.string(),
    on: z.string(),
    at: z.string().nullable(),
    receivedAt: z.string(),
    defendant: z.uuid().nullable(),
    offence: z.uuid().nullable(),
    hearing: z.uuid().nullable(),
    person: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
    supersedes: z.uuid().nullable(),
  })
  .meta({ id: 'Event' });

export function eventTitle(type: EventType): string {
  return { ...recordableEvents, ...ownEvents }[type].title;
}

export function eventJson(event: CaseEvent): z.input<typeof eventSchema> {
  return {
    id: event.id,
    type: event.type,
    title: eventTitle(event.type),
    on: event.on,
    at: event.at,
    receivedAt: event.receivedAt,
    defendant: event.defendantId,
    offence: event.offenceId,
    hearing: event.hearingId,
    person: event.personId,
    data: event.data,
    supersedes: event.supersedes,
  };
}

export const settledSchema = {
  added: z.array(deadlineSchema),
  moved: z.array(
    deadlineSchema.extend({
      before: z.strictObject({ legalDue: z.string().nullable(), actionDue: z.string().nullable() }),
    }),
  ),
  met: z.array(deadlineSchema),
  withdrawn: z.array(deadlineSchema),
};

export function settledJson({ added, moved, met, withdrawn }: Settled) {
  return {
    added: added.map(deadlineJson),
    moved: moved.map(({ deadline, before }) => ({ ...deadlineJson(deadline), before })),
    met: met.map(deadlineJson),
    withdrawn: withdrawn.map(deadlineJson),
  };
}

/** One schema for each type of event, since `data` differs by type. */
const body = z
  .discriminatedUnion(
    'type',
    recordableTypes.map((type) =>
      z
        .strictObject({ type: z.literal(type), ...eventFields, data: recordableEvents[type].data })
        .meta({ title: recordableEvents[type].title }),
    ) as unknown as [z.ZodObject, ...z.ZodObject[]],
  )
  .meta({ id: 'EventBody' });

const route = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/events',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'Record what happened; answers with the deadlines that it added, moved, met and withdrew',
  request: {
    params: urnParam,
    body: jsonBody(body),
    headers: idempotencyHeader,
  },
  responses: {
    201: jsonAnswer(
      'What was recorded and what followed',
      z.strictObject({ event: eventSchema, ...settledSchema }),
    ),
    404: problemAnswer('There is no such case'),
    409: problemAnswer('The case is finalised'),
  },
});

/** `POST /api/cases/:urn/events` */
export const caseEvents: Routes = (app) => {
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const recording = await recordingOf(tx, actor);
      const recorded = await recordEvent(tx, row, c.req.valid('json') as EventBody, recording);
      if (isFailure(recorded)) return recorded;
      await applyAgain(tx, row, recording);
      return { status: 201, body: { event: eventJson(recorded.event), ...settledJson(recorded.settled) } };
    }),
  );
};
