import { z } from 'zod';
import { checkFile } from '../../cases/check-file.ts';
import { defectCodeField } from '../../materials/defect-codes.ts';
import { materialTypeField } from '../../materials/material-types.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockCaseByUrn, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { eventJson, eventSchema, settledJson, settledSchema } from './case-events.ts';
import { urnParam } from './cases.ts';
import { materialJson, materialSchema } from './material-json.ts';

const bodySchema = z
  .strictObject({
    result: z.enum(['accepted', 'rejected']),
    of: z.enum(['first', 'upgrade']).optional().meta({
      description:
        'Which file was checked: the upgrade file where one is asked for and nothing of the first is outstanding, otherwise the first, unless given',
    }),
    accepted: z
      .array(materialTypeField)
      .max(100)
      .default([])
      .meta({ description: 'Of a file that is rejected, the materials that will do: they are received' }),
    defects: z
      .array(
        z.strictObject({
          material: materialTypeField,
          code: defectCodeField,
          note: z.string().trim().min(1).max(1_000).optional(),
        }),
      )
      .max(100)
      .default([]),
  })
  .meta({
    id: 'FileCheckBody',
    example: {
      result: 'rejected',
      accepted: ['MG5'],
      defects: [{ material: 'MG11', code: 'triage-no-missing-mg11s', note: 'The second witness' }],
    },
  });

const route = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/file-checks',
  access: ['caseworker', 'senior'],
  tags: ['Materials'],
  summary: 'Accept the file, or reject it: each defect becomes a request to the officer, or opens it again',
  request: { params: urnParam, body: jsonBody(bodySchema), headers: idempotencyHeader },
  responses: {
    201: jsonAnswer(
      'What was recorded, and the requests of its defects',
      z.strictObject({ event: eventSchema, ...settledSchema, materials: z.array(materialSchema) }),
    ),
    404: problemAnswer('There is no such case'),
    409: problemAnswer('The case is finalised'),
  },
});

/** `POST /api/cases/:urn/file-checks` */
export const fileChecks: Routes = (app) => {
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      if (row.state === 'finalised') return { kind: 'conflict', detail: 'The case is finalised.' };
      const checked = await checkFile(tx, row, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(checked)) return checked;
      return {
        status: 201,
        body: {
          event: eventJson(checked.event),
          ...settledJson(checked.settled),
          materials: checked.asked.map((request) => materialJson(request, row.urn)),
        },
      };
    }),
  );
};
