import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { administration } from '../../cases/calendar-task.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { findActiveStaff } from '../../staff/store.ts';
import { lockHeld, pullNext } from '../../tasks/claim.ts';
import { readPulled } from '../../tasks/notes.ts';
import { pullingOf, readPuller } from '../../tasks/puller.ts';
import { sayOrder } from '../../tasks/say-order.ts';
import { addCounts, noCounts, readQueue, type QueuePosition } from '../../tasks/read-queue.ts';
import type { TaskRow } from '../../tasks/store.ts';
import { createTeamCounts, type TeamCounts } from '../../tasks/team-counts.ts';
import { recordHistory, type HistoryEntry } from '../../staff/history.ts';
import type { Context, Routes, Staff } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { authenticatePuller } from '../authenticate-puller.ts';
import { recordAccess } from '../access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { taskJson, taskSchema, taskView } from './task-json.ts';
import { noteSchema } from './task-notes.ts';
import { bands } from '../../tasks/urgency.ts';

export const caseworkerParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });

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

/** Which page of a queue is asked for. */
export const queueQuery = pageQuery(
  z.tuple([z.number(), z.number(), z.string(), z.string(), z.number(), z.uuid(), z.uuid().nullable()]),
);

const queuePageSchema = pageSchema(entrySchema).extend({
  counts: countsSchema,
  away: awayField,
  asOf: z.string(),
});
export type QueuePage = z.input<typeof queuePageSchema>;

const queueRoute = defineRoute({
  method: 'get',
  path: '/api/caseworkers/{id}/queue',
  access: ['caseworker', 'senior', 'administrator'],
  authenticated: authenticatePuller,
  tags: ['Work'],
  summary: 'A caseworker’s queue, in the order in which its tasks would be pulled',
  request: {
    params: caseworkerParam,
    query: queueQuery,
  },
  responses: {
    200: jsonAnswer('Tasks and counts by band', queuePageSchema),
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

const countsOf = new WeakMap<Database, TeamCounts>();

/**
 * A page of somebody's queue, for whoever asks: what the interface answers and what the page of it shows.
 * @returns a failure where it is another person's, or there is no such caseworker
 */
export async function readQueuePage(
  c: Context,
  id: string,
  { limit, cursor }: z.output<typeof queueQuery>,
): Promise<QueuePage | Failure> {
  const { db } = c.get('hub');
  const viewer = staffOf(c).id;
  const who = await pullerOf(db, id, staffOf(c), true);
  if (isFailure(who)) return who;
  const known = c.get('asksForWork');
  const {
    puller: asNow,
    edges,
    calendar,
  } = known?.id === who.id ? await pullingOf(db, who, known.row) : await readPuller(db, who);
  // Every page of a list is by the case that was in hand when the first was read.
  const puller = cursor === undefined ? asNow : { ...asNow, hand: cursor[6] };
  const teamCounts = countsOf.get(db) ?? createTeamCounts();
  countsOf.set(db, teamCounts);
  const ofTeam = await teamCounts.countsFor(db, puller, edges);
  const { entries, counts } = await readQueue(db, puller, edges, {
    limit: limit + 1,
    after: cursor && positionOf(cursor),
    countTeam: ofTeam === null,
    reading: { viewer, shown: limit, route: c.get('routeName'), requestId: c.get('requestId') },
  });
  const found = page(entries, limit, (e) => [
    ...[e.rank, e.consequence, e.dueAt, e.createdAt, e.apart, e.id],
    puller.hand,
  ]);
  const view = taskView(calendar, edges.now, viewer);
  const items = found.items
    .filter(({ task }) => maySeeTask(task.visibleTo, staffOf(c)))
    .map(({ task, urn, defendants }) => Object.assign(taskJson(task, urn, view), { defendants }));
  const all = addCounts(counts.own, ofTeam ?? counts.team ?? noCounts());
  return { items, next: found.next, counts: all, away: puller.away, asOf: edges.now };
}

/** `GET /api/caseworkers/:id/queue`, `POST /api/caseworkers/:id/next-task` */
export const queue: Routes = (app) => {
  app.openapi(queueRoute, async (c) => {
    const read = await readQueuePage(c, c.req.valid('param').id, c.req.valid('query'));
    return isFailure(read) ? problem(c, read) : c.json(read, 200);
  });

  app.openapi(nextRoute, (c) =>
    change(c, async (tx, actor) => {
      const who = await pullerOf(tx, c.req.valid('param').id, actor.staff, false);
      if (isFailure(who)) return who;
      // Sent together: one way there and back.
      const [held, { puller, edges, calendar }] = await Promise.all([
        lockHeld(tx, who.id),
        readPuller(tx, who),
      ]);
      const task = await pullNext(tx, puller, edges, held);
      if (task === null) return { status: 204 };
      const [{ urn, notes }] = await Promise.all([
        readPulled(tx, task),
        recordHistory(tx, actor, edges.now, [claimed(task)]),
        task.caseId === null ? undefined : recordAccess(tx, readingOf(c, actor, task.caseId)),
      ]);
      const body = taskJson(task, urn, taskView(calendar, edges.now, who.id));
      const because = [...body.because, sayOrder(task, edges, puller.hand)];
      return { status: 200, body: { task: body, because, notes } };
    }),
  );
};

function claimed(task: TaskRow): HistoryEntry {
  const { id, caseId, kind } = task;
  return { action: 'task-claimed', caseId, entity: 'task', entityId: id, detail: { kind } };
}

function readingOf(c: Context, { staff, requestId }: StaffActor, caseId: string) {
  return { staff, caseId, action: 'read' as const, route: c.get('routeName'), requestId };
}

/** Whose queue is meant; only seniors look into another person's, and nobody pulls for another. */
export async function pullerOf(
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
export function maySeeTask(visibleTo: readonly string[], viewer: Staff): boolean {
  return visibleTo.length === 0 || visibleTo.includes(viewer.id);
}
