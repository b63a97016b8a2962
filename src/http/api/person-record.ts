import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { readPersonRecord } from '../../cases/person-record.ts';
import { isFailure } from '../../platform/failure.ts';
import { dutyOutcomes } from '../../reports/compliance.ts';
import { readPerson } from '../../victims/people-store.ts';
import type { Routes } from '../app-context.ts';
import { openCaseById } from '../case-access.ts';
import { defineRoute, problemAnswer } from '../define-route.ts';
import { personRecordPage } from '../pages/person-record.ts';
import { problem } from '../problem.ts';
import { answerPlainPage } from '../plain-page.ts';
import { idParam } from './deadlines.ts';

const text = z.string().nullable();

const recordSchema = z
  .strictObject({
    urn: z.string(),
    at: z.string(),
    person: z.strictObject({ id: z.uuid(), role: z.string(), name: z.string(), relation: text }),
    entitlement: z.enum(['standard', 'enhanced']),
    entitlementBecause: z.array(z.string()),
    needsAssessment: z
      .strictObject({ on: z.string(), note: z.string(), reassessOn: z.string().optional() })
      .nullable(),
    duties: z.array(
      z.strictObject({
        rule: z.string(),
        title: z.string(),
        authority: z.string(),
        entitlement: text,
        because: text,
        happenedOn: text,
        receivedAt: text,
        due: text,
        doneOn: text,
        outcome: z.enum(dutyOutcomes),
        why: text,
        attempts: z.array(
          z.strictObject({
            at: z.string(),
            by: z.string(),
            channel: z.string(),
            result: z.string(),
            note: text,
            recordedAt: z.string(),
          }),
        ),
        messages: z.array(z.strictObject({ channel: z.string(), state: z.string(), sentAt: text })),
      }),
    ),
    changes: z.array(
      z.strictObject({ at: z.string(), by: z.string(), action: z.string(), fields: z.string() }),
    ),
    referrals: z.array(
      z.strictObject({
        agency: z.string(),
        at: z.string(),
        by: z.string(),
        state: z.string(),
        replies: z.array(z.strictObject({ at: z.string(), words: z.string() })),
      }),
    ),
  })
  .meta({ id: 'PersonRecord' });

const route = defineRoute({
  method: 'get',
  path: '/api/people/{id}/record',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary: 'All that was owed to a victim or witness and what was done: what a complaint needs',
  request: { params: idParam },
  responses: {
    200: {
      description: 'The record; a page to print for those who accept text/html',
      content: { 'application/json': { schema: recordSchema }, 'text/html': { schema: z.string() } },
    },
    404: problemAnswer('There is no such person'),
  },
});

/** `GET /api/people/:id/record` */
export const personRecord: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const person = await readPerson(db, c.req.valid('param').id);
    if (!person) return problem(c, { kind: 'not-found', detail: 'There is no such person.' });
    const row = await openCaseById(c, person.caseId);
    if (isFailure(row)) return problem(c, row);
    const record = await readPersonRecord(db, row, person, await readNow(db));
    c.header('Vary', 'Accept');
    if (c.req.header('Accept')?.includes('text/html') !== true) return c.json(record, 200);
    return answerPlainPage(c, (nonce) => personRecordPage(record, nonce));
  });
};
