import { z } from 'zod';
import { civilDateField } from '../../deadlines/facts.ts';
import { materialTypeField, sayMaterial } from '../../materials/material-types.ts';
import { setStandingRequest } from '../../materials/set-standing-request.ts';
import {
  listStanding,
  lockStanding,
  readStanding,
  type StandingRow,
} from '../../materials/standing-request-store.ts';
import { isFailure } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
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
import { change, type StaffActor } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import type { Transaction } from '../../../db/connect.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const some = <S extends z.ZodType>(item: S) => z.array(item).min(1, 'names nothing: leave it out').max(50);

const scopeSchema = z
  .strictObject({
    kind: z.enum(['crime', 'traffic']).optional(),
    initiations: some(z.enum(['charge', 'postal-requisition', 'single-justice-procedure'])).optional(),
    offences: some(
      z
        .string()
        .trim()
        .regex(/^[A-Z0-9]{2,10}$/, 'must be a CJS offence code or its beginning, such as CJ88 or CJ88116'),
    )
      .optional()
      .meta({ description: 'Beginnings of offence codes, of which any one is charged' }),
    courts: some(z.enum(['magistrates', 'crown', 'youth']))
      .optional()
      .meta({ description: 'A hearing is listed in one of them' }),
    features: some(z.enum(['domestic-abuse', 'hate-crime', 'sexual-offence', 'custody', 'victim', 'denied']))
      .optional()
      .meta({ description: 'All of them hold. They may come to hold later: it is asked for then' }),
  })
  .meta({ description: 'Which cases it is for: all that is given holds; nothing given is every case' });

const dueField = z.number().int().min(1).max(60).nullable();

const bodySchema = z
  .strictObject({
    material: materialTypeField,
    why: text(500).meta({ description: 'What the officer is told of why it is needed; nobody’s name' }),
    askedBy: text(200).meta({ description: 'The CPS unit or court team, never a person' }),
    scope: scopeSchema,
    dueInWorkingDays: dueField.default(null).meta({
      description: 'After the hub learns that the case is of the kind; null for the day of the file',
    }),
    startsOn: civilDateField.optional().meta({ description: 'Today, or as it is, unless given' }),
    endsOn: civilDateField.nullable().default(null).meta({
      description: 'Cases received from this day on are not asked. What was asked before stays asked',
    }),
    note: text(1_000).meta({ description: 'Why it is set so, and who agreed to it' }),
  })
  .meta({
    id: 'StandingRequestBody',
    example: {
      material: 'BWV',
      why: 'the case may have to be proved without the victim',
      askedBy: 'CPS East of England magistrates’ court unit',
      scope: { kind: 'crime', features: ['domestic-abuse'] },
      note: 'Agreed at the joint performance meeting in May',
    },
  });

const standingSchema = z
  .strictObject({
    id: z.uuid(),
    material: z.string(),
    title: z.string(),
    why: z.string(),
    askedBy: z.string(),
    scope: scopeSchema,
    dueInWorkingDays: dueField,
    startsOn: z.string(),
    endsOn: z.string().nullable(),
    note: z.string(),
    version: z.number().int(),
    changedBy: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'StandingRequest' });

const versionsSchema = standingSchema.extend({
  versions: z.array(standingSchema).meta({ description: 'Every version, newest first' }),
});

const readers = ['caseworker', 'senior', 'administrator', 'auditor'] as const;
const writers = ['senior', 'administrator'] as const;
const noSuch = { kind: 'not-found', detail: 'There is no such standing request.' } as const;

const listRoute = defineRoute({
  method: 'get',
  path: '/api/standing-requests',
  access: readers,
  tags: ['Materials'],
  summary: 'What prosecutors always want for a kind of case, ended ones too',
  request: { query: pageQuery(z.tuple([z.uuid()])) },
  responses: { 200: jsonAnswer('A page of standing requests', pageSchema(standingSchema)) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/standing-requests/{id}',
  access: readers,
  tags: ['Materials'],
  summary: 'A standing request, with every version that it has had',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('The standing request', versionsSchema),
    404: problemAnswer('There is no such standing request'),
  },
});

const createRoute = defineRoute({
  method: 'post',
  path: '/api/standing-requests',
  access: writers,
  tags: ['Materials'],
  summary: 'Ask officers always for something in a kind of case, because prosecutors always want it',
  request: { body: jsonBody(bodySchema), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('Made: new cases are asked', standingSchema) },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/standing-requests/{id}',
  access: writers,
  tags: ['Materials'],
  summary: 'Change a standing request, or end it, for new cases; what has been asked stays asked',
  request: { params: idParam, body: jsonBody(bodySchema), headers: ifMatchHeader },
  responses: {
    200: jsonAnswer('Its new version', standingSchema),
    404: problemAnswer('There is no such standing request'),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET|POST /api/standing-requests`, `GET|PUT /api/standing-requests/:id` */
export const standingRequests: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const rows = await listStanding(c.get('hub').db, limit + 1, cursor?.[0]);
    const found = page(rows, limit, ({ id }) => [id]);
    return c.json({ items: found.items.map(standingJson), next: found.next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const rows = await readStanding(c.get('hub').db, c.req.valid('param').id);
    const [row] = rows;
    if (!row) return problem(c, noSuch);
    return c.json({ ...standingJson(row), versions: rows.map(standingJson) }, 200, { ETag: tagOf(row) });
  });

  app.openapi(createRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await setStandingRequest(tx, c.req.valid('json'), undefined, actor.id);
      if (isFailure(row)) return row;
      await note(tx, actor, 'standing-request-made', row);
      const headers = { Location: `/api/standing-requests/${row.id}`, ETag: tagOf(row) };
      return { status: 201, headers, body: standingJson(row) };
    }),
  );

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const before = await lockStanding(tx, c.req.valid('param').id);
      if (!before) return noSuch;
      const stale = checkIfMatch(c, tagOf(before));
      if (stale) return stale;
      const row = await setStandingRequest(tx, c.req.valid('json'), before, actor.id);
      if (isFailure(row)) return row;
      await note(tx, actor, 'standing-request-changed', row);
      return { status: 200, headers: { ETag: tagOf(row) }, body: standingJson(row) };
    }),
  );
};

const tagOf = ({ id, version }: StandingRow): string => etagOf(id, version);

async function note(tx: Transaction, actor: StaffActor, action: string, row: StandingRow): Promise<void> {
  const { id, version, scope, startsOn, endsOn } = row;
  await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, row.changedAt, [
    {
      action,
      caseId: null,
      entity: 'standing-request',
      entityId: id,
      detail: { version, scope, startsOn, endsOn },
    },
  ]);
}

function standingJson(row: StandingRow): z.input<typeof standingSchema> {
  return { ...row, title: sayMaterial(row.material) };
}
