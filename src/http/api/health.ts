import { z } from 'zod';
import type { AppParts, Context, Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { checkReadiness } from '../readiness.ts';

const liveRoute = defineRoute({
  method: 'get',
  path: '/health/live',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'Whether the process answers at all',
  responses: { 200: jsonAnswer('It does', z.strictObject({ status: z.literal('live') })) },
});

const readinessSchema = z
  .strictObject({
    status: z.enum(['ready', 'degraded', 'down']),
    checks: z.strictObject({
      postgres: z.enum(['up', 'down']),
      migrations: z.enum(['current', 'behind', 'unknown']),
      canary: z.strictObject({
        status: z.enum(['heard', 'silent', 'unknown']),
        ageSeconds: z.number().nullable().meta({ description: 'Of the queue that has been silent longest' }),
      }),
      redis: z.enum(['up', 'down', 'not-used']),
    }),
  })
  .meta({ id: 'Readiness' });

const readyRoute = defineRoute({
  method: 'get',
  path: '/health/ready',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'Whether requests can be answered; degraded where work only comes later than it could',
  responses: {
    200: jsonAnswer('Ready, or degraded', readinessSchema),
    503: jsonAnswer('Down: nothing can be kept', readinessSchema),
  },
});

/** `GET /health/live` and `GET /health/ready` */
export const health: Routes = (app, parts) => {
  app.openapi(liveRoute, (c) => c.json({ status: 'live' }, 200));
  app.openapi(readyRoute, (c) => answer(c, parts));
};

async function answer(c: Context, parts: AppParts): Promise<Response> {
  const readiness = await checkReadiness(parts.hub.db, parts.isRedisUp);
  if (readiness.status !== 'down') return c.json(readiness, 200);
  return c.json(readiness, 503, { 'Retry-After': '5' });
}
