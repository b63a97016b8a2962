import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { rules } from '../../deadlines/rules/register.ts';
import type { LateWork, Outlook } from '../../workload/forecast-of-team.ts';
import { forecastWorkingDays, readForecast } from '../../workload/read-forecast.ts';
import type { Routes } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { staffOf } from '../authenticate.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const count = z.number().int();

const lateSchema = z
  .strictObject({
    id: z.uuid().meta({ description: 'Of the task; of the deadline where there is no task yet' }),
    title: z.string(),
    caseUrn: z.string().nullable(),
    dueAt: z.string(),
    effortMinutes: count,
    assignee: z.string().nullable(),
    isComing: z.boolean(),
    doneOn: z.string().nullable().meta({ description: 'Null where that is after the last day' }),
  })
  .meta({ id: 'LateWork' });

const outlook = {
  capacityMinutes: count,
  workMinutes: count,
  overdue: count.meta({ description: 'Overdue already, and counted as late in both figures' }),
  lateCount: count.meta({ description: 'As things are: earliest due first' }),
  restrictedLate: count.meta({ description: 'Of those, of restricted cases that you may not see' }),
  late: z.array(lateSchema).meta({ description: 'At most 200 of them, earliest due first' }),
};

const shortfallSchema = z
  .strictObject({
    skills: z.array(z.array(z.string())).meta({ description: 'What the work takes, one set or another' }),
    by: z.string(),
    capacityMinutes: count,
    dueMinutes: count,
    kind: z.enum(['short', 'tight']).meta({
      description: 'short: it cannot be done in time by any sharing out; tight: it hardly can',
    }),
    because: z.string(),
  })
  .meta({ id: 'Shortfall' });

const teamSchema = z.strictObject({
  team: z.string(),
  ...outlook,
  leastLate: count.meta({
    description: 'A bound: by any sharing out and in any order it is at least so many',
  }),
  isPossible: z.boolean().meta({ description: 'False where it is proved that not all can be in time' }),
  because: z.array(z.string()).meta({ description: 'Why not, in words' }),
  shortfalls: z.array(shortfallSchema),
});

const personSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    team: z.string(),
    ...outlook,
    leastLate: count.meta({
      description: 'The least that is late in whatever order, by their own work alone',
    }),
  })
  .meta({ id: 'PersonForecast' });

export const forecastSchema = z.strictObject({
  asOf: z.string(),
  workingDays: count,
  until: z.string(),
  items: z.array(personSchema),
  next: z.null(),
  teams: z.array(teamSchema),
});

const route = defineRoute({
  method: 'get',
  path: '/api/forecast',
  access: ['senior'],
  tags: ['Seniors'],
  summary:
    'The next 60 working days: what will be late as things are, at best, and whether it can be done at all',
  request: { query: z.strictObject({ team: z.enum(['crime', 'traffic']).optional() }) },
  responses: {
    200: jsonAnswer('Worked out from what stands now', forecastSchema),
  },
});

const everyTeam = ['crime', 'traffic'] as const;

/** `GET /api/forecast` */
export const forecast: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const { team } = c.req.valid('query');
    const viewer = staffOf(c);
    const about = { viewer: viewer.id, now: await readNow(db), calendar: await loadCalendar(db), rules };
    const teams = team === undefined ? everyTeam : [team];
    const forecasts = await Promise.all(teams.map((one) => readForecast(db, one, about)));
    const named = forecasts.flatMap(({ people, whole }) => [whole, ...people].flatMap(({ late }) => late));
    await recordAccess(db, {
      staff: viewer,
      caseId: named.flatMap(({ caseId }) => caseId ?? []),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    return c.json(
      {
        asOf: about.now,
        workingDays: forecastWorkingDays,
        until: forecasts[0]?.days.at(-1) ?? '',
        items: forecasts.flatMap(({ team: of, people }) =>
          people.map(({ id, name, ...one }) => ({ id, name, team: of, ...outlookJson(one) })),
        ),
        next: null,
        teams: forecasts.map(({ team: of, whole, shortfalls }) => {
          const short = shortfalls.filter(({ kind }) => kind === 'short');
          const json = outlookJson(whole);
          return {
            team: of,
            ...json,
            isPossible: short.length === 0 && whole.overdue === 0,
            because: [...sayOverdue(whole), ...short.map(({ because }) => because)],
            shortfalls,
          };
        }),
      },
      200,
    );
  });
};

function sayOverdue({ overdue }: Outlook): string[] {
  if (overdue === 0) return [];
  return [
    overdue === 1 ? 'One piece of work is overdue already' : `${overdue} pieces of work are overdue already`,
  ];
}

function outlookJson({ late, ...rest }: Outlook) {
  return { ...rest, late: late.map(lateJson) };
}

function lateJson(one: LateWork): z.input<typeof lateSchema> {
  const { id, title, urn, dueAt, minutes, holder, isComing, doneOn } = one;
  return { id, title, caseUrn: urn, dueAt, effortMinutes: minutes, assignee: holder, isComing, doneOn };
}
