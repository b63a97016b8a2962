import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { installation } from '../../db/schema/platform.ts';
import type { Routes } from '../../src/http/app-context.ts';
import {
  defineRoute,
  idempotencyHeader,
  ifMatchHeader,
  jsonAnswer,
  jsonBody,
} from '../../src/http/define-route.ts';
import { checkIfMatch, etagOf } from '../../src/http/etag.ts';
import { change } from '../../src/http/idempotency.ts';
import { page, pageQuery, pageSchema } from '../../src/http/paging.ts';

const noteSchema = z.strictObject({
  text: z.string().min(1).max(100),
  kind: z.enum(['short', 'long']).optional(),
  people: z
    .array(z.strictObject({ name: z.string().min(1), age: z.number().int().min(0).optional() }))
    .max(3)
    .optional(),
  wait: z.number().max(5).optional(),
  anything: z.unknown().optional(),
});

const createRoute = defineRoute({
  method: 'post',
  path: '/api/test-notes',
  access: ['caseworker'],
  request: { body: jsonBody(noteSchema), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('Made', z.strictObject({ id: z.string(), text: z.string() })) },
});
const changeRoute = defineRoute({
  method: 'put',
  path: '/api/test-notes/{id}',
  access: ['caseworker'],
  request: { body: jsonBody(noteSchema), headers: ifMatchHeader, params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Changed' } },
});
const listRoute = defineRoute({
  method: 'get',
  path: '/api/test-notes',
  access: ['caseworker', 'auditor'],
  request: { query: pageQuery(z.tuple([z.string()])).extend({ q: z.string().max(10).optional() }) },
  responses: { 200: jsonAnswer('Some', pageSchema(z.strictObject({ id: z.string() }))) },
});

/** Routes made only for tests of what every route has: they keep notes in the table of installation facts. */
export const noteRoutes: Routes = (app) => {
  app.openapi(createRoute, (c) => {
    const { text, wait } = c.req.valid('json');
    return change(c, async (tx, actor) => {
      const id = crypto.randomUUID();
      await tx
        .insert(installation)
        .values({ name: id, value: { text, by: actor.id, version: 1 }, at: sql`now()` });
      if (wait !== undefined) await tx.execute(sql`select pg_sleep(${wait})`);
      if (text === 'refuse this') return { kind: 'conflict', detail: 'It was refused.' };
      if (text === 'break this') throw new Error('Kwizbrax Thrimblesnort is in /etc/passwd');
      const headers = { Location: `/api/test-notes/${id}`, ETag: etagOf(id, 1) };
      return { status: 201, body: { id, text }, headers };
    });
  });

  app.openapi(changeRoute, (c) => {
    const { id } = c.req.valid('param');
    return change(c, async (tx) => {
      const [row] = await tx.select().from(installation).where(eq(installation.name, id)).for('update');
      if (!row) return { kind: 'not-found', detail: 'There is no such note.' };
      const { version } = row.value as { version: number };
      const stale = checkIfMatch(c, etagOf(id, version));
      if (stale) return stale;
      const value = { text: c.req.valid('json').text, version: version + 1 };
      await tx.update(installation).set({ value }).where(eq(installation.name, id));
      return { status: 204, headers: { ETag: etagOf(id, version + 1) } };
    });
  });

  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const rows = await c.get('hub').db.execute<{ id: string }>(sql`
      select name as id from installation where name ~ '^[0-9a-f]{8}-' and name > ${cursor?.[0] ?? ''}
      order by name limit ${limit + 1}`);
    return c.json(
      page([...rows], limit, ({ id }) => [id]),
      200,
    );
  });
};
