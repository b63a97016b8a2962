import { z } from 'zod';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { defectCodeField } from '../../materials/defect-codes.ts';
import { materialTypeField } from '../../materials/material-types.ts';
import { readRequest, readRequests } from '../../materials/store.ts';
import { invalidField, isFailure } from '../../platform/failure.ts';
import type { Api, Routes } from '../app-context.ts';
import { lockCaseByUrn, lockOpen, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { urnParam } from './cases.ts';
import { idParam } from './deadlines.ts';
import { materialJson, materialSchema } from './material-json.ts';

const note = z.string().trim().min(1).max(1_000);

const askRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/materials',
  access: ['caseworker', 'senior'],
  tags: ['Materials'],
  summary: 'Ask the officer in the case for something; they are chased for it until it is received',
  request: {
    params: urnParam,
    body: jsonBody(
      z.strictObject({
        material: materialTypeField,
        why: z.string().trim().min(1).max(500),
        dueOn: civilDateField,
      }),
    ),
    headers: idempotencyHeader,
  },
  responses: { 201: jsonAnswer('The request', materialSchema), 404: problemAnswer('There is no such case') },
});

const finalised = { kind: 'conflict', detail: 'The case is finalised.' } as const;

/** `POST /api/cases/:urn/materials`, `POST /api/materials/:id/received`, `/rejected`, `/not-required` */
export const materials: Routes = (app) => {
  app.openapi(askRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      if (row.state === 'finalised') return finalised;
      const recording = await recordingOf(tx, actor);
      const { event } = await recordOwnEvent(
        tx,
        row,
        {
          type: 'material-requested',
          on: civilDateOf(recording.now),
          at: recording.now,
          data: c.req.valid('json'),
        },
        recording,
      );
      const requests = await readRequests(tx, row.id);
      const request = requests.find(({ key }) => key === `asked:${event.id}`);
      if (!request) throw new Error('a request that was recorded is not there');
      return { status: 201, body: materialJson(request, row.urn) };
    }),
  );

  verb(app, 'received', 'material-received', 'It has come: chasing stops');
  verb(app, 'rejected', 'material-rejected', 'What came will not do: it is asked for again, with the reason');
  verb(app, 'not-required', 'material-not-required', 'It is not needed any more: chasing stops');
};

/** One of the three things that can be said of a request. */
function verb(
  app: Api,
  name: 'received' | 'rejected' | 'not-required',
  type: 'material-received' | 'material-rejected' | 'material-not-required',
  summary: string,
): void {
  const route = defineRoute({
    method: 'post',
    path: `/api/materials/{id}/${name}`,
    access: ['caseworker', 'senior'],
    tags: ['Materials'],
    summary,
    request: {
      params: idParam,
      body: jsonBody(z.strictObject({ note: note.optional(), code: defectCodeField.optional() })),
      headers: idempotencyHeader,
    },
    responses: {
      200: jsonAnswer('The request', materialSchema),
      404: problemAnswer('There is no such request'),
      409: problemAnswer('It is closed already'),
    },
  });
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param' as never) as { id: string };
      const { note: words, code } = c.req.valid('json' as never) as { note?: string; code?: string };
      const found = await readRequest(tx, id);
      if (!found) return { kind: 'not-found', detail: 'There is no such material request.' };
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      if (row.state === 'finalised') return finalised;
      const request = await readRequest(tx, id);
      const closed = request?.state === 'not-required' || request?.state === 'withdrawn';
      if (!request || closed || (request.state === 'received' && name !== 'rejected'))
        return { kind: 'conflict', detail: `The request is ${request?.state} already.` };
      if (name === 'rejected' && code === undefined)
        return invalidField('code', 'is needed: why it is rejected');
      const recording = await recordingOf(tx, actor);
      const data = {
        request: request.key,
        material: request.material,
        ...(words === undefined ? {} : { note: words }),
        ...(code === undefined ? {} : { code }),
      };
      const { now } = recording;
      await recordOwnEvent(tx, row, { type, on: civilDateOf(now), at: now, data }, recording);
      return { status: 200, body: materialJson((await readRequest(tx, id)) ?? request, row.urn) };
    }),
  );
}
