import { z } from 'zod';
import type { Routes } from '../app-context.ts';
import { defineRoute } from '../define-route.ts';

const route = defineRoute({
  method: 'get',
  path: '/metrics',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'Figures for Prometheus: counts and times, no names',
  responses: {
    200: { description: 'In the text format', content: { 'text/plain': { schema: z.string() } } },
  },
});

/** `GET /metrics` */
export const metrics: Routes = (app, parts) => {
  const { metrics: registry } = parts;
  app.openapi(route, async (c) => {
    if (!registry) throw new Error('no registry of metrics was handed in');
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
};
