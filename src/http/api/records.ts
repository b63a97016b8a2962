import { z } from 'zod';
import { civilDateField } from '../../deadlines/facts.ts';
import { isFailure } from '../../platform/failure.ts';
import { enterRecord } from '../../record-keeping/enter-record.ts';
import { recordStates, referencesOf } from '../../record-keeping/records-of.ts';
import { listRecords, readRecords } from '../../record-keeping/store.ts';
import { recordAccess } from '../access.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { lockCaseByUrn, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';
import { recordJson, recordSchema, systemField } from './record-json.ts';

const people = ['caseworker', 'senior'] as const;
const tags = ['Police records'];

const caseRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/records',
  access: people,
  tags,
  summary: 'What of the case has been entered in which police system, and what is owed',
  request: {
    params: urnParam,
    query: z.strictObject({ state: z.enum(recordStates).optional(), system: systemField.optional() }),
  },
  responses: {
    200: jsonAnswer(
      'Entries by when they are due, and the references by which the systems know the case',
      z.strictObject({
        items: z.array(recordSchema),
        references: z.array(
          z.strictObject({ system: systemField, reference: z.string(), on: z.string(), by: z.string() }),
        ),
        next: z.null(),
      }),
    ),
    404: problemAnswer('There is no such case'),
  },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/records',
  access: people,
  tags,
  summary: 'Entries of the team’s cases (of every team for seniors), the first due first',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      state: z.enum(['owed', 'entered']).default('owed'),
      system: systemField.optional(),
    }),
  },
  responses: { 200: jsonAnswer('A page of entries', pageSchema(recordSchema)) },
});

const enterRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/records/{id}/entered',
  access: people,
  tags,
  summary: 'Record that it is entered, with the system’s reference; that completes its task',
  request: {
    params: urnParam.extend({ id: z.uuid() }),
    body: jsonBody(
      z
        .strictObject({
          reference: z.string().trim().min(1).max(100).optional(),
          on: civilDateField.optional().meta({ description: 'Today unless given' }),
          note: z.string().trim().min(1).max(1_000).optional(),
        })
        .meta({ id: 'RecordEntryBody', example: { reference: '42/000123/26', on: '2026-03-06' } }),
    ),
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer('The entry', recordSchema),
    404: problemAnswer('There is no such case, or it owes no such entry'),
    409: problemAnswer('It is entered already, or owed no longer'),
  },
});

/** `GET /api/cases/:urn/records`, `POST /api/cases/:urn/records/:id/entered`, `GET /api/records` */
export const records: Routes = (app) => {
  app.openapi(caseRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { state, system } = c.req.valid('query');
    const all = await readRecords(c.get('hub').db, row.id);
    const items = all
      .filter((one) => (state ?? one.state) === one.state && (system ?? one.system) === one.system)
      .map((one) => recordJson(one, row));
    return c.json({ items, references: referencesOf(all), next: null }, 200);
  });

  app.openapi(listRoute, async (c) => {
    const { limit, cursor, state, system } = c.req.valid('query');
    const { db } = c.get('hub');
    const rows = await listRecords(db, { state, system, staff: staffOf(c) }, limit + 1, cursor);
    const found = page(rows, limit, ({ record: { deadline } }) => [
      deadline.actionDue ?? deadline.legalDue ?? 'infinity',
      deadline.id,
    ]);
    await recordAccess(db, {
      ...{ staff: staffOf(c), caseId: [...new Set(found.items.map(({ row }) => row.id))], action: 'read' },
      ...{ route: c.get('routeName'), requestId: c.get('requestId') },
    });
    return c.json(
      { items: found.items.map(({ record, row }) => recordJson(record, row)), next: found.next },
      200,
    );
  });

  app.openapi(enterRoute, (c) =>
    change(c, async (tx, actor) => {
      const { urn, id } = c.req.valid('param');
      const row = await lockCaseByUrn(c, tx, urn);
      if (isFailure(row)) return row;
      const entered = await enterRecord(tx, row, id, c.req.valid('json'), await recordingOf(tx, actor));
      return isFailure(entered) ? entered : { status: 200, body: recordJson(entered, row) };
    }),
  );
};
