import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { previewHolidays } from '../../cases/preview-holidays.ts';
import { proclaimHolidays } from '../../cases/proclaim-holidays.ts';
import { BANK_HOLIDAY_YEARS } from '../../calendar/bank-holidays-data.ts';
import { compare } from '../../calendar/civil-date.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import {
  lessThanAYearLeft,
  lockCalendar,
  readCalendarRow,
  type CalendarRow,
} from '../../deadlines/store-calendar.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';
import {
  datesJson,
  datesSchema,
  moveSchema,
  recomputationJson,
  recomputationSchema,
} from './recomputations.ts';

const yearField = z.number().int().min(1900).max(2999);

export const holidaysSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({ on: z.string(), name: z.string(), source: z.enum(['official', 'proclaimed']) }),
    ),
    firstYear: yearField,
    lastYear: yearField.meta({ description: 'The last year whose whole list is loaded' }),
    lessThanAYearLeft: z.boolean().meta({ description: 'Whether a year from now is beyond the last list' }),
    version: z.string().meta({ description: 'The calendar version that deadlines carry' }),
  })
  .meta({ id: 'BankHolidays' });

const bodySchema = z
  .strictObject({
    proclaimed: z
      .array(z.strictObject({ on: civilDateField, name: z.string().trim().min(1).max(100) }))
      .max(400)
      .meta({ description: 'Every bank holiday beside the official list; it replaces those before' }),
    lastYear: yearField.optional().meta({
      description: `The last year whose whole list is loaded, as it is unless given. The whole lists of years after ${BANK_HOLIDAY_YEARS.lastYear} stand within \`proclaimed\``,
    }),
  })
  .meta({ id: 'ProclaimedHolidays', example: { proclaimed: [{ on: '2027-06-11', name: 'Jubilee' }] } });

const readRoute = defineRoute({
  method: 'get',
  path: '/api/calendar/bank-holidays',
  access: ['administrator', 'senior', 'caseworker'],
  tags: ['Operations'],
  summary: 'The bank holidays by which the hub counts',
  responses: { 200: jsonAnswer('Every bank holiday, in order', holidaysSchema) },
});

const replaceRoute = defineRoute({
  method: 'put',
  path: '/api/calendar/bank-holidays',
  access: ['administrator'],
  tags: ['Operations'],
  summary: 'Replace the proclaimed bank holidays; every live case is worked out again in the background',
  request: { body: jsonBody(bodySchema), headers: ifMatchHeader },
  responses: {
    202: jsonAnswer('Accepted: follow its progress at Location', recomputationSchema),
    412: problemAnswer('They were changed after they were read'),
    428: problemAnswer('If-Match is missing'),
  },
});

export const previewSchema = z
  .strictObject({
    why: z.array(z.string()).meta({ description: 'Which days would change' }),
    cases: z.number().int().meta({ description: 'Live cases that would be worked out again' }),
    changes: z.array(
      z.strictObject({
        rule: z.string(),
        kind: z.enum(['moved', 'added', 'met', 'withdrawn']),
        count: z.number().int(),
        examples: z
          .array(
            z.strictObject({
              caseUrn: moveSchema.shape.caseUrn,
              before: datesSchema.nullable(),
              after: datesSchema.nullable(),
            }),
          )
          .meta({ description: 'Five at most' }),
      }),
    ),
  })
  .meta({ id: 'BankHolidaysPreview' });

const previewRoute = defineRoute({
  method: 'post',
  path: '/api/calendar/bank-holidays/preview',
  access: ['administrator'],
  tags: ['Operations'],
  summary: 'Which dates would move if these bank holidays were proclaimed; nothing is changed',
  request: { body: jsonBody(bodySchema) },
  responses: { 200: jsonAnswer('What would change, by rule', previewSchema) },
});

/** `GET|PUT /api/calendar/bank-holidays`, `POST /api/calendar/bank-holidays/preview` */
export const bankHolidays: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const row = await readCalendarRow(db);
    return c.json(holidaysJson(row, await readNow(db)), 200, { ETag: calendarTag(row) });
  });

  app.openapi(replaceRoute, (c) =>
    change(c, async (tx, actor) => {
      await lockCalendar(tx);
      const current = await readCalendarRow(tx);
      const stale = checkIfMatch(c, calendarTag(current));
      if (stale) return stale;
      const added = addedOf(c.req.valid('json'), current);
      const done = await proclaimHolidays(tx, added, { id: actor.id, requestId: actor.requestId });
      if (isFailure(done)) return done;
      const { row, recomputation } = done;
      return {
        status: 202,
        headers: { Location: `/api/calendar/recomputations/${recomputation.id}`, ETag: calendarTag(row) },
        body: recomputationJson({
          ...recomputation,
          casesLeft: recomputation.casesTotal,
          casesFailed: 0,
          movedTotal: 0,
        }),
      };
    }),
  );

  app.openapi(previewRoute, async (c) => {
    const { db } = c.get('hub');
    const found = await previewHolidays(db, addedOf(c.req.valid('json'), await readCalendarRow(db)));
    if (isFailure(found)) return problem(c, found);
    const changes = found.diffs.map(({ rule, kind, count, examples }) => ({
      rule,
      kind,
      count,
      examples: examples.map(({ urn, isRestricted, before, after }) => ({
        caseUrn: isRestricted ? null : urn,
        before: before && datesJson(before),
        after: after && datesJson(after),
      })),
    }));
    return c.json({ why: found.why, cases: found.cases, changes }, 200);
  });
};

function addedOf({ proclaimed, lastYear }: z.output<typeof bodySchema>, current: CalendarRow) {
  return {
    proclaimed: proclaimed.map(({ on, name }) => ({ date: on, name })),
    lastYear: lastYear ?? current.lastYear,
  };
}

/** The calendar counts its versions; content that comes back has a tag of its own all the same. */
function calendarTag({ n }: CalendarRow): string {
  return etagOf('bank-holidays', Math.max(n, 1));
}

function holidaysJson(row: CalendarRow, now: string): z.input<typeof holidaysSchema> {
  const proclaimed = new Set(row.proclaimed.map(({ date }) => date));
  return {
    items: [...row.holidays]
      .sort((a, b) => compare(a.date, b.date))
      .map(({ date, name }) => ({
        on: date,
        name,
        source: proclaimed.has(date) ? 'proclaimed' : 'official',
      })),
    firstYear: row.firstYear,
    lastYear: row.lastYear,
    lessThanAYearLeft: lessThanAYearLeft(row.lastYear, now),
    version: row.version,
  };
}
