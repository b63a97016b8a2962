import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { rules } from '../../deadlines/rules/register.ts';
import { forecastWorkingDays } from '../../workload/forecast-input.ts';
import type { LateWork, Outlook } from '../../workload/forecast-of-team.ts';
import { readForecast } from '../../workload/read-forecast.ts';
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
    startsOn: z
      .string()
      .nullable()
      .meta({ description: 'It is put off or not to be seen until then; null where it can be begun now' }),
    isDueWhileAway: z.boolean().meta({ description: 'It falls due while whoever has it is away' }),
  })
  .meta({ id: 'LateWork' });

const outlook = {
  capacityMinutes: count,
  workMinutes: count,
  overdue: count.meta({ description: 'Overdue already, and counted as late in both figures' }),
  lateCount: count.meta({ description: 'As things are: earliest due first' }),
  restrictedLateMinutes: count.meta({
    description:
      'Minutes of what will be late of restricted cases that you may not see, and is in no other figure of it',
  }),
  late: z
    .array(lateSchema)
    .meta({ description: 'At most 200 of a team and 50 of a person, earliest due first' }),
  cautious: z
    .strictObject({
      workMinutes: count,
      lateCount: count,
      restrictedLateMinutes: count,
      late: z.array(lateSchema).meta({ description: 'What is late then and not as usual' }),
    })
    .meta({
      description:
        'If all of it took as long as four in five stay within (P80): more than is likely, for seldom does all of it',
    }),
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
  absences: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        from: z.string(),
        to: z.string(),
        due: count.meta({ description: 'Pieces of work that fall due meanwhile' }),
        covered: count.meta({ description: 'Of those, what colleagues cover; nobody does the others' }),
        openMinutes: count.meta({ description: 'Of what nobody covers' }),
        says: z.string(),
      }),
    )
    .meta({ description: 'What falls due while whoever has it is away' }),
});

const personSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    team: z.string(),
    ...outlook,
    leastLate: count.meta({
      description:
        'The least that is late in whatever order, by their own work alone; a bound where some cannot be begun yet',
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
    200: jsonAnswer(
      'Worked out from what stands now; of restricted cases that you may not see, minutes alone',
      forecastSchema,
    ),
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
    const named = forecasts.flatMap(({ people, whole }) =>
      [whole, ...people].flatMap(({ late, cautious }) => [...late, ...cautious.late]),
    );
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
        teams: forecasts.map(({ team: of, whole, shortfalls, absences }) => {
          const short = shortfalls.filter(({ kind }) => kind === 'short');
          const json = outlookJson(whole);
          return {
            team: of,
            ...json,
            isPossible: short.length === 0 && whole.leastLate === 0,
            because: [
              ...sayOverdue(whole),
              ...short.map(({ because }) => because),
              ...sayTooLate(whole, short),
            ],
            shortfalls,
            absences,
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

/** What comes up too late to be done, where no lack of hours says it. */
function sayTooLate({ overdue, leastLate }: Outlook, short: readonly unknown[]): string[] {
  const many = leastLate - overdue;
  if (many <= 0 || short.length > 0) return [];
  return [
    `At least ${many === 1 ? 'one piece of work' : `${many} pieces of work`} can only be begun too late: put off, or still to come up`,
  ];
}

function outlookJson({ late, cautious, grave: _grave, ...rest }: Outlook) {
  return { ...rest, late: late.map(lateJson), cautious: { ...cautious, late: cautious.late.map(lateJson) } };
}

function lateJson(one: LateWork): z.input<typeof lateSchema> {
  const { urn, minutes, holder, caseId: _caseId, ...rest } = one;
  return { ...rest, caseUrn: urn, effortMinutes: minutes, assignee: holder };
}
