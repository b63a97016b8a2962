import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { courtExceptions as table } from '../../../db/schema/index.ts';
import { offenceFields } from '../../cases/offence-fields.ts';
import { lockCase } from '../../cases/settle.ts';
import { findCase } from '../../cases/store.ts';
import { decideException, holdForDecision, type AskedChoice } from '../../court-results/decide-exception.ts';
import { doubtKinds, type DoubtKind } from '../../court-results/doubts.ts';
import { listExceptions, readException, saidOf } from '../../court-results/list-exceptions.ts';
import type { ExceptionRow } from '../../court-results/store.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { holdCalendar } from '../../deadlines/store-calendar.ts';
import { findException } from '../../reference/store.ts';
import type { Context, Routes, Staff } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { staffOf } from '../authenticate.ts';
import { lockOpen, mayOpen, openCaseById, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { effectSchema } from './court-results.ts';
import { idParam } from './deadlines.ts';

export const exceptionSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    code: z.string().nullable(),
    title: z.string(),
    urn: z.string().meta({ description: 'As the message has it' }),
    caseUrn: z.string().nullable(),
    why: z.string(),
    choices: z.array(z.string()),
    facts: z.record(z.string(), z.unknown()),
    state: z.enum(['open', 'settled', 'withdrawn']),
    choice: z.record(z.string(), z.unknown()).nullable(),
    settledBy: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'CourtException' });

export const saidSchema = z.strictObject({
  about: z
    .strictObject({
      name: z.string(),
      description: z.string(),
      cause: z.string(),
      correction: z.string(),
    })
    .nullable()
    .meta({ description: 'What the standing data of the police says of the code' }),
  results: z.array(
    z.strictObject({
      id: z.uuid(),
      hearing: z.record(z.string(), z.unknown()),
      receivedAt: z.string(),
      sentAt: z.string().nullable(),
      defendants: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/court-exceptions',
  access: ['caseworker', 'senior'],
  tags: ['Courts'],
  summary: 'What in the courts’ results needs a person, oldest first',
  request: {
    query: pageQuery(z.tuple([z.string(), z.uuid()])).extend({
      state: z.enum(['open', 'settled', 'withdrawn']).default('open'),
    }),
  },
  responses: { 200: jsonAnswer('A page of exceptions', pageSchema(exceptionSchema)) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/court-exceptions/{id}',
  access: ['caseworker', 'senior'],
  tags: ['Courts'],
  summary: 'An exception with what the courts’ messages say of its case',
  request: { params: idParam },
  responses: {
    200: jsonAnswer('The exception', exceptionSchema.extend(saidSchema.shape)),
    404: problemAnswer('There is no such exception'),
  },
});

const reason = z.string().trim().min(1).max(1_000);
const decisionBody = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('reject'), reason }),
  z.strictObject({ choice: z.literal('accept') }),
  z.strictObject({ choice: z.literal('keep'), result: z.uuid() }),
  z.strictObject({ choice: z.literal('correct'), value: z.string().trim().min(1).max(40) }),
  z.strictObject({
    choice: z.literal('add'),
    ...offenceFields.pick({ title: true, class: true, chargedOn: true }).shape,
    committedOn: civilDateField.optional().meta({ description: 'Where the message gives no day' }),
  }),
  z.strictObject({
    choice: z.literal('link'),
    to: z.string().trim().min(1).max(40).meta({ description: 'A defendant, an offence, or a URN' }),
  }),
]);

const decideRoute = defineRoute({
  method: 'post',
  path: '/api/court-exceptions/{id}/decision',
  access: ['caseworker', 'senior'],
  tags: ['Courts'],
  summary: 'Settle an exception; the results take effect anew. A case is created with POST /api/cases',
  request: { params: idParam, body: jsonBody(decisionBody), headers: idempotencyHeader },
  responses: {
    200: jsonAnswer(
      'The exception and what followed',
      z.strictObject({ exception: exceptionSchema, effects: z.array(effectSchema) }),
    ),
    404: problemAnswer('There is no such exception'),
    409: problemAnswer('It is settled already'),
  },
});

/** `GET /api/court-exceptions`, `GET /api/court-exceptions/:id`, `POST /api/court-exceptions/:id/decision` */
export const courtExceptions: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { limit, cursor, state } = c.req.valid('query');
    const { db } = c.get('hub');
    const rows = await listExceptions(db, { state, staff: staffOf(c) }, limit + 1, cursor);
    const found = page(rows, limit, ({ exception }) => [exception.createdAt, exception.id]);
    await recordAccess(db, {
      ...{ staff: staffOf(c), caseId: found.items.flatMap(({ exception }) => exception.caseId ?? []) },
      ...{ action: 'read', route: c.get('routeName'), requestId: c.get('requestId') },
    });
    const items = found.items.map(({ exception, caseUrn }) => exceptionJson(exception, caseUrn));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const found = await readException(db, c.req.valid('param').id);
    if (!found) return problem(c, noException);
    const { exception, caseUrn } = found;
    const seen = await see(c, exception);
    if (isFailure(seen)) return problem(c, seen);
    const known = exception.code === null ? null : await findException(db, exception.code);
    const { name = '', description = '', cause = '', correction = '' } = known ?? {};
    const about = known === null ? null : { name, description, cause, correction };
    const results = await saidOf(db, exception);
    return c.json({ ...exceptionJson(exception, caseUrn), about, results }, 200);
  });

  app.openapi(decideRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      // Before any lock: who holds a case never waits for the calendar.
      await holdCalendar(tx);
      const found = await readException(tx, id);
      if (!found) return noException;
      const choice: AskedChoice = c.req.valid('json');
      const { exception } = found;
      await holdForDecision(tx, exception);
      const row = exception.caseId === null ? null : await lockOpen(c, tx, exception.caseId);
      if (row !== null && isFailure(row)) return row;
      const refused = await checkTarget(tx, exception, choice, actor.staff);
      if (refused) return refused;
      const [locked] = await tx.select().from(table).where(eq(table.id, id)).for('update');
      if (locked?.state !== 'open') return { kind: 'conflict', detail: 'The exception is settled already.' };
      const effects = await decideException(tx, locked, row, choice, await recordingOf(tx, actor));
      if (isFailure(effects)) return effects;
      const after = await readException(tx, id);
      if (!after) throw new Error('an exception that was settled is gone');
      const { exception: settled, caseUrn } = after;
      if (settled.caseId !== null && row === null)
        await recordAccess(tx, {
          ...{ staff: actor.staff, caseId: settled.caseId, action: 'change' },
          ...{ route: c.get('routeName'), requestId: actor.requestId },
        });
      return { status: 200, body: { exception: exceptionJson(settled, caseUrn), effects } };
    }),
  );
};

const noException: Failure = { kind: 'not-found', detail: 'There is no such exception.' };

/** What is of a case is for those who may see the case; what is of none, for every caseworker and senior. */
async function see(c: Context, { caseId }: ExceptionRow): Promise<Failure | null> {
  if (caseId === null) return null;
  const row = await openCaseById(c, caseId);
  return isFailure(row) ? row : null;
}

/** Results are given to a case by somebody who may open it. */
async function checkTarget(
  tx: Transaction,
  { kind }: ExceptionRow,
  choice: AskedChoice,
  staff: Staff,
): Promise<Failure | null> {
  if (choice.choice !== 'link' || !['unknown-case', 'bad-urn'].includes(kind)) return null;
  const target = await findCase(tx, choice.to);
  if (target === undefined) return null;
  const row = mayOpen(await lockCase(tx, target.id), staff);
  return isFailure(row) ? row : null;
}

function exceptionJson(exception: ExceptionRow, caseUrn: string | null): z.input<typeof exceptionSchema> {
  const { id, kind, code, urn, facts, state, choice, settledBy, createdAt } = exception;
  const { why, ...rest } = facts;
  const { title, choices } = doubtKinds[kind as DoubtKind];
  return {
    id,
    kind,
    code,
    title,
    urn,
    caseUrn,
    why,
    choices: [...choices],
    facts: rest,
    state,
    choice,
    settledBy,
    createdAt,
  };
}
