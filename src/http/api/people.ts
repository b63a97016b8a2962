import { z } from 'zod';
import {
  contactFields,
  detailFields,
  detailsOf,
  preferredField,
  safeContactFields,
} from '../../cases/case-body.ts';
import { changePerson, type PersonChanges } from '../../cases/change-person.ts';
import { foldCase } from '../../cases/fold.ts';
import { readEvents } from '../../cases/store.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import { readPerson } from '../../victims/people-store.ts';
import type { Api, Routes, StaffRole } from '../app-context.ts';
import { lockOpen, openCaseById, recordingOf } from '../case-access.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import { casesOfPerson } from './person-links.ts';
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
  agreed: detailFields.agreed.optional(),
  refused: detailFields.refused.optional(),
  language: detailFields.language.nullable().optional(),
  interpreter: detailFields.interpreter.nullable().optional(),
  relation: detailFields.relation.nullable().optional(),
  representative: detailFields.representative.nullable().optional(),
  support: detailFields.support.nullable().optional(),
  grounds: detailFields.grounds.optional(),
  optOut: z
    .strictObject({ on: civilDateField, why: words.optional() })
    .nullable()
    .optional()
    .meta({ description: 'They asked not to be told anything; null where they want to hear again' }),
  unavailable: z
    .array(z.strictObject({ from: civilDateField, to: civilDateField, why: words.optional() }))
    .max(100)
    .nullable()
    .optional()
    .meta({ description: 'When they cannot come to court; none, but asked, is an empty list' }),
});

/** `GET|PATCH /api/victims/:id`, `GET|PATCH /api/witnesses/:id` */
export const people: Routes = (app) => {
  peopleOf(app, 'victim', 'victims');
  peopleOf(app, 'witness', 'witnesses');
};

const missing = { kind: 'not-found', detail: 'There is no such person.' } as const;

function peopleOf(app: Api, role: 'victim' | 'witness', path: 'victims' | 'witnesses'): void {
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
    request: { params: idParam, body: jsonBody(changesFields), headers: ifMatchHeader },
  });

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const person = await readPerson(db, c.req.valid('param').id);
    if (person?.role !== role) return problem(c, missing);
    const row = await openCaseById(c, person.caseId);
    if (isFailure(row)) return problem(c, row);
    const state = foldCase(await readEvents(db, row.id));
    const cases = await casesOfPerson(c, db, person);
    return c.json(personJson(person, state, row.urn, cases), 200, {
      ETag: etagOf(person.id, person.version),
    });
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
      const known = foldCase(await readEvents(tx, row.id)).people.find((one) => one.id === id);
      const changes = changesOf(c.req.valid('json'));
      const changed = await changePerson(tx, row, person, known, changes, await recordingOf(tx, actor));
      if (isFailure(changed)) return changed;
      const state = foldCase(await readEvents(tx, row.id));
      return {
        status: 200,
        headers: { ETag: etagOf(changed.id, changed.version) },
        body: personJson(changed, state, row.urn, await casesOfPerson(c, tx, changed)),
      };
    }),
  );
}

type ChangesBody = z.output<typeof changesFields>;

/** Apart from what is a column of its own, everything given is a detail. */
function changesOf(body: ChangesBody): PersonChanges {
  const { contact, preferred, safeContact, needsAssessment, unavailable, enhancedRights, reasons, optOut } =
    body;
  const columns = { contact, preferred, safeContact, needsAssessment, unavailable };
  return { ...columns, enhancedRights, reasons, optOut, details: detailsOf(body) };
}
