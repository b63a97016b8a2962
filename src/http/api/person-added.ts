import { addPerson } from '../../cases/add-person.ts';
import { personFields } from '../../cases/case-body.ts';
import { foldCase } from '../../cases/fold.ts';
import { readEvents } from '../../cases/store.ts';
import { instantField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Api, Routes } from '../app-context.ts';
import { lockCaseByUrn, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { urnParam } from './cases.ts';
import { personJson, personSchema } from './person-json.ts';

const body = personFields
  .extend({
    receivedAt: instantField.optional().meta({
      description: 'When the hub learned of them; now unless given: what they are owed counts from it',
    }),
  })
  .meta({ id: 'AddedPersonBody' });

/** `POST /api/cases/:urn/victims`, `POST /api/cases/:urn/witnesses` */
export const personAdded: Routes = (app) => {
  addedAs(app, 'victim', 'victims');
  addedAs(app, 'witness', 'witnesses');
};

function addedAs(app: Api, role: 'victim' | 'witness', path: 'victims' | 'witnesses'): void {
  const route = defineRoute({
    method: 'post',
    path: `/api/cases/{urn}/${path}`,
    access: ['caseworker', 'senior'],
    tags: ['Victims and witnesses'],
    summary: `Add a ${role} of whom the hub learned later; what they are owed follows`,
    request: { params: urnParam, body: jsonBody(body), headers: idempotencyHeader },
    responses: {
      201: jsonAnswer('The person', personSchema),
      404: problemAnswer('There is no such case'),
      409: problemAnswer('The case is finalised'),
    },
  });

  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const person = await addPerson(tx, row, role, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(person)) return person;
      return {
        status: 201,
        headers: { Location: `/api/${path}/${person.id}`, ETag: etagOf(person.id, person.version) },
        body: personJson(person, foldCase(await readEvents(tx, row.id)), row.urn),
      };
    }),
  );
}
