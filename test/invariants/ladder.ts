import { sql } from 'drizzle-orm';
import { alerts, cases, chasers, hearings, materialRequests } from '../../db/schema/index.ts';
import { addBusinessDays, businessDayOnOrAfter } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf } from '../../src/calendar/london-time.ts';
import { ordinaryLadder, urgentLadder } from '../../src/chasers/ladder.ts';
import { loadCalendar } from '../../src/deadlines/store-calendar.ts';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/** Invariant 15: the steps of a ladder came in order, with their gaps, and none after the material was received. */
export async function ladderProblems(db: Asked): Promise<string[]> {
  return [
    ...(await outOfOrder(db)),
    ...(await sentences(
      db,
      sql`select format('15: request %s was %s at %s and chased at %s', r.id, r.state, r.changed_at, c.at)
          from chasers c join material_requests r on r.id = c.request_id
          where r.state <> 'outstanding' and c.at > r.changed_at
          union all
          select format('15: chaser %s was carried out at %s, before its time', c.id, c.at)
          from chasers c join alerts a on a.id = c.alert_id where c.at < a.fire_at`,
    )),
  ];
}

async function outOfOrder(db: Asked): Promise<string[]> {
  const calendar = await loadCalendar(db);
  const rows = await db
    .select({ chaser: chasers, alert: alerts, request: materialRequests, hearing: hearings.id })
    .from(chasers)
    .innerJoin(alerts, sql`${alerts.id} = ${chasers.alertId}`)
    .innerJoin(materialRequests, sql`${materialRequests.id} = ${chasers.requestId}`)
    .innerJoin(cases, sql`${cases.id} = ${materialRequests.caseId}`)
    .leftJoin(
      hearings,
      sql`${hearings.id} = (select h.id from hearings h where h.case_id = ${cases.id} limit 1)`,
    )
    .orderBy(chasers.requestId, chasers.requestVersion, alerts.fireAt, chasers.at);
  return rows.flatMap(({ chaser, alert, request, hearing }, i) => {
    const before = rows[i - 1];
    const follows =
      before?.chaser.requestId === chaser.requestId && before.chaser.requestVersion === chaser.requestVersion;
    const ladder = request.urgent ? urgentLadder : ordinaryLadder;
    const place = (step: string) => ordinaryLadder.findIndex((one) => one.step === step);
    const say = (what: string) => `15: request ${request.id}: step ${chaser.step} ${what}`;
    if (follows && place(before.chaser.step) >= place(chaser.step))
      return [say(`came after ${before.chaser.step}`)];
    if (follows && chaser.at < before.chaser.at) return [say(`was carried out before ${before.chaser.step}`)];
    // The first of a ladder may be late; one with a hearing near is brought forward; of older versions no date is kept.
    if (!follows || hearing !== null || chaser.requestVersion !== request.version) return [];
    const days = ladder.find(({ step }) => step === chaser.step)?.businessDays;
    if (days === undefined) return [say('is of the other ladder')];
    const due =
      days === 0
        ? businessDayOnOrAfter(calendar, request.dueOn)
        : addBusinessDays(calendar, request.dueOn, days);
    return civilDateOf(alert.fireAt) === due
      ? []
      : [say(`was due on ${JSON.stringify(due)}, and fell on ${civilDateOf(alert.fireAt)}`)];
  });
}
