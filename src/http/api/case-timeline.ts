import { z } from 'zod';
import { sayActor, sayEntry } from '../../cases/say-timeline.ts';
import { readEvents } from '../../cases/store.ts';
import { readTimeline, readTimelineNames } from '../../cases/timeline.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { eventJson, eventSchema } from './case-events.ts';
import { urnParam } from './cases.ts';

const entrySchema = z
  .strictObject({
    id: z.string(),
    at: z.string(),
    kind: z.string(),
    title: z.string(),
    actor: z.string(),
    by: z.string().meta({ description: 'Who did it, by name', example: 'officer PC1001' }),
    detail: z.record(z.string(), z.unknown()),
    event: eventSchema.optional(),
  })
  .meta({ id: 'TimelineEntry' });

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/timeline',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary: 'Everything that happened in a case, newest first',
  request: { params: urnParam, query: pageQuery(z.tuple([z.string(), z.string()])) },
  responses: {
    200: jsonAnswer('A page of the timeline', pageSchema(entrySchema)),
    404: problemAnswer('There is no such case'),
  },
});

/** `GET /api/cases/:urn/timeline` */
export const caseTimeline: Routes = (app) => {
  app.openapi(route, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const { limit, cursor } = c.req.valid('query');
    const entries = await readTimeline(db, row.id, limit + 1, cursor);
    const found = page(entries, limit, ({ at, id }) => [at, id]);
    const events = new Map((await readEvents(db, row.id)).map((event) => [event.id, event]));
    const names = await readTimelineNames(db, row.id, found.items);
    const items = found.items.map((entry) => {
      const event =
        entry.kind === 'event-recorded' ? events.get(entry.detail['entityId'] as string) : undefined;
      const said = { title: sayEntry(entry, names, event?.data), by: sayActor(entry.actor, names) };
      return { ...entry, ...said, ...(event === undefined ? {} : { event: eventJson(event) }) };
    });
    return c.json({ items, next: found.next }, 200);
  });
};
