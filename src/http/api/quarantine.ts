import { z } from 'zod';
import { alertClasses } from '../../../db/schema/alerts.ts';
import { listQuarantined } from '../../alerts/list-quarantined.ts';
import { instantField } from '../../deadlines/facts.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';

export const quarantinedSchema = z
  .strictObject({
    id: z.uuid(),
    class: z.enum(alertClasses),
    step: z.string(),
    fireAt: z.string().meta({ description: 'When it was to be carried out' }),
    starts: z.number().int(),
    lastError: z.string().nullable().meta({ description: 'The kind of error; never a name or a case' }),
  })
  .meta({ id: 'QuarantinedAlert' });

const route = defineRoute({
  method: 'get',
  path: '/api/quarantine',
  access: ['administrator', 'auditor'],
  tags: ['Operations'],
  summary:
    'Work of the hub that failed three times and was put aside, newest first; a person has a task for each',
  request: { query: pageQuery(z.tuple([instantField, z.uuid()])) },
  responses: { 200: jsonAnswer('A page', pageSchema(quarantinedSchema)) },
});

/** `GET /api/quarantine` */
export const quarantine: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const rows = await listQuarantined(c.get('hub').db, limit + 1, cursor);
    return c.json(
      page(rows, limit, ({ fireAt, id }) => [fireAt, id]),
      200,
    );
  });
};
