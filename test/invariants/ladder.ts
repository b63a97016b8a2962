import { sql } from 'drizzle-orm';
import { alerts, chasers, materialRequests } from '../../db/schema/index.ts';
import { addBusinessDays, businessDaysBetween } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf } from '../../src/calendar/london-time.ts';
import { loadCalendar } from '../../src/deadlines/store-calendar.ts';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/**
 * Invariant 15: the steps of a ladder came in order, with their gaps, each once for one asking, none after the material
 * was received, and an officer got one digest a day.
 */
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
          from chasers c join alerts a on a.id = c.alert_id where c.at < a.fire_at
          union all
          select format('15: step %s of request %s was carried out %s times for %s', step, request_id, count(*), occasion)
          from chasers where occasion is not null group by step, request_id, occasion having count(*) > 1
          union all
          select format('15: chaser %s was carried out for nothing that is said', id) from chasers where occasion is null
          union all
          select format('15: request %s is held until %s, and step %s is to fire at %s', r.id, r.held_until, a.step, a.fire_at)
          from material_requests r join alerts a on a.obligation_id = r.id and a.state = 'pending'
          where (a.fire_at at time zone 'Europe/London')::date < r.held_until
          union all
          select format('15: %s was sent %s digests on %s', to_id, count(*), day) from (
            select to_id, purpose, (sent_at at time zone 'Europe/London')::date as day from messages
            where state = 'sent' and purpose = 'chaser' and key ~ '^chaser:[^:]+:[0-9-]{10}$') digest
          group by to_id, day having count(*) > 1`,
    )),
  ];
}

type Step = { step: string; level: string; on: string };

/** The plan by which a request is chased in its version, as it is stored: `sergeant/sergeant/2026-06-24`. */
function stepsIn(plan: string | null): Step[] {
  return (plan ?? '')
    .split(' ')
    .map((word) => word.split('/'))
    .filter(([step]) => step !== '' && step !== 'critical')
    .map(([step = '', level = '', on = '']) => ({ step, level, on }));
}

async function outOfOrder(db: Asked): Promise<string[]> {
  const calendar = await loadCalendar(db);
  const all = await db
    .select({ chaser: chasers, alert: alerts, request: materialRequests })
    .from(chasers)
    .innerJoin(alerts, sql`${alerts.id} = ${chasers.alertId}`)
    .innerJoin(materialRequests, sql`${materialRequests.id} = ${chasers.requestId}`)
    .orderBy(chasers.requestId, chasers.requestVersion, alerts.fireAt, chasers.at, chasers.id);
  // That something has turned critical is said beside the ladder.
  const rows = all.filter(({ chaser }) => chaser.step !== 'critical');
  return rows.flatMap(({ chaser, alert, request }, i) => {
    const plan = stepsIn(request.plan);
    const before = rows[i - 1];
    const follows =
      before?.chaser.requestId === chaser.requestId && before.chaser.requestVersion === chaser.requestVersion;
    const place = (step: string) => plan.findIndex((one) => one.step === step);
    const say = (what: string) => `15: request ${request.id}: step ${chaser.step} ${what}`;
    // Of older versions no plan is kept.
    if (chaser.requestVersion !== request.version) return [];
    const planned = plan[place(chaser.step)];
    if (planned === undefined) return [say('is in no plan')];
    if (civilDateOf(alert.fireAt) < planned.on)
      return [say(`was due on ${planned.on}, and fell on ${civilDateOf(alert.fireAt)}`)];
    if (!follows) return [];
    if (place(before.chaser.step) >= place(chaser.step)) return [say(`came after ${before.chaser.step}`)];
    if (chaser.at < before.chaser.at) return [say(`was carried out before ${before.chaser.step}`)];
    if (planned.level === 'officer') return [];
    const previous = plan[place(chaser.step) - 1];
    const gap = businessDaysBetween(calendar, previous?.on ?? planned.on, planned.on);
    const came = civilDateOf(before.chaser.at);
    const soonest = typeof gap === 'number' && gap > 0 ? addBusinessDays(calendar, came, gap) : came;
    return typeof soonest === 'string' && civilDateOf(chaser.at) < soonest
      ? [say(`came on ${civilDateOf(chaser.at)}, too soon after ${before.chaser.step}`)]
      : [];
  });
}
