import { z } from 'zod';
import { searchCourts } from '../../reference/store.ts';
import type { Routes } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { pageAt, pageQuery, pageSchema, placeField } from '../paging.ts';
import { searchField } from '../search-field.ts';

const courtSchema = z
  .strictObject({
    code: z.string().meta({ description: 'Seven characters, as in court results' }),
    type: z.enum(['magistrates', 'crown', 'youth']),
    name: z.string(),
    house: z.string(),
    area: z.string(),
    psaCode: z.string().nullable(),
  })
  .meta({
    id: 'ReferenceCourt',
    example: {
      code: 'B01LY00',
      type: 'magistrates',
      name: "Lavender Hill Magistrates' Court",
      house: 'Lavender Hill',
      area: 'London',
      psaCode: '2576',
    },
  });

const route = defineRoute({
  method: 'get',
  path: '/api/courts',
  access: everyRole,
  tags: ['Reference data'],
  summary: 'Courts by the beginning of a code or by words of the name or area, main houses first',
  request: { query: pageQuery(placeField).extend({ q: searchField('lavender') }) },
  responses: {
    200: jsonAnswer('The best matches', pageSchema(courtSchema)),
  },
});

/** `GET /api/courts?q=` */
export const courts: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { q, limit, cursor: [place] = [0] } = c.req.valid('query');
    const rows = await searchCourts(c.get('hub').db, q, limit + 1, place);
    return c.json(pageAt(rows, limit, place), 200);
  });
};
