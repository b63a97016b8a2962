import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readDecisions } from '../../cases/read-answerable.ts';
import { recordDecision } from '../../cases/record-decision.ts';
import type { CaseRow } from '../../cases/settle.ts';
import { civilDateField, instantField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { decisionSubjects, reviewOutcomes } from '../../decisions/decisions-of.ts';
import {
  decisionHeadingNames,
  decisionHeadings,
  type DecisionHeading,
} from '../../decisions/national-decision-model.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { lockCaseByUrn, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { pageInMemory, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';
import { decisionJson, decisionSchema, decisionStates } from './decision-json.ts';

const words = z.string().trim().min(1).max(4_000);
const people = ['caseworker', 'senior'] as const;
const tags = ['Decisions'];

const rationaleField = z.strictObject(
  Object.fromEntries(
    decisionHeadingNames.map((heading) => {
      const { title, asks } = decisionHeadings[heading];
      return [heading, words.meta({ description: `${title}: ${asks}` })];
    }),
  ) as Record<DecisionHeading, typeof words>,
);

const decisionBody = z
  .strictObject({
    about: z.enum(decisionSubjects),
    decision: words.meta({ description: 'What was decided, in a sentence or two' }),
    rationale: rationaleField,
    at: instantField.optional().meta({ description: 'When it was taken; now unless given' }),
    decidedBy: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Who took it, where it is not whoever records it' }),
    reviews: z.uuid().optional().meta({ description: 'An earlier decision of the case' }),
    outcome: z.enum(reviewOutcomes).optional().meta({ description: 'With `reviews`: what that comes to' }),
    reviewOn: civilDateField
      .optional()
      .meta({ description: 'To be looked at again: makes a task of that day' }),
  })
  .meta({ id: 'DecisionBody' });

const recordRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/decisions',
  access: people,
  tags,
  summary: 'Record a decision with its reasons under the headings of the National Decision Model',
  request: { params: urnParam, body: jsonBody(decisionBody), headers: idempotencyHeader },
  responses: {
    201: jsonAnswer('The decision', decisionSchema),
    404: problemAnswer('There is no such case'),
    409: problemAnswer('What it reviews has been replaced already'),
  },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/decisions',
  access: people,
  tags,
  summary: 'Every decision of the case with its reasons, by whom and when, the newest first',
  request: {
    params: urnParam,
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      state: z.enum(decisionStates).optional(),
      about: z.enum(decisionSubjects).optional(),
    }),
  },
  responses: {
    200: jsonAnswer('A page of decisions', pageSchema(decisionSchema)),
    404: problemAnswer('There is no such case'),
  },
});

/** `POST|GET /api/cases/:urn/decisions` */
export const decisions: Routes = (app) => {
  app.openapi(recordRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const id = await recordDecision(tx, row, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(id)) return id;
      return { status: 201, body: (await readShown(tx, row)).find((decision) => decision.id === id) };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { limit, cursor, state, about } = c.req.valid('query');
    const all = (await readShown(c.get('hub').db, row)).filter(
      (one) => (state === undefined || one.state === state) && (about === undefined || one.about === about),
    );
    return c.json(
      pageInMemory(all, limit, cursor, ({ at }) => at),
      200,
    );
  });
};

async function readShown(db: Database | Transaction, row: CaseRow) {
  const all = await readDecisions(db, row.id, await loadCalendar(db));
  return all.map((decision) => decisionJson(decision, row.urn));
}
