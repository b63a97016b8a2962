import ical from 'ical-generator';
import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { addDays } from '../../calendar/civil-date.ts';
import { readCalendarEntries, type CalendarEntry } from '../../cases/calendar-deadlines.ts';
import type { Failure } from '../../platform/failure.ts';
import { makeCalendarLink, ownerOfCalendarLink, revokeCalendarLink } from '../../staff/calendar-link.ts';
import { recordHistory } from '../../staff/history.ts';
import { recordAccess } from '../access.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { problem } from '../problem.ts';

const caseworkerParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });

const makeRoute = defineRoute({
  method: 'post',
  path: '/api/caseworkers/{id}/calendar-link',
  access: ['caseworker', 'senior'],
  tags: ['Work'],
  summary:
    'A private link to your deadlines for your calendar, shown once; it revokes the one before. No answer is kept for an Idempotency-Key',
  request: { params: caseworkerParam, headers: idempotencyHeader },
  responses: { 201: jsonAnswer('The link', z.strictObject({ url: z.string() })) },
});

const revokeRoute = defineRoute({
  method: 'delete',
  path: '/api/caseworkers/{id}/calendar-link',
  access: ['caseworker', 'senior'],
  tags: ['Work'],
  summary: 'Revoke your calendar link',
  request: { params: caseworkerParam },
  responses: { 204: { description: 'Revoked' }, 404: problemAnswer('There is none') },
});

const feedRoute = defineRoute({
  method: 'get',
  path: '/calendar/{token}',
  access: 'anyone',
  tags: ['Work'],
  summary: 'A caseworker’s open deadlines as iCalendar, by their private link: URN and rule only',
  request: { params: z.object({ token: z.string().max(100).meta({ example: 'aGk...Q.ics' }) }) },
  responses: {
    200: { description: 'All-day events', content: { 'text/calendar': { schema: z.string() } } },
    404: problemAnswer('There is no such link, or no longer'),
  },
});

/** `POST|DELETE /api/caseworkers/:id/calendar-link`, `GET /calendar/:token.ics` */
export const calendarFeed: Routes = (app) => {
  app.openapi(makeRoute, (c) =>
    change(c, async (tx, actor) => {
      const refused = onlyOwn(c.req.valid('param').id, actor);
      if (refused) return refused;
      const now = await readNow(tx);
      const token = await makeCalendarLink(tx, actor.id, now);
      await recordHistory(tx, actor, now, [entryOf('calendar-link-made', actor)]);
      const url = `${c.get('hub').config.publicUrl}/calendar/${token}.ics`;
      return { status: 201, body: { url }, isSecret: true };
    }),
  );

  app.openapi(revokeRoute, (c) =>
    change(c, async (tx, actor) => {
      const refused = onlyOwn(c.req.valid('param').id, actor);
      if (refused) return refused;
      if (!(await revokeCalendarLink(tx, actor.id)))
        return { kind: 'not-found', detail: 'There is no calendar link.' };
      await recordHistory(tx, actor, await readNow(tx), [entryOf('calendar-link-revoked', actor)]);
      return { status: 204 };
    }),
  );

  app.openapi(feedRoute, async (c) => {
    const { db } = c.get('hub');
    const token = /^([\w-]{43})\.ics$/.exec(c.req.valid('param').token)?.[1];
    const owner = token === undefined ? null : await ownerOfCalendarLink(db, token);
    if (owner === null) return problem(c, { kind: 'not-found', detail: 'There is no such calendar.' });
    const entries = await readCalendarEntries(db, owner);
    await recordAccess(db, {
      staff: `calendar:${owner}`,
      caseId: entries.map(({ caseId }) => caseId),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    return c.body(calendarText(entries), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Cache-Control': 'private, max-age=900',
    });
  });
};

function onlyOwn(id: string, actor: StaffActor): Failure | null {
  return id === actor.id ? null : { kind: 'not-allowed', detail: 'This is another person’s calendar.' };
}

function entryOf(action: string, { id }: StaffActor) {
  return { action, caseId: null, entity: 'staff', entityId: id, detail: {} };
}

/** All-day events: no zone is needed, and none is given. */
function calendarText(entries: readonly CalendarEntry[]): string {
  const calendar = ical({ name: 'Prosecution Hub deadlines', prodId: '//prosecution-hub//deadlines//EN' });
  for (const { id, on, title, version, changedAt } of entries)
    calendar.createEvent({
      id,
      sequence: version,
      stamp: new Date(changedAt),
      start: midnight(on),
      end: midnight(addDays(on, 1)),
      allDay: true,
      summary: title,
    });
  return calendar.toString();
}

/** ical-generator writes a Date without a zone by its day in UTC. */
function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
