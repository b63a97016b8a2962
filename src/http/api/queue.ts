import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { cases, defendants, tasks as taskTable } from '../../../db/schema/index.ts';
import { administration } from '../../cases/calendar-task.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { findActiveStaff } from '../../staff/store.ts';
import { pullNext } from '../../tasks/claim.ts';
import { readNotes } from '../../tasks/notes.ts';
import { readPuller } from '../../tasks/puller.ts';
import { sayOrder } from '../../tasks/say-order.ts';
import { countQueue, readQueue, type QueuePosition } from '../../tasks/read-queue.ts';
import { recordHistory } from '../../staff/history.ts';
import type { Routes, Staff } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { recordAccess } from '../access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { readTaskView } from '../task-view.ts';
import { taskJson, taskSchema } from './task-json.ts';
import { noteSchema } from './task-notes.ts';
import { bands } from '../../tasks/urgency.ts';

const caseworkerParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });

const countsSchema = z.strictObject(
  Object.fromEntries(bands.map((band) => [band, z.number().int()])) as Record<
    (typeof bands)[number],
    z.ZodNumber
  >,
);

/** A task in a queue, with the defendants of its case. */
const entrySchema = taskSchema.extend({ defendants: z.array(z.string()) });

const awayField = z.string().nullable().meta({
  description: 'Why nothing is given to this person today; null where they are here',
  example: 'away (leave) until 12 June 2026',
});

const queueRoute = defineRoute({
  method: 'get',
  path: '/api/caseworkers/{id}/queue',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Work'],
  summary: 'A caseworker’s queue, in the order in which its tasks would be pulled',
  request: {
    params: caseworkerParam,
    query: pageQuery(
      z.tuple([z.number(), z.number(), z.string(), z.string(), z.number(), z.uuid(), z.uuid().nullable()]),
    ),
  },
  responses: {
    200: jsonAnswer(
      'Tasks and counts by band',
      pageSchema(entrySchema).extend({ counts: countsSchema, away: awayField }),
    ),
    404: problemAnswer('There is no such caseworker'),
  },
});

const nextRoute = defineRoute({
  method: 'post',
  path: '/api/caseworkers/{id}/next-task',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Work'],
  summary: 'Pull the next task, claimed for two hours, and why this one',
  request: { params: caseworkerParam, headers: idempotencyHeader },
  responses: {
    200: jsonAnswer(
      'The task',
      z.strictObject({ task: taskSchema, because: z.array(z.string()), notes: z.array(noteSchema) }),
    ),
    204: { description: 'There is nothing to do' },
    404: problemAnswer('There is no such caseworker'),
  },
});

/** `GET /api/caseworkers/:id/queue`, `POST /api/caseworkers/:id/next-task` */
export const queue: Routes = (app) => {
  app.openapi(queueRoute, async (c) => {
    const { db } = c.get('hub');
    const who = await pullerOf(db, c.req.valid('param').id, staffOf(c), true);
    if (isFailure(who)) return problem(c, who);
    const { limit, cursor } = c.req.valid('query');
    const view = await readTaskView(db, staffOf(c).id);
    const now = await readPuller(db, who, view.calendar, view.edges.now);
    // Every page of a list is by the case that was in hand when the first was read.
    const puller = cursor === undefined ? now : { ...now, hand: cursor[6] };
    const entries = await readQueue(db, puller, view.edges, limit + 1, cursor && positionOf(cursor));
    const found = page(entries, limit, (e) => [
      ...[e.rank, e.consequence, e.dueAt, e.createdAt, e.apart, e.id],
      puller.hand,
    ]);
    const rows = await readTasksById(
      db,
      found.items.map(({ id }) => id),
    );
    const items = found.items.flatMap(({ id }) => {
      const row = rows.get(id);
      return row && maySeeTask(row.task.visibleTo, staffOf(c))
        ? [{ ...taskJson(row.task, row.urn, view), defendants: row.defendants }]
        : [];
    });
    await recordAccess(db, {
      staff: staffOf(c),
      caseId: [...rows.values()].flatMap(({ task }) => (task.caseId === null ? [] : [task.caseId])),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const counts = await countQueue(db, puller, view.edges);
    return c.json({ items, next: found.next, counts, away: puller.away }, 200);
  });

  app.openapi(nextRoute, (c) =>
    change(c, async (tx, actor) => {
      const who = await pullerOf(tx, c.req.valid('param').id, actor.staff, false);
      if (isFailure(who)) return who;
      const view = await readTaskView(tx, who.id);
      const puller = await readPuller(tx, who, view.calendar, view.edges.now);
      const task = await pullNext(tx, puller, view.edges);
      if (task === null) return { status: 204 };
      const urn = (await readTasksById(tx, [task.id])).get(task.id)?.urn ?? null;
      const body = taskJson(task, urn, view);
      await recordHistory(tx, actor, view.edges.now, [
        {
          action: 'task-claimed',
          caseId: task.caseId,
          entity: 'task',
          entityId: task.id,
          detail: { kind: task.kind },
        },
      ]);
      if (task.caseId !== null)
        await recordAccess(tx, {
          staff: actor.staff,
          caseId: task.caseId,
          action: 'read',
          route: c.get('routeName'),
          requestId: actor.requestId,
        });
      const order = { ...task, chasingFailed: task.caseId !== null && view.failedChasing.has(task.caseId) };
      const because = [...body.because, sayOrder(order, view.edges, puller.hand)];
      return { status: 200, body: { task: body, because, notes: await readNotes(tx, task.id) } };
    }),
  );
};

/** Whose queue is meant; only seniors look into another person's, and nobody pulls for another. */
async function pullerOf(
  db: Database | Transaction,
  id: string,
  viewer: Staff,
  mayLook: boolean,
): Promise<{ id: string; team: string } | Failure> {
  if (id !== viewer.id && !(mayLook && viewer.role === 'senior'))
    return { kind: 'not-allowed', detail: 'This is another person’s queue.' };
  const staff = id === viewer.id ? viewer : await findActiveStaff(db, id);
  if (!staff || staff.role === 'feed' || staff.role === 'auditor')
    return { kind: 'not-found', detail: 'There is no such caseworker.' };
  return { id: staff.id, team: staff.role === 'administrator' ? administration : (staff.team ?? '') };
}

function positionOf([rank, consequence, dueAt, createdAt, apart, id]: [
  number,
  number,
  string,
  string,
  number,
  string,
  string | null,
]): QueuePosition {
  return { rank, consequence, dueAt, createdAt, apart, id };
}

/** Of a restricted case's work a senior who is not named sees nothing here. */
function maySeeTask(visibleTo: readonly string[], viewer: Staff): boolean {
  return visibleTo.length === 0 || visibleTo.includes(viewer.id);
}

/** Tasks by their ids, with the URNs and the defendants of their cases. */
export async function readTasksById(db: Database | Transaction, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await db
    .select({
      task: taskTable,
      urn: cases.urn,
      defendants: sql<string[]>`array(select d.name from ${defendants} d
        where d.case_id = ${taskTable.caseId} order by d.position)`,
    })
    .from(taskTable)
    .leftJoin(cases, eq(cases.id, taskTable.caseId))
    .where(inArray(taskTable.id, [...ids]));
  return new Map(rows.map((row) => [row.task.id, row]));
}
