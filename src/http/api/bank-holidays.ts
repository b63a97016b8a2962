import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import type { MoveDates } from '../../../db/schema/recomputations.ts';
import { readMoves, readProgress, type Progress } from '../../cases/store-recomputations.ts';
import { proclaimHolidays } from '../../cases/proclaim-holidays.ts';
import { BANK_HOLIDAY_YEARS } from '../../calendar/bank-holidays-data.ts';
import { compare, isCivilDate } from '../../calendar/civil-date.ts';
import { toLondonOffset } from '../../calendar/london-time.ts';
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
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';

const yearField = z.number().int().min(1900).max(2999);

const holidaysSchema = z
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

const datesSchema = z.strictObject({ legalDue: z.string().nullable(), actionDue: z.string().nullable() });

const recomputationFields = {
  id: z.uuid(),
  cause: z.enum(['calendar', 'rules']),
  why: z.array(z.string()),
  state: z.enum(['pending', 'running', 'done']),
  calendarVersion: z.string(),
  casesTotal: z.number().int(),
  casesDone: z.number().int(),
  casesFailed: z.number().int().meta({ description: 'Given up after three tries; a person has a task' }),
  movedTotal: z.number().int().meta({ description: 'Deadlines moved, added, met or withdrawn so far' }),
  requestedAt: z.string(),
  requestedBy: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
};
const recomputationSchema = z.strictObject(recomputationFields).meta({ id: 'Recomputation' });
const moveSchema = z.strictObject({
  caseUrn: z.string().nullable().meta({ description: 'Null for a restricted case' }),
  deadlineId: z.uuid(),
  rule: z.string(),
  kind: z.enum(['moved', 'added', 'met', 'withdrawn']),
  before: datesSchema.nullable(),
  after: datesSchema.nullable(),
});

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

const progressRoute = defineRoute({
  method: 'get',
  path: '/api/calendar/recomputations/{id}',
  access: ['administrator', 'senior', 'auditor'],
  tags: ['Operations'],
  summary: 'How far a recomputation is, and every date that it moved. URNs and ids only: nobody is named',
  request: { params: idParam, query: pageQuery(z.tuple([z.number().int()])) },
  responses: {
    200: jsonAnswer(
      'The recomputation, with a page of what it moved',
      z.strictObject({ ...recomputationFields, moved: pageSchema(moveSchema) }),
    ),
    404: problemAnswer('There is no such recomputation'),
  },
});

/** `GET|PUT /api/calendar/bank-holidays`, `GET /api/calendar/recomputations/:id` */
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
      const { proclaimed, lastYear } = c.req.valid('json');
      const added = {
        proclaimed: proclaimed.map(({ on, name }) => ({ date: on, name })),
        lastYear: lastYear ?? current.lastYear,
      };
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

  app.openapi(progressRoute, async (c) => {
    const { db } = c.get('hub');
    const { id } = c.req.valid('param');
    const progress = await readProgress(db, id);
    if (!progress) return problem(c, { kind: 'not-found', detail: 'There is no such recomputation.' });
    const { limit, cursor } = c.req.valid('query');
    const moves = page(await readMoves(db, id, limit + 1, cursor?.[0]), limit, (move) => [move.id]);
    const moved = { items: moves.items.map(moveJson), next: moves.next };
    return c.json({ ...recomputationJson(progress), moved }, 200);
  });
};

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

function recomputationJson(progress: Progress): z.input<typeof recomputationSchema> {
  const { id, cause, why, calendarVersion, casesTotal, casesLeft, casesFailed, movedTotal } = progress;
  const { requestedAt, requestedBy, startedAt, finishedAt } = progress;
  const state = finishedAt !== null ? 'done' : startedAt !== null ? 'running' : 'pending';
  const casesDone = casesTotal - casesLeft - casesFailed;
  return {
    ...{ id, cause, why, state, calendarVersion, casesTotal, casesDone, casesFailed, movedTotal },
    ...{ requestedAt, requestedBy, startedAt, finishedAt },
  };
}

type Move = Awaited<ReturnType<typeof readMoves>>[number];

function moveJson({ caseUrn, deadlineId, rule, kind, before, after }: Move): z.input<typeof moveSchema> {
  return {
    caseUrn,
    deadlineId,
    rule,
    kind,
    before: before && inLondon(before),
    after: after && inLondon(after),
  };
}

function inLondon({ legalDue, actionDue }: MoveDates): MoveDates {
  return {
    legalDue: legalDue === null || isCivilDate(legalDue) ? legalDue : toLondonOffset(legalDue),
    actionDue,
  };
}
