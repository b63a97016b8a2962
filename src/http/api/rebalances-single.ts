import { z } from 'zod';
import { civilDateOf } from '../../calendar/london-time.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { isFailure } from '../../platform/failure.ts';
import { newId } from '../../platform/ids.ts';
import { saveNote } from '../../workload/rebalance/move-case.ts';
import { moveSingle } from '../../workload/rebalance/move-single.ts';
import { readHandOvers } from '../../workload/rebalance/read-hand-overs.ts';
import type { Routes } from '../app-context.ts';
import { lockCaseByUrn, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { pageInMemory, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';

const note = z.string().trim().min(1).max(4_000);
const noteSchema = z.strictObject({ by: z.string(), at: z.string(), text: z.string() });
export const handOverSchema = z
  .strictObject({
    id: z.uuid(),
    at: z.string(),
    by: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    kind: z.enum(['single', 'balance', 'new-starter', 'conflict', 'undone']),
    summary: z.array(z.string()).meta({ description: 'How the case stood when it changed hands' }),
    notes: z.array(noteSchema).meta({ description: 'What was written for whoever took it over' }),
  })
  .meta({ id: 'HandOver' });

const noCase = problemAnswer('There is no such case');
const moveRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/caseworker',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'Give one case, with its open tasks, to a caseworker of its team or to the pool',
  request: {
    params: urnParam,
    body: jsonBody(
      z.strictObject({
        to: z.string().trim().min(1).max(40).nullable().meta({ description: 'Null for the team’s pool' }),
        reason: z.string().trim().min(1).max(1_000),
        note: note.optional().meta({ description: 'For whoever gets it' }),
      }),
    ),
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer(
      'It has changed hands',
      z.strictObject({
        ...{ caseUrn: z.string(), from: z.string().nullable(), to: z.string().nullable() },
        handOver: handOverSchema,
      }),
    ),
    404: noCase,
    409: problemAnswer('It stays for now: somebody has it in hand, or it is pinned, covered or finalised'),
  },
});
const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/hand-overs',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary:
    'Every time the case changed hands, newest first: how it stood, and what was written for whoever took it',
  request: { params: urnParam, query: pageQuery(z.tuple([z.string(), z.uuid()])) },
  responses: { 200: jsonAnswer('A page', pageSchema(handOverSchema)), 404: noCase },
});
const noteRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/hand-over-notes',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'Write something down for whoever takes the case over, or took it over',
  request: { params: urnParam, body: jsonBody(z.strictObject({ note })), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('The note', noteSchema), 404: noCase },
});

/** `POST /api/cases/:urn/caseworker`, `GET /api/cases/:urn/hand-overs`, `POST /api/cases/:urn/hand-over-notes` */
export const handOvers: Routes = (app) => {
  app.openapi(moveRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const body = c.req.valid('json');
      const moved = await moveSingle(tx, row, body, await recordingOf(tx, actor));
      if (isFailure(moved)) return moved;
      const [handOver] = await readHandOvers(tx, row.id);
      return { status: 200, body: { caseUrn: row.urn, from: moved.from, to: body.to, handOver } };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { limit, cursor } = c.req.valid('query');
    const all = await readHandOvers(c.get('hub').db, row.id);
    return c.json(
      pageInMemory(all, limit, cursor, ({ at }) => at),
      200,
    );
  });

  app.openapi(noteRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const recording = await recordingOf(tx, actor);
      const { now } = recording;
      const id = newId();
      const event = { id, type: 'hand-over-noted', on: civilDateOf(now), at: now, data: {} } as const;
      await recordOwnEvent(tx, row, event, recording);
      await saveNote(tx, row.id, id, c.req.valid('json').note, recording);
      return { status: 201, body: { by: actor.id, at: now, text: c.req.valid('json').note } };
    }),
  );
};
