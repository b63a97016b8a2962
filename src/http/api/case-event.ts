import { z } from 'zod';
import { readEvents } from '../../cases/store.ts';
import { sayActor } from '../../cases/say-timeline.ts';
import { readFollowed, readRecording } from '../../cases/what-followed.ts';
import { readDeadlines } from '../../deadlines/store.ts';
import { isFailure } from '../../platform/failure.ts';
import { readStaffNames } from '../../staff/store.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';
import { eventJson, eventSchema, settledJson, settledSchema } from './case-events.ts';
import { urnParam } from './cases.ts';

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/events/{id}',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary:
    'An event, the deadlines that it added, moved, met and withdrew, as they were then, and the tasks made with it',
  request: { params: urnParam.extend({ id: z.uuid() }) },
  responses: {
    200: jsonAnswer(
      'What was recorded and what followed',
      z.strictObject({
        event: eventSchema,
        ...settledSchema,
        recordedBy: z.string().meta({ description: 'By name' }),
        opened: z.array(z.uuid()).meta({ description: 'The tasks that were made with it' }),
      }),
    ),
    404: problemAnswer('There is no such case, or no such event of it'),
  },
});

/** `GET /api/cases/:urn/events/:id` */
export const caseEvent: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { urn, id } = c.req.valid('param');
    const row = await openCase(c, urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const event = (await readEvents(db, row.id)).find((one) => one.id === id);
    if (!event) return problem(c, { kind: 'not-found', detail: 'There is no such event in this case.' });
    const followed = await readFollowed(db, row.id, id, await readDeadlines(db, row.id));
    const { by, tasks } = await readRecording(db, row.id, id);
    const recordedBy = sayActor(by, { staff: await readStaffNames(db, [by]) });
    return c.json({ event: eventJson(event), ...settledJson(followed), recordedBy, opened: tasks }, 200);
  });
};
