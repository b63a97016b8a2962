import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { instantField } from '../../deadlines/facts.ts';
import { invalidField, isFailure } from '../../platform/failure.ts';
import type { DemoParts, Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer, jsonBody } from '../define-route.ts';
import { problem } from '../problem.ts';

const clockSchema = z
  .strictObject({ now: z.string().meta({ format: 'date-time', example: '2026-03-06T08:00:00.000Z' }) })
  .meta({ id: 'DemoClock' });

const readRoute = defineRoute({
  method: 'get',
  path: '/demo/clock',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'The clock by which everything is judged',
  responses: { 200: jsonAnswer('The time', clockSchema) },
});

const moveRoute = defineRoute({
  method: 'post',
  path: '/demo/clock',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'Moves the clock forward; answers when all that fell due on the way has been carried out',
  request: { body: jsonBody(z.strictObject({ now: instantField })) },
  responses: { 200: jsonAnswer('The time after the move', clockSchema) },
});

/** `GET|POST /demo/clock` */
export const demoClock: Routes = (app, parts) => {
  const { moveClock } = parts.demo as DemoParts;

  app.openapi(readRoute, async (c) => c.json({ now: await readNow(c.get('hub').db) }, 200));

  app.openapi(moveRoute, async (c) => {
    const { now: to } = c.req.valid('json');
    if (to < (await readNow(c.get('hub').db)))
      return problem(c, invalidField('now', 'is in the past: the clock goes forward only'));
    const moved = await moveClock(to);
    return isFailure(moved) ? problem(c, moved) : c.json({ now: moved.now }, 200);
  });
};
