import { z } from 'zod';
import { recordReply, referPerson } from '../../cases/refer-person.ts';
import { civilDateField, instantField } from '../../deadlines/facts.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { readPerson } from '../../victims/people-store.ts';
import { readReferral, readReferrals, type Referral } from '../../victims/referral-store.ts';
import type { Routes } from '../app-context.ts';
import { lockOpen, openCaseById, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';

const tags = ['Victims and witnesses'];
const words = z.string().trim().min(1).max(2_000);

export const referralSchema = z
  .strictObject({
    id: z.uuid(),
    personId: z.uuid(),
    agency: z.strictObject({ id: z.uuid(), name: z.string() }),
    consentOn: z.string(),
    why: z.string(),
    state: z.enum(['sent', 'accepted', 'declined', 'ended']),
    madeAt: z.string(),
    madeBy: z.string(),
    replies: z.array(
      z.strictObject({ state: z.string(), words: z.string(), at: z.string(), recordedBy: z.string() }),
    ),
  })
  .meta({ id: 'Referral' });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/people/{id}/referrals',
  access: ['caseworker', 'senior'],
  tags,
  summary: 'Referrals of a victim or witness to support services, and what those answered',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('All', z.strictObject({ items: z.array(referralSchema), next: z.null() })),
    404: problemAnswer('There is no such person'),
  },
});

const referRoute = defineRoute({
  method: 'post',
  path: '/api/people/{id}/referrals',
  access: ['caseworker', 'senior'],
  tags,
  summary: 'Record the referral of a victim or witness who agreed to it',
  request: {
    params: idParam,
    headers: idempotencyHeader,
    body: jsonBody(
      z.strictObject({
        agency: z.uuid(),
        why: words,
        consentOn: civilDateField
          .optional()
          .meta({ description: 'The day on which they were asked unless given' }),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The referral', referralSchema),
    404: problemAnswer('There is no such person'),
    409: problemAnswer('They have not agreed'),
  },
});

const replyRoute = defineRoute({
  method: 'post',
  path: '/api/referrals/{id}/replies',
  access: ['caseworker', 'senior'],
  tags,
  summary: 'Record what a support service answered',
  request: {
    params: idParam,
    headers: idempotencyHeader,
    body: jsonBody(
      z.strictObject({
        state: z.enum(['accepted', 'declined', 'ended']),
        words,
        at: instantField.optional(),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The referral', referralSchema),
    404: problemAnswer('There is no such referral'),
  },
});

const noPerson: Failure = { kind: 'not-found', detail: 'There is no such person.' };
const noReferral: Failure = { kind: 'not-found', detail: 'There is no such referral.' };

/** `GET|POST /api/people/:id/referrals`, `POST /api/referrals/:id/replies` */
export const referrals: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { db } = c.get('hub');
    const person = await readPerson(db, c.req.valid('param').id);
    if (!person) return problem(c, noPerson);
    const row = await openCaseById(c, person.caseId);
    if (isFailure(row)) return problem(c, row);
    return c.json({ items: (await readReferrals(db, person.id)).map(referralJson), next: null }, 200);
  });

  app.openapi(referRoute, (c) =>
    change(c, async (tx, actor) => {
      const found = await readPerson(tx, c.req.valid('param').id);
      if (!found) return noPerson;
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const person = (await readPerson(tx, found.id)) ?? found;
      const id = await referPerson(tx, row, person, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(id)) return id;
      const made = await readReferral(tx, id);
      return made ? { status: 201, body: referralJson(made) } : noReferral;
    }),
  );

  app.openapi(replyRoute, (c) =>
    change(c, async (tx, actor) => {
      const found = await readReferral(tx, c.req.valid('param').id);
      if (!found) return noReferral;
      const row = await lockOpen(c, tx, found.referral.caseId);
      if (isFailure(row)) return row;
      const recording = await recordingOf(tx, actor);
      const refused = await recordReply(tx, row, found.referral, c.req.valid('json'), recording);
      if (refused) return refused;
      return { status: 201, body: referralJson((await readReferral(tx, found.referral.id)) ?? found) };
    }),
  );
};

function referralJson({ referral, agency, replies }: Referral): z.input<typeof referralSchema> {
  const { id, personId, agencyId, consentOn, why, state, madeAt, madeBy } = referral;
  return {
    id,
    personId,
    agency: { id: agencyId, name: agency },
    consentOn,
    why,
    state,
    madeAt,
    madeBy,
    replies: replies.map((reply) => ({
      state: reply.state,
      words: reply.words,
      at: reply.at,
      recordedBy: reply.recordedBy,
    })),
  };
}
