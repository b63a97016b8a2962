import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { pinCase, readPin, type Pin } from '../../workload/rebalance/pin-case.ts';
import type { Context, Routes } from '../app-context.ts';
import { lockCaseByUrn, openCase } from '../case-access.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change, type Answer } from '../idempotency.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';

const pinSchema = z
  .strictObject({
    caseUrn: z.string(),
    pinned: z.boolean(),
    reason: z.string().nullable(),
    by: z.string().nullable(),
    at: z.string().nullable(),
  })
  .meta({ id: 'CasePin' });

const shared = { path: '/api/cases/{urn}/pin', tags: ['Seniors'] };
const changed = {
  404: problemAnswer('There is no such case'),
  412: problemAnswer('It was changed after it was read'),
  428: problemAnswer('If-Match is missing'),
};
const readRoute = defineRoute({
  ...shared,
  method: 'get',
  access: ['caseworker', 'senior'],
  summary: 'Whether a senior wants the case to stay with whoever has it, and why',
  request: { params: urnParam },
  responses: { 200: jsonAnswer('The pin', pinSchema), 404: changed[404] },
});
const pinRoute = defineRoute({
  ...shared,
  method: 'put',
  access: ['senior'],
  summary: 'Pin a case to whoever has it: no rebalance moves it',
  request: {
    params: urnParam,
    body: jsonBody(z.strictObject({ reason: z.string().trim().min(1).max(1_000) })),
    headers: ifMatchHeader,
  },
  responses: { 200: jsonAnswer('Pinned', pinSchema), ...changed },
});
const unpinRoute = defineRoute({
  ...shared,
  method: 'delete',
  access: ['senior'],
  summary: 'Let a pinned case move again',
  request: { params: urnParam, headers: ifMatchHeader },
  responses: { 200: jsonAnswer('Not pinned', pinSchema), ...changed },
});

/** `GET|PUT|DELETE /api/cases/:urn/pin` */
export const rebalancePins: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const pin = await readPin(c.get('hub').db, row.id);
    return c.json(pinJson(row.urn, pin), 200, { ETag: tagOf(row.id, pin) });
  });
  app.openapi(pinRoute, (c) => set(c, c.req.valid('param').urn, c.req.valid('json').reason));
  app.openapi(unpinRoute, (c) => set(c, c.req.valid('param').urn, null));
};

function set(c: Context, urn: string, reason: string | null): Promise<Response> {
  return change(c, async (tx, actor): Promise<Answer | Failure> => {
    const row = await lockCaseByUrn(c, tx, urn);
    if (isFailure(row)) return row;
    const stale = checkIfMatch(c, tagOf(row.id, await readPin(tx, row.id)));
    if (stale) return stale;
    const pin = await pinCase(tx, row.id, reason, { actor, now: await readNow(tx) });
    return { status: 200, headers: { ETag: tagOf(row.id, pin) }, body: pinJson(row.urn, pin) };
  });
}

const tagOf = (caseId: string, { version }: Pin) => etagOf(`${caseId}:pin`, version);

function pinJson(caseUrn: string, { pinned, reason, by, at }: Pin): z.input<typeof pinSchema> {
  return { caseUrn, pinned, reason, by, at };
}
