import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { caseOfEvent, readCorrespondence } from '../../cases/read-answerable.ts';
import { endCorrespondence, logCorrespondence } from '../../cases/record-correspondence.ts';
import type { CaseRow } from '../../cases/settle.ts';
import { correspondents } from '../../correspondence/answer-periods.ts';
import { correspondenceChannels, correspondenceSubjects } from '../../correspondence/correspondence-of.ts';
import { civilDateField, instantField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { lockCaseByUrn, lockOpen, openCase, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change, type Answer } from '../idempotency.ts';
import { pageInMemory, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';
import { correspondenceJson, correspondenceSchema, correspondenceStates } from './correspondence-json.ts';
import { idParam } from './deadlines.ts';

const words = z.string().trim().min(1).max(4_000);
const people = ['caseworker', 'senior'] as const;
const tags = ['Correspondence'];

const logBody = z
  .strictObject({
    with: z.enum(correspondents),
    who: z.string().trim().min(1).max(200).optional(),
    direction: z.enum(['in', 'out']),
    channel: z.enum(correspondenceChannels),
    subject: z.enum(correspondenceSubjects),
    reference: z.string().trim().min(1).max(100).optional(),
    at: instantField.optional().meta({ description: 'When it was received, or sent; now unless given' }),
    summary: words,
    needsAnswer: z.boolean().optional().meta({ description: 'True where `dueOn` is given' }),
    dueOn: civilDateField
      .optional()
      .meta({ description: 'When its answer is due; counted by whom it is with unless given' }),
    hearing: z.uuid().optional().meta({
      description:
        'The hearing that it is about. To the court with subject `result`: the court was chased for the result of that hearing, which completes that task; the result itself is the answer',
    }),
  })
  .meta({
    id: 'CorrespondenceBody',
    example: {
      with: 'cps',
      direction: 'in',
      channel: 'email',
      subject: 'disclosure',
      summary: 'Asks for the schedule to be corrected',
      needsAnswer: true,
    },
  });

const logRoute = defineRoute({
  method: 'post',
  path: '/api/cases/{urn}/correspondence',
  access: people,
  tags,
  summary: 'Log a letter or message, received or sent; one that needs an answer makes a task by its day',
  request: { params: urnParam, body: jsonBody(logBody), headers: idempotencyHeader },
  responses: {
    201: jsonAnswer('What was logged', correspondenceSchema),
    404: problemAnswer('There is no such case'),
  },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/correspondence',
  access: people,
  tags,
  summary: 'All correspondence about the case with what was answered, the newest first',
  request: {
    params: urnParam,
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      state: z.enum(correspondenceStates).optional(),
      with: z.enum(correspondents).optional(),
    }),
  },
  responses: {
    200: jsonAnswer('A page of correspondence', pageSchema(correspondenceSchema)),
    404: problemAnswer('There is no such case'),
  },
});

const endings = {
  404: problemAnswer('There is no such letter or message'),
  409: problemAnswer('It is answered, closed or taken back already'),
};

const answerRoute = defineRoute({
  method: 'post',
  path: '/api/correspondence/{id}/answers',
  access: people,
  tags,
  summary: 'Record the answer, the hub’s or theirs, which completes the task',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ summary: words, at: instantField.optional() })),
    headers: idempotencyHeader,
  },
  responses: { 201: jsonAnswer('The letter with its answer', correspondenceSchema), ...endings },
});

const closeRoute = defineRoute({
  method: 'post',
  path: '/api/correspondence/{id}/closed',
  access: people,
  tags,
  summary: 'No answer is needed any more',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ why: words, at: instantField.optional() })),
    headers: idempotencyHeader,
  },
  responses: { 200: jsonAnswer('The letter', correspondenceSchema), ...endings },
});

/** `POST|GET /api/cases/:urn/correspondence`, `POST /api/correspondence/:id/answers`, `/closed` */
export const correspondence: Routes = (app) => {
  app.openapi(logRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockCaseByUrn(c, tx, c.req.valid('param').urn);
      if (isFailure(row)) return row;
      const logged = await logCorrespondence(tx, row, c.req.valid('json'), await recordingOf(tx, actor));
      if (isFailure(logged)) return logged;
      return { status: 201, body: await readOne(tx, row, logged) };
    }),
  );

  app.openapi(listRoute, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { limit, cursor, state, with: whom } = c.req.valid('query');
    const all = (await readShown(c.get('hub').db, row)).filter(
      (letter) =>
        (state === undefined || letter.state === state) && (whom === undefined || letter.with === whom),
    );
    const found = pageInMemory(all, limit, cursor, ({ at }) => at);
    return c.json(found, 200);
  });

  app.openapi(answerRoute, (c) => {
    const { summary, at } = c.req.valid('json');
    return end(c, c.req.valid('param').id, { type: 'correspondence-answered', words: summary, at }, 201);
  });

  app.openapi(closeRoute, (c) => {
    const { why, at } = c.req.valid('json');
    return end(c, c.req.valid('param').id, { type: 'correspondence-closed', words: why, at }, 200);
  });
};

type End = Parameters<typeof endCorrespondence>[3];

function end(c: Context, id: string, how: End, status: Answer['status']): Promise<Response> {
  return change(c, async (tx, actor): Promise<Answer | Failure> => {
    const caseId = await caseOfEvent(tx, id, 'correspondence-logged');
    if (caseId === undefined) return { kind: 'not-found', detail: 'There is no such letter or message.' };
    const row = await lockOpen(c, tx, caseId);
    if (isFailure(row)) return row;
    const ended = await endCorrespondence(tx, row, id, how, await recordingOf(tx, actor));
    return isFailure(ended) ? ended : { status, body: await readOne(tx, row, id) };
  });
}

async function readShown(db: Database | Transaction, row: CaseRow) {
  const today = civilDateOf(await readNow(db));
  const all = await readCorrespondence(db, row.id, await loadCalendar(db));
  return all.map((letter) => correspondenceJson(letter, row.urn, today));
}

async function readOne(tx: Transaction, row: CaseRow, id: string) {
  const found = (await readShown(tx, row)).find((letter) => letter.id === id);
  if (found === undefined) throw new Error('what was logged is not there');
  return found;
}
