import { z } from 'zod';
import { listStaff } from '../../staff/list-staff.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';

export const staffMemberSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(['caseworker', 'senior', 'administrator', 'auditor', 'feed']),
    team: z.enum(['crime', 'traffic']).nullable(),
    active: z.boolean().meta({ description: 'False of who has left' }),
    away: z.string().nullable().meta({
      description: 'Null where they are here now',
      example: 'away (leave) until 12 June 2026',
    }),
  })
  .meta({ id: 'StaffMember' });

const route = defineRoute({
  method: 'get',
  path: '/api/staff',
  access: ['senior', 'administrator'],
  tags: ['People'],
  summary: 'The people of the hub, and the machine clients that feed it',
  request: {
    query: pageQuery(z.tuple([z.string()])).extend({ team: z.enum(['crime', 'traffic']).optional() }),
  },
  responses: { 200: jsonAnswer('A page of them, by id', pageSchema(staffMemberSchema)) },
});

/** `GET /api/staff` */
export const staffList: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { limit, cursor, team } = c.req.valid('query');
    const rows = await listStaff(c.get('hub').db, { team }, limit + 1, cursor?.[0]);
    return c.json(
      page(rows, limit, ({ id }) => [id]),
      200,
    );
  });
};
