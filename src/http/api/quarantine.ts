import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { alertClasses } from '../../../db/schema/alerts.ts';
import { listQuarantined } from '../../alerts/list-quarantined.ts';
import {
  discard,
  lockQuarantined,
  putBack,
  readQuarantined,
  type Quarantined,
} from '../../alerts/settle-quarantined.ts';
import { instantField } from '../../deadlines/facts.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { isListedMaterial } from '../../materials/material-types.ts';
import { recordHistory } from '../../staff/history.ts';
import { closeQuarantineTrouble } from '../../tasks/trouble-tasks.ts';
import type { Api, Routes } from '../app-context.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';

const fields = {
  id: z.uuid(),
  class: z.enum(alertClasses),
  step: z.string(),
  fireAt: z.string().meta({ description: 'When it was to be carried out' }),
  starts: z.number().int(),
  lastError: z.string().nullable().meta({ description: 'The kind of error; never a name or a case' }),
};
export const quarantinedSchema = z.strictObject(fields).meta({ id: 'QuarantinedAlert' });

export const quarantinedWithAboutSchema = z
  .strictObject({
    ...fields,
    about: z
      .union([z.strictObject({ rule: z.string() }), z.strictObject({ material: z.string() })])
      .nullable()
      .meta({ description: 'The rule of its deadline, or the material that is asked for' }),
    isCurrent: z
      .boolean()
      .meta({ description: 'False where its deadline has moved or is over: there is nothing to try again' }),
  })
  .meta({ id: 'QuarantinedAlertWithAbout' });

/** Why an alert need not be carried out. No words: they could name somebody. */
export const discardReasons = ['done-by-hand', 'not-needed', 'over-by-now'] as const;

const listRoute = defineRoute({
  method: 'get',
  path: '/api/quarantine',
  access: ['administrator', 'auditor'],
  tags: ['Operations'],
  summary:
    'Work of the hub that failed three times and was put aside, newest first; a person has a task for each',
  request: { query: pageQuery(z.tuple([instantField, z.uuid()])) },
  responses: { 200: jsonAnswer('A page', pageSchema(quarantinedSchema)) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/quarantine/{id}',
  access: ['administrator', 'auditor'],
  tags: ['Operations'],
  summary: 'Work that was put aside, and what it was for; never of which case',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('It', quarantinedWithAboutSchema),
    404: problemAnswer('It is not put aside, or was seen to'),
  },
});

const settledSchema = z
  .strictObject({ id: z.uuid(), state: z.enum(['pending', 'withdrawn']) })
  .meta({ id: 'SettledQuarantine' });

const missing: Failure = { kind: 'not-found', detail: 'It is not put aside, or somebody has seen to it.' };

/** `GET /api/quarantine`, `GET /api/quarantine/:id`, `POST /api/quarantine/:id/retry`, `/discard` */
export const quarantine: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const rows = await listQuarantined(c.get('hub').db, limit + 1, cursor);
    return c.json(
      page(rows, limit, ({ fireAt, id }) => [fireAt, id]),
      200,
    );
  });

  app.openapi(readRoute, async (c) => {
    const found = await readQuarantined(c.get('hub').db, c.req.valid('param').id);
    if (!found) return problem(c, missing);
    const { caseId: _caseId, about, ...shown } = found;
    return c.json({ ...shown, about: about === null ? null : withoutOwnWords(about) }, 200);
  });

  verb(app, {
    name: 'retry',
    summary: 'Carry out again what was put aside, now that what stopped it is mended',
    body: z.strictObject({}),
    act: async (tx, { id, isCurrent }) => {
      if (!isCurrent)
        return { kind: 'conflict', detail: 'What it was for has moved or is over by now: discard it.' };
      await putBack(tx, id);
      return { state: 'pending', action: 'alert-retried', outcome: 'tried again' };
    },
  });

  verb(app, {
    name: 'discard',
    summary: 'Do without what was put aside, and say why',
    body: z.strictObject({ reason: z.enum(discardReasons) }),
    act: async (tx, { id }, { reason }) => {
      await discard(tx, id);
      return { state: 'withdrawn', action: 'alert-discarded', outcome: reason };
    },
  });
};

/** Material that is in no list is in somebody's own words, which can name anybody. */
function withoutOwnWords(about: NonNullable<Quarantined['about']>) {
  return 'rule' in about || isListedMaterial(about.material) ? about : { material: 'in own words' };
}

type Settled = { state: 'pending' | 'withdrawn'; action: string; outcome: string };

/** One of the two things that an administrator can do with what was put aside. The task that it made is done then. */
function verb<Body extends Record<string, unknown>>(
  app: Api,
  of: {
    name: 'retry' | 'discard';
    summary: string;
    body: z.ZodType<Body>;
    act: (tx: Transaction, alert: Quarantined, body: Body) => Promise<Settled | Failure>;
  },
): void {
  const route = defineRoute({
    method: 'post',
    path: `/api/quarantine/{id}/${of.name}`,
    access: ['administrator'],
    tags: ['Operations'],
    summary: of.summary,
    request: { params: idParam, body: jsonBody(of.body), headers: idempotencyHeader },
    responses: {
      200: jsonAnswer('What became of it', settledSchema),
      404: problemAnswer('It is not put aside, or was seen to'),
      409: problemAnswer('What it was for has moved or is over'),
    },
  });
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param' as never) as { id: string };
      const found = await lockQuarantined(tx, id);
      if (!found) return missing;
      const given = c.req.valid('json' as never) as Body;
      const settled = await of.act(tx, found, given);
      if (isFailure(settled)) return settled;
      const now = await readNow(tx);
      const { state, action, outcome } = settled;
      await closeQuarantineTrouble(tx, id, { outcome, by: actor.id }, now);
      const detail = { class: found.class, step: found.step, ...given };
      await recordHistory(tx, actor, now, [
        { action, caseId: found.caseId, entity: 'alert', entityId: id, detail },
      ]);
      return { status: 200, body: { id, state } };
    }),
  );
}
