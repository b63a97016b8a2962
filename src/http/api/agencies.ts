import { z } from 'zod';
import { eq } from 'drizzle-orm';
import { agencies as agencyTable } from '../../../db/schema/index.ts';
import { readNow } from '../../../db/read-now.ts';
import type { Failure } from '../../platform/failure.ts';
import { newId } from '../../platform/ids.ts';
import { recordHistory } from '../../staff/history.ts';
import { listAgencies, lockAgency, type AgencyRow } from '../../victims/referral-store.ts';
import type { Routes } from '../app-context.ts';
import {
  defineRoute,
  idempotencyHeader,
  ifMatchHeader,
  jsonAnswer,
  jsonBody,
  problemAnswer,
} from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { idParam } from './deadlines.ts';

const tags = ['Victims and witnesses'];
const line = z.string().trim().min(1).max(200);

const fields = {
  name: line,
  services: z
    .array(line)
    .max(30)
    .meta({ example: ['domestic abuse', 'young people'] }),
  area: line.nullable(),
  contact: z.strictObject({
    phone: line.optional(),
    email: z.email().max(254).optional(),
    address: z.string().trim().min(1).max(1_000).optional(),
    web: line.optional(),
  }),
  active: z.boolean().meta({ description: 'People are referred to it' }),
};

const bodySchema = z
  .strictObject({ ...fields, area: fields.area.default(null), active: fields.active.default(true) })
  .meta({ id: 'AgencyBody' });

const agencySchema = z
  .strictObject({ id: z.uuid(), ...fields, version: z.number().int(), etag: z.string() })
  .meta({ id: 'Agency' });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/agencies',
  access: ['caseworker', 'senior', 'administrator'],
  tags,
  summary: 'Services that support victims and witnesses, by name',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      service: line.optional(),
      active: z
        .enum(['true', 'false'])
        .transform((is) => is === 'true')
        .optional(),
    }),
  },
  responses: { 200: jsonAnswer('A page of agencies', pageSchema(agencySchema)) },
});

const addRoute = defineRoute({
  method: 'post',
  path: '/api/agencies',
  access: ['administrator'],
  tags,
  summary: 'Add a support service',
  request: { headers: idempotencyHeader, body: jsonBody(bodySchema) },
  responses: {
    201: jsonAnswer('The agency', agencySchema),
    409: problemAnswer('There is one of this name already'),
  },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/agencies/{id}',
  access: ['administrator'],
  tags,
  summary: 'Change a support service',
  request: { params: idParam, headers: ifMatchHeader, body: jsonBody(bodySchema) },
  responses: {
    200: jsonAnswer('The agency', agencySchema),
    404: problemAnswer('There is no such agency'),
    409: problemAnswer('There is another of this name'),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

const taken: Failure = {
  kind: 'conflict',
  detail: 'There is an agency of this name already.',
  errors: [{ path: 'name', message: 'belongs to another agency' }],
};

/** `GET|POST /api/agencies`, `PUT /api/agencies/:id` */
export const agencies: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const rows = await listAgencies(c.get('hub').db, filter, limit + 1, cursor);
    const found = page(rows, limit, ({ name, id }) => [name, id]);
    return c.json({ items: found.items.map(agencyJson), next: found.next }, 200);
  });

  app.openapi(addRoute, (c) =>
    change(c, async (tx, actor) => {
      const now = await readNow(tx);
      const body = c.req.valid('json');
      const [row] = await tx
        .insert(agencyTable)
        .values({ id: newId(), ...body, changedBy: actor.id, changedAt: now })
        .onConflictDoNothing({ target: agencyTable.name })
        .returning();
      if (!row) return taken;
      await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, now, [historyOf('added', row)]);
      return { status: 201, headers: { ETag: etagOf(row.id, row.version) }, body: agencyJson(row) };
    }),
  );

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const standing = await lockAgency(tx, id);
      if (!standing) return { kind: 'not-found', detail: 'There is no such agency.' };
      const stale = checkIfMatch(c, etagOf(id, standing.version));
      if (stale) return stale;
      const body = c.req.valid('json');
      const [same] = await tx.select().from(agencyTable).where(eq(agencyTable.name, body.name));
      if (same && same.id !== id) return taken;
      const now = await readNow(tx);
      const row: AgencyRow = {
        ...standing,
        ...body,
        version: standing.version + 1,
        changedBy: actor.id,
        changedAt: now,
      };
      await tx.update(agencyTable).set(row).where(eq(agencyTable.id, id));
      await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, now, [historyOf('changed', row)]);
      return { status: 200, headers: { ETag: etagOf(id, row.version) }, body: agencyJson(row) };
    }),
  );
};

function historyOf(what: 'added' | 'changed', { id, version }: AgencyRow) {
  return { action: `agency-${what}`, caseId: null, entity: 'agency', entityId: id, detail: { version } };
}

function agencyJson({ id, name, services, area, contact, active, version }: AgencyRow) {
  return { id, name, services, area, contact, active, version, etag: etagOf(id, version) };
}
