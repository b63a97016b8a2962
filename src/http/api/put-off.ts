import { z } from 'zod';
import { isFailure } from '../../platform/failure.ts';
import { listPutOff } from '../../tasks/list-put-off.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { recordAccess } from '../access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { readTaskView } from '../task-view.ts';
import { caseworkerParam, maySeeTask, pullerOf } from './queue.ts';
import { taskJson, taskSchema } from './task-json.ts';

const route = defineRoute({
  method: 'get',
  path: '/api/caseworkers/{id}/put-off',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Work'],
  summary: 'What somebody has put off, and until when; what comes back soonest first',
  request: { params: caseworkerParam, query: pageQuery(z.tuple([z.string(), z.uuid()])) },
  responses: {
    200: jsonAnswer('A page of tasks', pageSchema(taskSchema)),
    404: problemAnswer('There is no such caseworker'),
  },
});

/** `GET /api/caseworkers/:id/put-off` */
export const putOff: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const staff = staffOf(c);
    const who = await pullerOf(db, c.req.valid('param').id, staff, true);
    if (isFailure(who)) return problem(c, who);
    const { limit, cursor } = c.req.valid('query');
    const view = await readTaskView(db, staff.id);
    const rows = await listPutOff(db, who.id, view.edges.now, limit + 1, cursor);
    const found = page(rows, limit, ({ task }) => [task.deferredUntil ?? '', task.id]);
    const seen = found.items.filter(({ task }) => maySeeTask(task.visibleTo, staff));
    await recordAccess(db, {
      staff,
      caseId: seen.flatMap(({ task }) => task.caseId ?? []),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    return c.json({ items: seen.map(({ task, urn }) => taskJson(task, urn, view)), next: found.next }, 200);
  });
};
