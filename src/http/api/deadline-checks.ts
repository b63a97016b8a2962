import { z } from 'zod';
import { readChecks } from '../../cases/nightly-check.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';

const datesSchema = z.strictObject({ legalDue: z.string().nullable(), actionDue: z.string().nullable() });

const checkSchema = z
  .strictObject({
    night: z.string(),
    at: z.string(),
    checked: z.number().int(),
    differing: z.number().int(),
    differences: z
      .array(
        z.strictObject({
          deadlineId: z.uuid(),
          rule: z.string(),
          stored: datesSchema,
          computed: datesSchema.nullable().meta({ description: 'Null where it cannot be worked out at all' }),
        }),
      )
      .meta({ description: 'The first thousand' }),
  })
  .meta({ id: 'DeadlineCheck' });

const route = defineRoute({
  method: 'get',
  path: '/api/deadline-checks',
  access: ['administrator', 'auditor'],
  tags: ['Operations'],
  summary: 'The nightly checks, newest first: every stored date worked out again from what is stored with it',
  request: { query: pageQuery(z.tuple([civilDateField])) },
  responses: { 200: jsonAnswer('A page of checks', pageSchema(checkSchema)) },
});

/** `GET /api/deadline-checks` */
export const deadlineChecks: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const rows = await readChecks(c.get('hub').db, limit + 1, cursor?.[0]);
    return c.json(
      page(rows, limit, ({ night }) => [night]),
      200,
    );
  });
};
