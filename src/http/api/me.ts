import { z } from 'zod';
import type { Routes } from '../app-context.ts';
import { everyRole, staffOf } from '../authenticate.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const meSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(['caseworker', 'senior', 'administrator', 'auditor', 'feed']),
    team: z.enum(['crime', 'traffic']).nullable(),
  })
  .meta({ id: 'Me', example: { id: 'cw-1', name: 'Ada Wimblethwaite', role: 'caseworker', team: 'crime' } });

const route = defineRoute({
  method: 'get',
  path: '/api/me',
  access: everyRole,
  tags: ['People'],
  summary: 'Who is signed in',
  responses: { 200: jsonAnswer('The person whose token this is', meSchema) },
});

/** `GET /api/me` */
export const me: Routes = (app) => {
  app.openapi(route, (c) => {
    const { id, name, role, team } = staffOf(c);
    return c.json({ id, name, role, team }, 200);
  });
};
