import { z } from 'zod';
import { sayRequestNews } from '../../cases/history-of-requests.ts';
import { readEvents } from '../../cases/store.ts';
import { readTimeline, type TimelineEntry } from '../../cases/timeline.ts';
import { isFailure } from '../../platform/failure.ts';
import type { EventType } from '../../cases/event-types.ts';
import { findRule, rules } from '../../deadlines/rules/register.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { eventJson, eventSchema, eventTitle } from './case-events.ts';
import { urnParam } from './cases.ts';

const entrySchema = z
  .strictObject({
    id: z.string(),
    at: z.string(),
    kind: z.string(),
    title: z.string(),
    actor: z.string(),
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
    const items = found.items.map((entry) => {
      const event =
        entry.kind === 'event-recorded' ? events.get(entry.detail['entityId'] as string) : undefined;
      return { ...entry, title: titleOf(entry), ...(event === undefined ? {} : { event: eventJson(event) }) };
    });
    return c.json({ items, next: found.next }, 200);
  });
};

const titles: Record<string, string> = {
  'case-created': 'Case received',
  'deadline-added': 'Deadline added',
  'deadline-moved': 'Deadline moved',
  'deadline-met': 'Deadline met',
  'deadline-withdrawn': 'Deadline withdrawn',
  'task-claimed': 'Task started',
  'task-completed': 'Task completed',
  'task-released': 'Task given back',
  'task-deferred': 'Task put off',
  'task-reassigned': 'Task given to another',
  'task-cancelled': 'Task cancelled',
  'person-changed': 'Victim or witness details changed',
  'person-linked': 'Victim or witness linked with another case',
  'person-unlinked': 'Victim or witness not of another case after all',
  'person-messaged': 'Victim or witness asked by message to ring',
  'person-referred': 'Victim or witness referred to a support service',
  'referral-answered': 'Support service answered',
  'contact-not-made': 'Update given up: the person cannot be reached',
  'finalisation-overridden': 'Finalised although it was not done',
};

function titleOf({ kind, detail }: TimelineEntry): string {
  if (kind === 'event-recorded') return eventTitle(detail['type'] as EventType);
  if (kind === 'chased')
    return `${sayMaterial(detail['material'] as string)}: ${detail['level'] === 'officer' ? 'officer chased' : `escalated to the ${String(detail['level'])}`}`;
  if (kind === 'materials-changed') return `Material: ${sayRequestNews(detail)}`;
  const rule = ruleTitle(detail['rule']);
  if (kind === 'alert-fired') return `Alert (${String(detail['step'])}): ${rule}`;
  const title = titles[kind] ?? kind;
  return rule === '' ? title : `${title}: ${rule}`;
}

function ruleTitle(id: unknown): string {
  if (typeof id !== 'string') return '';
  return (findRule(id, 1) ?? rules.find((rule) => rule.id === id))?.title ?? id;
}
