import { z } from 'zod';
import { foldCase } from '../../cases/fold.ts';
import { readEvents } from '../../cases/store.ts';
import { computeDeadlines } from '../../deadlines/compute.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { loadRules } from '../../deadlines/store-settings.ts';
import { fileList } from '../../materials/file-list.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { standardIds } from '../../materials/standards/file-standard.ts';
import { needs } from '../../materials/standards/needs.ts';
import { readRequests } from '../../materials/store.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';

const itemSchema = z
  .strictObject({
    standard: z.enum(standardIds),
    standardVersion: z
      .number()
      .int()
      .meta({ description: 'In force when the file was received, or asked for' }),
    material: z.string(),
    title: z.string(),
    why: z.string(),
    when: z.string().meta({ description: 'In which cases it is asked for' }),
    atFirstHearing: z.boolean().meta({
      description: 'In the least that the court must have at the first hearing of this case (r.8.3)',
    }),
    request: z.uuid().nullable().meta({ description: 'The request for it; null where it was not asked for' }),
    state: z.enum(['outstanding', 'received', 'not-required', 'withdrawn', 'not-asked']),
  })
  .meta({ id: 'FileListItem' });

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/file',
  access: ['caseworker', 'senior'],
  tags: ['Materials'],
  summary:
    'What the file of a case holds by its standards, what a court must have at the first hearing foremost',
  request: { params: urnParam },
  responses: {
    200: jsonAnswer('The list', z.strictObject({ items: z.array(itemSchema), next: z.null() })),
    404: problemAnswer('There is no such case'),
  },
});

/** `GET /api/cases/:urn/file` */
export const caseFile: Routes = (app) => {
  app.openapi(route, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const state = foldCase(await readEvents(db, row.id));
    const computed = computeDeadlines(state, await loadRules(db), await loadCalendar(db));
    const requests = new Map((await readRequests(db, row.id)).map((request) => [request.key, request]));
    const items = fileList(state, computed).map(
      ({ standard, item, key, atFirstHearing }): z.input<typeof itemSchema> => ({
        standard: standard.id,
        standardVersion: standard.version,
        material: item.material,
        title: sayMaterial(item.material),
        why: item.why,
        when: needs[item.need].says,
        atFirstHearing,
        request: requests.get(key)?.id ?? null,
        state: requests.get(key)?.state ?? 'not-asked',
      }),
    );
    return c.json({ items, next: null }, 200);
  });
};
