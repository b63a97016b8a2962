import { z } from 'zod';
import { foldCase } from '../../cases/fold.ts';
import { readEvents, readPeople } from '../../cases/store.ts';
import { isFailure } from '../../platform/failure.ts';
import { witnessCare } from '../../victims/witness-care.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';

const day = z.string().nullable();

const careSchema = z
  .strictObject({
    personId: z.uuid(),
    name: z.string(),
    role: z.enum(['victim', 'witness']),
    needed: z.enum(['needed', 'not-needed', 'not-said']),
    neededSince: day,
    warnedOn: day.meta({ description: 'Told that they must give evidence' }),
    availabilityOn: day.meta({ description: 'Said on which days they cannot come' }),
    unavailable: z
      .array(z.strictObject({ from: z.string(), to: z.string(), why: z.string().optional() }))
      .nullable(),
    dewarnedOn: day.meta({ description: 'Told that they need not come after all' }),
    specialMeasures: z.strictObject({
      appliedOn: day,
      decidedOn: day,
      granted: z.boolean().nullable(),
      toldOn: day,
    }),
  })
  .meta({ id: 'WitnessCare' });

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/witness-care',
  access: ['caseworker', 'senior'],
  tags: ['Victims and witnesses'],
  summary: 'Who is needed at court, warned, available, let go, and told of special measures',
  request: { params: urnParam },
  responses: {
    200: jsonAnswer('Everybody', z.strictObject({ items: z.array(careSchema), next: z.null() })),
    404: problemAnswer('There is no such case'),
  },
});

/** `GET /api/cases/:urn/witness-care` */
export const witnessCareOfCase: Routes = (app) => {
  app.openapi(route, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const { people } = await readPeople(db, row.id);
    const items = witnessCare(foldCase(await readEvents(db, row.id))).map((care) => {
      const person = people.find(({ id }) => id === care.personId);
      return { ...care, name: person?.name ?? '', unavailable: person?.unavailable ?? null };
    });
    return c.json({ items, next: null }, 200);
  });
};
