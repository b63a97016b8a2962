import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { epochMs, instantOfEpochMs } from '../../calendar/london-time.ts';
import { readHiddenCases } from '../../cases/store.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { rules } from '../../deadlines/rules/register.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { isFailure } from '../../platform/failure.ts';
import { newId } from '../../platform/ids.ts';
import { recordHistory } from '../../staff/history.ts';
import { requestProposal } from '../../workload/rebalance/request-proposal.ts';
import {
  listRebalances,
  readMoves,
  readRebalance,
  saveProposal,
  type RebalanceRow,
} from '../../workload/rebalance/store.ts';
import { recordAccess } from '../access.ts';
import type { Context, Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import { rebalanceJson, rebalanceSchema } from './rebalances-json.ts';

/** A proposal is of how things stand: after a working day it is another's. */
const hoursValid = 8;

const staffId = z.string().trim().min(1).max(40);
const bodySchema = z
  .strictObject({
    team: z.enum(['crime', 'traffic']).optional(),
    maxMoves: z.number().int().min(1).max(5_000).optional(),
    reason: z.string().trim().min(1).max(1_000).optional(),
    cover: z
      .strictObject({ staffId, from: civilDateField, to: civilDateField })
      .optional()
      .meta({ description: 'What falls due in an absence; the cases stay with whoever is away' }),
    newStarter: staffId
      .optional()
      .meta({ description: 'Bring somebody new half way up to their fair share' }),
  })
  .refine(({ cover, newStarter }) => cover === undefined || newStarter === undefined, {
    path: ['newStarter'],
    message: 'cannot be given together with cover',
  })
  .meta({ id: 'RebalanceBody', example: { team: 'crime', maxMoves: 20, reason: 'Two are off sick' } });

const tags = ['Seniors'];
const proposeRoute = defineRoute({
  method: 'post',
  path: '/api/rebalances',
  access: ['senior'],
  tags,
  summary:
    'Propose the fewest and cheapest moves after which nobody has more than a fair share; cover an absence; bring up somebody new',
  request: { body: jsonBody(bodySchema), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('The proposal; nothing has moved', rebalanceSchema) },
});
const listRoute = defineRoute({
  method: 'get',
  path: '/api/rebalances',
  access: ['senior'],
  tags,
  summary: 'Proposals and what became of them, newest first',
  request: { query: pageQuery(z.tuple([z.string(), z.uuid()])) },
  responses: { 200: jsonAnswer('A page', pageSchema(rebalanceSchema)) },
});
const readRoute = defineRoute({
  method: 'get',
  path: '/api/rebalances/{id}',
  access: ['senior'],
  tags,
  summary: 'A proposal and what became of each move',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('The proposal', rebalanceSchema),
    404: problemAnswer('There is no such proposal'),
  },
});

/** `POST|GET /api/rebalances`, `GET /api/rebalances/:id` */
export const rebalances: Routes = (app) => {
  app.openapi(proposeRoute, async (c) => {
    const { db } = c.get('hub');
    const body = c.req.valid('json');
    const viewer = staffOf(c);
    const now = await readNow(db);
    const reading = { now, calendar: await loadCalendar(db), rules };
    const planned = await requestProposal(db, viewer.id, body, reading);
    if (isFailure(planned)) return problem(c, planned);
    const { asked, team, proposal } = planned;
    return change(c, async (tx, actor) => {
      const row = await saveProposal(
        tx,
        {
          ...{ id: newId(), kind: asked.kind, team, reason: body.reason ?? null },
          concerns: asked.kind === 'balance' ? null : asked.staffId,
          coverFrom: asked.kind === 'cover' ? asked.from : null,
          coverTo: asked.kind === 'cover' ? asked.to : null,
          ...{ proposedBy: actor.id, proposedAt: now },
          expiresAt: instantOfEpochMs(epochMs(now) + hoursValid * 3_600_000),
        },
        proposal,
      );
      const detail = { kind: asked.kind, team, moves: proposal.moves.length, method: proposal.method };
      await recordHistory(tx, actor, now, [
        { action: 'rebalance-proposed', caseId: null, entity: 'rebalance', entityId: row.id, detail },
      ]);
      const shown = await show(c, tx, row);
      return { status: 201, headers: { Location: `/api/rebalances/${row.id}` }, body: shown };
    });
  });

  app.openapi(listRoute, async (c) => {
    const { db } = c.get('hub');
    const { limit, cursor } = c.req.valid('query');
    const rows = await listRebalances(db, limit + 1, cursor);
    const found = page(rows, limit, ({ proposedAt, id }) => [proposedAt, id]);
    const items = [];
    for (const row of found.items) items.push(await show(c, db, row));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const row = await readRebalance(db, c.req.valid('param').id);
    if (row === undefined) return problem(c, { kind: 'not-found', detail: 'There is no such proposal.' });
    return c.json(await show(c, db, row), 200);
  });
};

/** A proposal as whoever asks may see it; that they saw its cases is recorded. */
export async function show(c: Context, db: Database | Transaction, row: RebalanceRow) {
  const viewer = staffOf(c).id;
  const moves = await readMoves(db, row.id);
  const pinned = row.plan.pinned.map(({ caseId }) => caseId);
  const hidden = await readHiddenCases(db, pinned, viewer);
  const shown = rebalanceJson(row, moves, hidden, viewer);
  const seen = new Set([...shown.moves, ...shown.pinned].map(({ caseUrn }) => caseUrn));
  await recordAccess(db, {
    staff: viewer,
    caseId: [
      ...moves.filter(({ urn }) => seen.has(urn)).map(({ caseId }) => caseId),
      ...pinned.filter((id) => !hidden.has(id)),
    ],
    action: 'read',
    route: c.get('routeName'),
    requestId: c.get('requestId'),
  });
  return shown;
}
