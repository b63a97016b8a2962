import { z } from 'zod';
import { isFailure } from '../../platform/failure.ts';
import { applyRebalance } from '../../workload/rebalance/apply.ts';
import type { MoveOfCase, RebalanceRow } from '../../workload/rebalance/store.ts';
import { undoRebalance } from '../../workload/rebalance/undo.ts';
import { recordAccess } from '../access.ts';
import type { Context, Routes } from '../app-context.ts';
import { recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import type { Transaction } from '../../../db/connect.ts';
import { idParam } from './deadlines.ts';

const urn = z.string().trim().min(1).max(20);
const moved = z.array(z.strictObject({ caseUrn: z.string(), from: z.string(), to: z.string() }));
const refused = z
  .array(z.strictObject({ caseUrn: z.string(), why: z.string() }))
  .meta({ description: 'What stays where it is, by name' });
const standing = {
  id: z.uuid(),
  refused,
  undoUntil: z.string().nullable(),
};

const applyRoute = defineRoute({
  method: 'post',
  path: '/api/rebalances/{id}/apply',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'Make the moves of a proposal, or those that are ticked; what has changed since stays, by name',
  request: {
    params: idParam,
    body: jsonBody(
      z
        .strictObject({
          moves: z.array(urn).min(1).max(5_000).optional(),
          notes: z
            .array(z.strictObject({ caseUrn: urn, note: z.string().trim().min(1).max(4_000) }))
            .max(5_000)
            .optional()
            .meta({ description: 'For whoever gets the case' }),
        })
        .meta({ id: 'RebalanceApplication', example: { moves: ['21AB1234526'] } }),
    ),
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer('What was moved and what was refused', z.strictObject({ ...standing, applied: moved })),
    404: problemAnswer('There is no such proposal'),
    409: problemAnswer('All of it is applied already'),
    410: problemAnswer('The proposal has expired'),
  },
});

const undoRoute = defineRoute({
  method: 'post',
  path: '/api/rebalances/{id}/undo',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'Take back what was applied, or what is ticked, within 24 hours; cover, as long as it lasts',
  request: {
    params: idParam,
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z.strictObject({ moves: z.array(urn).min(1).max(5_000).optional() }).default({}),
        },
      },
    },
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer(
      'What is back with whoever had it, and what was refused',
      z.strictObject({ ...standing, undone: moved }),
    ),
    404: problemAnswer('There is no such proposal'),
    409: problemAnswer('Nothing of it is applied'),
    410: problemAnswer('It is too late'),
  },
});

/** `POST /api/rebalances/:id/apply`, `/undo` */
export const rebalanceChanges: Routes = (app) => {
  app.openapi(applyRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const done = await applyRebalance(tx, id, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(done)) return done;
      await recordChanges(c, tx, actor, done.applied);
      const body = { ...standingJson(done.row), applied: movedJson(done.applied), refused: done.refused };
      return { status: 200, body };
    }),
  );

  app.openapi(undoRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const { moves } = c.req.valid('json') ?? {};
      const done = await undoRebalance(tx, id, moves, await recordingOf(tx, actor));
      if (isFailure(done)) return done;
      await recordChanges(c, tx, actor, done.undone);
      const body = { ...standingJson(done.row), undone: movedJson(done.undone), refused: done.refused };
      return { status: 200, body };
    }),
  );
};

async function recordChanges(
  c: Context,
  tx: Transaction,
  { staff, requestId }: StaffActor,
  moves: readonly MoveOfCase[],
): Promise<void> {
  const caseId = moves.map((move) => move.caseId);
  await recordAccess(tx, { staff, caseId, action: 'change', route: c.get('routeName'), requestId });
}

function standingJson({ id, undoUntil }: RebalanceRow) {
  return { id, undoUntil };
}

function movedJson(moves: readonly MoveOfCase[]) {
  return moves.map(({ urn: caseUrn, from, to }) => ({ caseUrn, from, to }));
}
