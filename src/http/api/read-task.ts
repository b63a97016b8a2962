import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { cases, tasks } from '../../../db/schema/index.ts';
import { readNotes } from '../../tasks/notes.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { openCaseById } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';
import { readTaskView } from '../task-view.ts';
import { idParam } from './deadlines.ts';
import { isTheirs } from './tasks.ts';
import { taskJson, taskSchema } from './task-json.ts';
import { noteSchema } from './task-notes.ts';

const heldSchema = taskSchema.extend({
  notes: z.array(noteSchema).meta({ description: 'Written down while it was held, the oldest first' }),
});
/** A task as whoever works on it sees it. */
export type ReadTaskJson = z.input<typeof heldSchema>;

const route = defineRoute({
  method: 'get',
  path: '/api/tasks/{id}',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Work'],
  summary: 'A task, and why it stands where it does',
  request: { params: idParam },
  responses: { 200: jsonAnswer('The task', heldSchema), 404: problemAnswer('There is no such task') },
});

const noTask: Failure = { kind: 'not-found', detail: 'There is no such task.' };

/** `GET /api/tasks/:id` */
export const readTaskRoute: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const staff = staffOf(c);
    const [found] = await db
      .select({ task: tasks, urn: cases.urn })
      .from(tasks)
      .leftJoin(cases, eq(cases.id, tasks.caseId))
      .where(eq(tasks.id, c.req.valid('param').id));
    if (!found || !isTheirs(found.task, staff)) return problem(c, noTask);
    if (found.task.caseId !== null) {
      const row = await openCaseById(c, found.task.caseId);
      if (isFailure(row)) return problem(c, row.kind === 'not-found' ? noTask : row);
    }
    const [view, notes] = await Promise.all([readTaskView(db, staff.id), readNotes(db, found.task.id)]);
    return c.json({ ...taskJson(found.task, found.urn, view), notes }, 200);
  });
};
