import { z } from 'zod';
import { recordOwnEvent, type OwnEvent } from '../../cases/record-event.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { addDays, type CivilDate } from '../../calendar/civil-date.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { readRequest, type RequestRow } from '../../materials/store.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { lockOpen, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { idParam } from './deadlines.ts';
import { materialJson, materialSchema } from './material-json.ts';

/** A hold is for a while: what is not needed at all is said to be so. */
const longestHoldDays = 180;

const responses = {
  200: jsonAnswer('The request', materialSchema),
  404: problemAnswer('There is no such request'),
  409: problemAnswer('It is not outstanding, or not held'),
};

const holdRoute = defineRoute({
  method: 'post',
  path: '/api/materials/{id}/hold',
  access: ['caseworker', 'senior'],
  tags: ['Materials'],
  summary: 'Chase nobody for it until a day, for a reason; then chasing goes on from where it was',
  request: {
    params: idParam,
    body: jsonBody(
      z
        .strictObject({ until: civilDateField, reason: z.string().trim().min(1).max(500) })
        .meta({ id: 'HoldBody', example: { until: '2026-07-01', reason: 'The laboratory reports in June' } }),
    ),
    headers: idempotencyHeader,
  },
  responses,
});

const releaseRoute = defineRoute({
  method: 'post',
  path: '/api/materials/{id}/release',
  access: ['caseworker', 'senior'],
  tags: ['Materials'],
  summary: 'Chase for it again before the day until which it is held',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ note: z.string().trim().min(1).max(1_000).optional() })),
    headers: idempotencyHeader,
  },
  responses,
});

type Wanted = Pick<OwnEvent, 'type'> & { data: Record<string, unknown> };

/** `POST /api/materials/:id/hold`, `/release` */
export const materialHolds: Routes = (app) => {
  app.openapi(holdRoute, (c) => {
    const { until, reason } = c.req.valid('json');
    return record(c, c.req.valid('param').id, (_request, today): Wanted | Failure => {
      if (until <= today) return invalidField('until', 'is not a day to come');
      if (until > addDays(today, longestHoldDays))
        return invalidField('until', `is more than ${longestHoldDays} days off`);
      return { type: 'material-held', data: { until, reason } };
    });
  });

  app.openapi(releaseRoute, (c) => {
    const { note } = c.req.valid('json');
    return record(c, c.req.valid('param').id, (request, today): Wanted | Failure => {
      if (request.heldUntil === null || request.heldUntil <= today)
        return { kind: 'conflict', detail: 'The request is not held.' };
      return { type: 'material-released', data: note === undefined ? {} : { note } };
    });
  });
};

/** Records an event of an outstanding request, in its case. */
function record(
  c: Context,
  id: string,
  wantedFor: (request: RequestRow, today: CivilDate) => Wanted | Failure,
): Promise<Response> {
  return change(c, async (tx, actor) => {
    const found = await readRequest(tx, id);
    if (!found) return { kind: 'not-found', detail: 'There is no such material request.' };
    const row = await lockOpen(c, tx, found.caseId);
    if (isFailure(row)) return row;
    const request = await readRequest(tx, id);
    if (request?.state !== 'outstanding')
      return { kind: 'conflict', detail: `The request is ${request?.state} already.` };
    const recording = await recordingOf(tx, actor);
    const { now } = recording;
    const wanted = wantedFor(request, civilDateOf(now));
    if (isFailure(wanted)) return wanted;
    const data = { request: request.key, ...wanted.data };
    await recordOwnEvent(tx, row, { type: wanted.type, on: civilDateOf(now), at: now, data }, recording);
    return { status: 200, body: materialJson((await readRequest(tx, id)) ?? request, row.urn) };
  });
}
