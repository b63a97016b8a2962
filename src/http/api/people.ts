import { z } from 'zod';
import { contactFields, preferredField, safeContactFields } from '../../cases/case-body.ts';
import { changePerson } from '../../cases/change-person.ts';
import { foldCase } from '../../cases/fold.ts';
import { readEvents } from '../../cases/store.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { invalid, isFailure } from '../../platform/failure.ts';
import { readPerson } from '../../victims/people-store.ts';
import type { Api, Routes, StaffRole } from '../app-context.ts';
import { lockOpen, openCaseById, recordingOf } from '../case-access.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import { personJson, personSchema } from './person-json.ts';

const words = z.string().trim().min(1).max(1_000);

const changesFields = z.strictObject({
  contact: contactFields.optional(),
  preferred: preferredField.optional(),
  safeContact: safeContactFields.nullable().optional(),
  needsAssessment: z
    .strictObject({ on: civilDateField, note: words, reassessOn: civilDateField.optional() })
    .nullable()
    .optional(),
  enhancedRights: z.boolean().optional(),
  reasons: z.array(words).max(20).optional(),
});

const availability = z
  .array(z.strictObject({ from: civilDateField, to: civilDateField, why: words.optional() }))
  .max(100)
  .nullable()
  .optional();

/** `GET|PATCH /api/victims/:id`, `GET|PATCH /api/witnesses/:id` */
export const people: Routes = (app) => {
  peopleOf(app, 'victim', 'victims', changesFields);
  peopleOf(app, 'witness', 'witnesses', changesFields.extend({ unavailable: availability }));
};

const missing = { kind: 'not-found', detail: 'There is no such person.' } as const;

function peopleOf(
  app: Api,
  role: 'victim' | 'witness',
  path: 'victims' | 'witnesses',
  body: typeof changesFields & z.ZodObject,
): void {
  const shared = {
    path: `/api/${path}/{id}`,
    access: ['caseworker', 'senior'] as StaffRole[],
    tags: ['Victims and witnesses'],
    responses: { 200: jsonAnswer('The person', personSchema), 404: problemAnswer('There is no such person') },
  } satisfies Partial<Parameters<typeof defineRoute>[0]>;
  const readRoute = defineRoute({
    ...shared,
    method: 'get',
    summary: `A ${role}`,
    request: { params: idParam },
  });
  const changeRoute = defineRoute({
    ...shared,
    method: 'patch',
    summary: `Change what is known of a ${role}; what they are owed is worked out anew`,
    request: { params: idParam, body: jsonBody(body), headers: ifMatchHeader },
  });

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const person = await readPerson(db, c.req.valid('param').id);
    if (person?.role !== role) return problem(c, missing);
    const row = await openCaseById(c, person.caseId);
    if (isFailure(row)) return problem(c, row);
    const state = foldCase(await readEvents(db, row.id));
    return c.json(personJson(person, state, row.urn), 200, { ETag: etagOf(person.id, person.version) });
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const found = await readPerson(tx, id);
      if (found?.role !== role) return missing;
      const row = await lockOpen(c, tx, found.caseId);
      if (isFailure(row)) return row;
      const person = (await readPerson(tx, id)) ?? found;
      const stale = checkIfMatch(c, etagOf(person.id, person.version));
      if (stale) return stale;
      const changes = c.req.valid('json') as z.output<typeof changesFields> & {
        unavailable?: z.output<typeof availability>;
      };
      const errors = (changes.unavailable ?? [])
        .map((stay, i) => ({
          path: `unavailable.${i}.to`,
          message: 'is before from',
          bad: stay.to < stay.from,
        }))
        .filter(({ bad }) => bad);
      if (errors.length > 0) return invalid(errors.map(({ path: at, message }) => ({ path: at, message })));
      const changed = await changePerson(tx, row, person, changes, await recordingOf(tx, actor));
      const state = foldCase(await readEvents(tx, row.id));
      return {
        status: 200,
        headers: { ETag: etagOf(changed.id, changed.version) },
        body: personJson(changed, state, row.urn),
      };
    }),
  );
}
