import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { caseOfEvent, readQueries } from '../../cases/read-answerable.ts';
import { askQuery, endQuery, type QueryEnd } from '../../cases/record-query.ts';
import type { CaseRow } from '../../cases/settle.ts';
import { civilDateField, instantField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { askers, matters } from '../../queries/answer-periods.ts';
import { queryChannels } from '../../queries/queries-of.ts';
import type { Context, Routes } from '../app-context.ts';
import { lockCaseByUrn, lockOpen, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change, type Answer } from '../idempotency.ts';
import { pageInMemory, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';
import { idParam } from './deadlines.ts';
import { periodsJson, periodsSchema, queryJson, querySchema, queryStates } from './query-json.ts';

const words = z.string().trim().min(1).max(4_000);
const people = ['caseworker', 'senior'] as const;
const tags = ['Questions'];

const askBody = z
  .strictObject({
    from: z.strictObject({
      kind: z.enum(askers),
      officer: z.string().trim().min(1).max(20).optional(),
      person: z.uuid().optional(),
      defendant: z.uuid().optional(),
      who: z.string().trim().min(1).max(200).optional(),
    }),
    about: z.enum(matters).default('question'),
    how: z.enum(queryChannels),
    question: words,
    askedAt: instantField.optional(),
    dueOn: civilDateField.optional(),
  })
  .meta({
    id: 'QueryBody',
    example: { from: { kind: 'victim' }, how: 'phone', question: 'When is the trial?' },
  });

const askRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/queries',
  access: people,
  tags,
  summary: 'Log a question about the case, which makes a task to answer it by its day',
  request: { params: urnParam, body: jsonBody(askBody), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('The question', querySchema), 404: problemAnswer('There is no such case') },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/queries',
  access: people,
  tags,
  summary: 'Every question about the case with its answer, the newest first',
  request: {
    params: urnParam,
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({ state: z.enum(queryStates).optional() }),
  },
  responses: {
    200: jsonAnswer('A page of questions', pageSchema(querySchema)),
    404: problemAnswer('There is no such case'),
  },
});

const endings = {
  404: problemAnswer('There is no such question'),
  409: problemAnswer('It is answered, withdrawn or taken back already'),
};

const answerRoute = defineRoute({
  method: 'post',
  path: '/api/queries/{id}/answers',
  access: people,
  tags,
  summary: 'Record what was answered, which completes the task',
  request: {
    params: idParam,
    body: jsonBody(
      z.strictObject({ answer: words, how: z.enum(queryChannels), at: instantField.optional() }),
    ),
    headers: idempotencyHeader,
  },
  responses: { 201: jsonAnswer('The question with its answer', querySchema), ...endings },
});

const withdrawRoute = defineRoute({
  method: 'post',
  path: '/api/queries/{id}/withdrawn',
  access: people,
  tags,
  summary: 'Whoever asked wants no answer any more',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ why: words, at: instantField.optional() })),
    headers: idempotencyHeader,
  },
  responses: { 200: jsonAnswer('The question', querySchema), ...endings },
});

const periodsRoute = defineRoute({
  method: 'get',
  path: '/api/query-periods',
  access: ['caseworker', 'senior', 'administrator', 'auditor'],
  tags,
  summary: 'In how many working days each kind of asker is answered, and by what authority',
  request: {},
  responses: { 200: jsonAnswer('The periods', periodsSchema) },
});

/** `POST|GET /api/cases/:urn/queries`, `POST /api/queries/:id/answers`, `/withdrawn`, `GET /api/query-periods` */
export const queries: Routes = (app) => {
  app.openapi(periodsRoute, (c) => c.json(periodsJson(), 200));

  app.openapi(askRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const asked = await askQuery(tx, row, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(asked)) return asked;
      return { status: 201, body: await readOne(tx, row, asked) };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { limit, cursor, state } = c.req.valid('query');
    const all = (await readShown(c.get('hub').db, row)).filter(
      (query) => state === undefined || query.state === state,
    );
    const found = pageInMemory(all, limit, cursor, ({ askedAt }) => askedAt);
    return c.json(found, 200);
  });

  app.openapi(answerRoute, (c) => {
    const { answer, how, at } = c.req.valid('json');
    return end(c, c.req.valid('param').id, { type: 'query-answered', words: answer, how, at }, 201);
  });

  app.openapi(withdrawRoute, (c) => {
    const { why, at } = c.req.valid('json');
    return end(c, c.req.valid('param').id, { type: 'query-withdrawn', words: why, at }, 200);
  });
};

function end(c: Context, id: string, how: QueryEnd, status: Answer['status']): Promise<Response> {
  return change(c, async (tx, actor): Promise<Answer | Failure> => {
    const caseId = await caseOfEvent(tx, id, 'query-asked');
    if (caseId === undefined) return { kind: 'not-found', detail: 'There is no such question.' };
    const row = await lockOpen(c, tx, caseId);
    if (isFailure(row)) return row;
    const ended = await endQuery(tx, row, id, how, await recordingOf(tx, actor));
    return isFailure(ended) ? ended : { status, body: await readOne(tx, row, id) };
  });
}

async function readShown(db: Database | Transaction, row: CaseRow) {
  const today = civilDateOf(await readNow(db));
  const all = await readQueries(db, row.id, await loadCalendar(db));
  return all.map((query) => queryJson(query, row.urn, today));
}

async function readOne(tx: Transaction, row: CaseRow, id: string) {
  const found = (await readShown(tx, row)).find((query) => query.id === id);
  if (found === undefined) throw new Error('a question that was recorded is not there');
  return found;
}
