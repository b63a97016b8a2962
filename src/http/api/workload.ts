import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { rules } from '../../deadlines/rules/register.ts';
import { bands } from '../../tasks/urgency.ts';
import { plannedShare } from '../../workload/capacity.ts';
import { readWorkload } from '../../workload/read-workload.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { absenceSchema } from './staff-absences.ts';

const count = z.number().int();
const weekFields = {
  from: z.string().meta({ description: 'Its Monday' }),
  loadMinutes: count.meta({
    description: 'Of the first week in which there is time left with what is overdue',
  }),
  restrictedMinutes: count.meta({ description: 'Of that, of restricted cases that you may not see' }),
};
const fullWeekSchema = z.strictObject({
  ...weekFields,
  capacityMinutes: count.meta({ description: '85 % of the minutes worked; of the first week what is left' }),
});
const loadFields = {
  cases: count.meta({ description: 'Open cases that you may see' }),
  tasks: z.strictObject({ open: count, overdue: count }),
  bands: z.strictObject(
    Object.fromEntries(bands.map((band) => [band, count])) as Record<(typeof bands)[number], typeof count>,
  ),
  overdueMinutes: count,
  laterMinutes: count.meta({ description: 'Due after the last week' }),
};
const withCapacity = { ...loadFields, weeks: z.array(fullWeekSchema) };
const pool = z.strictObject({ ...loadFields, weeks: z.array(z.strictObject(weekFields)) });

const personSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    team: z.string(),
    skills: z.array(z.string()),
    absences: z.array(absenceSchema),
    ...withCapacity,
  })
  .meta({ id: 'PersonWorkload' });

export const workloadSchema = pageSchema(personSchema).extend({
  asOf: z.string(),
  plannedShare: z.number(),
  teams: z.array(z.strictObject({ team: z.string(), ...withCapacity, pool })),
  hub: z.strictObject({ ...withCapacity, pool }),
});

const route = defineRoute({
  method: 'get',
  path: '/api/workload',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'Capacity and load of every caseworker by week, in minutes, with the totals of teams and hub',
  request: {
    query: pageQuery(z.tuple([z.string()])).extend({
      team: z.enum(['crime', 'traffic']).optional(),
      weeks: z
        .string()
        .regex(/^([1-9]|1[0-2])$/, 'must be a whole number from 1 to 12')
        .transform(Number)
        .default(8)
        .openapi({ type: 'integer', minimum: 1, maximum: 12, default: 8 }),
    }),
  },
  responses: {
    200: jsonAnswer(
      'Work is open tasks, and pending deadlines that will make some; of restricted cases that you may not see, minutes alone',
      workloadSchema,
    ),
  },
});

/** `GET /api/workload` */
export const workload: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const { limit, cursor, team, weeks } = c.req.valid('query');
    const now = await readNow(db);
    const calendar = await loadCalendar(db);
    const { people, teams, hub } = await readWorkload(db, {
      viewer: staffOf(c).id,
      weeks,
      now,
      calendar,
      rules,
    });
    const wanted = people.filter(
      (one) => (team === undefined || one.team === team) && (cursor === undefined || one.id > cursor[0]),
    );
    const found = page(wanted.slice(0, limit + 1), limit, ({ id }) => [id]);
    return c.json({ ...found, asOf: now, plannedShare, teams, hub }, 200);
  });
};
