import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { foldCase } from '../../cases/fold.ts';
import { linkPeople, unlinkPerson } from '../../cases/link-people.ts';
import { lockCase } from '../../cases/settle.ts';
import { readEvents } from '../../cases/store.ts';
import { isFailure } from '../../platform/failure.ts';
import { readPerson, readSamePerson, type PersonRow } from '../../victims/people-store.ts';
import type { Context, Routes, StaffRole } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { staffOf } from '../authenticate.ts';
import { lockOpen, mayList, recordingOf } from '../case-access.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { idParam } from './deadlines.ts';
import { personJson, personSchema, type InCase } from './person-json.ts';

/** The cases in which a person is, of those that the caller may see. */
export async function casesOfPerson(
  c: Context,
  db: Database | Transaction,
  person: PersonRow,
): Promise<InCase[]> {
  const staff = staffOf(c);
  const seen = (await readSamePerson(db, person)).filter((one) => mayList(one.case, staff));
  const others = seen.map((one) => one.case.id).filter((id) => id !== person.caseId);
  const [route, requestId] = [c.get('routeName'), c.get('requestId')];
  await recordAccess(db, { staff, caseId: others, action: 'read', route, requestId });
  return seen.map((one) => ({
    caseUrn: one.case.urn,
    state: one.case.state,
    personId: one.person.id,
    role: one.person.role,
  }));
}

const shared = {
  path: '/api/people/{id}/same-person',
  access: ['caseworker', 'senior'] as StaffRole[],
  tags: ['Victims and witnesses'],
  responses: {
    200: jsonAnswer('The person, with every case in which they are', personSchema),
    404: problemAnswer('There is no such person'),
  },
} satisfies Partial<Parameters<typeof defineRoute>[0]>;

const linkRoute = defineRoute({
  ...shared,
  method: 'put',
  summary: 'Say that a victim or witness is the same person as one of another case',
  request: {
    params: idParam,
    headers: ifMatchHeader,
    body: jsonBody(z.strictObject({ person: z.uuid().meta({ description: 'Of another case' }) })),
  },
});

const unlinkRoute = defineRoute({
  ...shared,
  method: 'delete',
  summary: 'Say that a victim or witness is nobody of another case after all',
  request: { params: idParam, headers: ifMatchHeader },
});

const missing = { kind: 'not-found', detail: 'There is no such person.' } as const;

/** `PUT|DELETE /api/people/:id/same-person` */
export const personLinks: Routes = (app) => {
  app.openapi(linkRoute, (c) =>
    change(c, async (tx, actor) => {
      const [found, other] = [
        await readPerson(tx, c.req.valid('param').id),
        await readPerson(tx, c.req.valid('json').person),
      ];
      if (!found || !other) return missing;
      // Two cases are locked in the order of their ids, whoever asks.
      const first = found.caseId < other.caseId ? found : other;
      const second = first === found ? other : found;
      for (const one of [first, second]) {
        const opened = await lockOpen(c, tx, one.caseId);
        if (isFailure(opened)) return opened;
      }
      const person = (await readPerson(tx, found.id)) ?? found;
      const stale = checkIfMatch(c, etagOf(person.id, person.version));
      if (stale) return stale;
      const linked = await linkPeople(
        tx,
        person,
        (await readPerson(tx, other.id)) ?? other,
        await recordingOf(tx, actor),
      );
      return isFailure(linked) ? linked : answerOf(c, tx, linked);
    }),
  );

  app.openapi(unlinkRoute, (c) =>
    change(c, async (tx, actor) => {
      const found = await readPerson(tx, c.req.valid('param').id);
      if (!found) return missing;
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const person = (await readPerson(tx, found.id)) ?? found;
      const stale = checkIfMatch(c, etagOf(person.id, person.version));
      if (stale) return stale;
      return answerOf(c, tx, await unlinkPerson(tx, person, await recordingOf(tx, actor)));
    }),
  );
};

async function answerOf(c: Context, tx: Transaction, person: PersonRow) {
  const row = await lockCase(tx, person.caseId);
  const state = foldCase(await readEvents(tx, person.caseId));
  return {
    status: 200 as const,
    headers: { ETag: etagOf(person.id, person.version) },
    body: personJson(person, state, row?.urn ?? '', await casesOfPerson(c, tx, person)),
  };
}
