import { z } from 'zod';
import { caseBody } from '../../cases/case-body.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { readNow } from '../../../db/read-now.ts';
import { listCases, readForList } from '../../cases/list-cases.ts';
import { takeCase } from '../../intake/take-case.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { openCase, recordingOf } from '../case-access.ts';
import { recordAccess } from '../access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { readTaskView } from '../task-view.ts';
import { caseSchema, caseSummaryJson, caseSummarySchema, readCaseJson } from './case-json.ts';

export const urnParam = z.object({ urn: z.string().max(40).meta({ example: '21AB1234526' }) });

const createRouteOf = defineRoute({
  method: 'post',
  path: '/api/cases',
  access: ['caseworker', 'senior', 'feed'],
  tags: ['Cases'],
  summary: 'Create a case, with its deadlines, alerts, first tasks, material requests and contacts',
  request: { body: jsonBody(caseBody), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('The case', caseSchema), 409: problemAnswer('There is a case with this URN') },
});

/** A case in a list, with what people tell it by. */
const listedSchema = caseSummarySchema.extend({
  defendants: z.array(z.string()),
  nextHearing: z.strictObject({ on: z.string(), courtName: z.string() }).nullable(),
});
export type ListedCase = z.input<typeof listedSchema>;

const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'Cases, newest first',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      q: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'Part of a URN, or of a defendant’s name' }),
      officer: z.string().max(20).optional(),
      caseworker: z.string().max(40).optional(),
      kind: z.enum(['crime', 'traffic']).optional(),
      state: z.enum(['open', 'finalised']).optional(),
      hearingOn: civilDateField.optional().meta({ description: 'A day on which a hearing is listed' }),
    }),
  },
  responses: { 200: jsonAnswer('A page of cases', pageSchema(listedSchema)) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'A case with everything that stands for it',
  request: { params: urnParam },
  responses: { 200: jsonAnswer('The case', caseSchema), 404: problemAnswer('There is no such case') },
});

/** `POST|GET /api/cases`, `GET /api/cases/:urn` */
export const cases: Routes = (app) => {
  app.openapi(createRouteOf, (c) =>
    change(c, async (tx, actor) => {
      const row = await takeCase(tx, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(row)) return row;
      await recordAccess(tx, {
        staff: actor.staff,
        caseId: row.id,
        action: 'change',
        route: c.get('routeName'),
        requestId: actor.requestId,
      });
      return {
        status: 201,
        headers: { Location: `/api/cases/${row.urn}`, ETag: etagOf(row.id, row.version) },
        body: await readCaseJson(tx, row, await readTaskView(tx, actor.id)),
      };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const { db } = c.get('hub');
    const staff = staffOf(c);
    const rows = await listCases(db, filter, staff, limit + 1, cursor);
    const found = page(rows, limit, ({ createdAt, id }) => [createdAt, id]);
    await recordAccess(db, {
      staff,
      caseId: found.items.map(({ id }) => id),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const ids = found.items.map(({ id }) => id);
    const more = await readForList(db, ids, civilDateOf(await readNow(db)));
    const items = found.items.map((row) => ({
      ...caseSummaryJson(row),
      ...(more.get(row.id) ?? { defendants: [], nextHearing: null }),
    }));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const body = await readCaseJson(db, row, await readTaskView(db, staffOf(c).id));
    return c.json(body, 200, { ETag: etagOf(row.id, row.version) });
  });
};
