import { z } from 'zod';
import { searchOffences } from '../../reference/store.ts';
import type { Routes } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { pageAt, pageQuery, pageSchema, placeField } from '../paging.ts';
import { searchField } from '../search-field.ts';

export const offenceSchema = z
  .strictObject({
    code: z.string(),
    title: z.string().nullable().meta({ description: 'Null for a few local codes' }),
    category: z.string().meta({ description: 'As the offence list of the criminal justice system has it' }),
    class: z
      .enum(['summary-only', 'either-way', 'indictable-only'])
      .nullable()
      .meta({ description: 'Null where the category does not say it' }),
    recordableOnPnc: z.boolean(),
  })
  .meta({
    id: 'ReferenceOffence',
    example: {
      code: 'TH68006',
      title: 'Theft from the person of another',
      category: 'CE',
      class: 'either-way',
      recordableOnPnc: true,
    },
  });

const route = defineRoute({
  method: 'get',
  path: '/api/offences',
  access: everyRole,
  tags: ['Reference data'],
  summary: 'Offences by the beginning of a code or by words of the title, the likeliest first',
  request: { query: pageQuery(placeField).extend({ q: searchField('TH68') }) },
  responses: {
    200: jsonAnswer('The best matches', pageSchema(offenceSchema)),
  },
});

/** `GET /api/offences?q=` */
export const offences: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { q, limit, cursor: [place] = [0] } = c.req.valid('query');
    const rows = await searchOffences(c.get('hub').db, q, limit + 1, place);
    return c.json(pageAt(rows, limit, place), 200);
  });
};
