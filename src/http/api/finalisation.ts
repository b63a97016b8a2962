import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { foldCase } from '../../cases/fold.ts';
import { readFinalisation } from '../../cases/read-finalisation.ts';
import { readEvents } from '../../cases/store.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { finalisationItemIds, overrideField } from '../../finalisation/items.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { problem } from '../problem.ts';
import { urnParam } from './cases.ts';

const itemId = z.enum(finalisationItemIds);

export const finalisationSchema = z
  .strictObject({
    caseUrn: z.string(),
    complete: z.boolean().meta({ description: 'Nothing is left to do: the case can be finalised' }),
    missing: z.array(itemId).meta({ description: 'What is not done: to be done, or named in an override' }),
    items: z.array(
      z.strictObject({
        id: itemId,
        title: z.string(),
        state: z.enum(['done', 'not-done', 'not-applicable']),
        why: z.array(z.string()),
        toDo: z.string().nullable(),
        about: z
          .array(z.record(z.string(), z.string()))
          .meta({ description: 'The ids of whom or what it waits for' }),
      }),
    ),
    finalised: z
      .strictObject({ on: z.string(), by: z.string(), at: z.string(), override: overrideField.nullable() })
      .nullable()
      .meta({ description: 'Where the case is finalised: when, by whom, and what was overridden' }),
  })
  .meta({ id: 'Finalisation' });

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/finalisation',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'What is done and what is not before the case can be finalised, why, and what to do',
  request: { params: urnParam },
  responses: {
    200: jsonAnswer('The checklist', finalisationSchema),
    404: problemAnswer('There is no such case'),
  },
});

/** `GET /api/cases/:urn/finalisation` */
export const finalisation: Routes = (app) => {
  app.openapi(route, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const events = await readEvents(db, row.id);
    const state = foldCase(events);
    const now = await readNow(db);
    const items = await readFinalisation(db, row.id, state, { now, calendar: await loadCalendar(db) });
    const missing = items.filter((item) => item.state === 'not-done').map(({ id }) => id);
    const closing = events.find(({ id }) => id === state.finalised?.eventId);
    return c.json(
      {
        caseUrn: row.urn,
        complete: missing.length === 0,
        missing,
        items,
        finalised:
          closing === undefined
            ? null
            : {
                on: closing.on,
                by: closing.recordedBy,
                at: closing.recordedAt,
                override: overrideField.nullable().parse(closing.data['override'] ?? null),
              },
      },
      200,
    );
  });
};
