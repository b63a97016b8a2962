import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { sayDate } from '../calendar/civil-date.ts';
import { sayMaterial } from '../materials/material-types.ts';
import type { Instant } from '../platform/clock.ts';
import { groupBy } from '../platform/group-by.ts';
import { givenToSeniors } from '../tasks/given-to-seniors.ts';
import { openTasks, type Work } from '../tasks/store.ts';
import { lastMomentOf, type TaskDraft } from '../tasks/task-draft.ts';
import type { Owed } from './owed.ts';
import { tellStory, type Told } from './tell-story.ts';

/**
 * Chasing has come to nothing: whoever has the case gets a task to decide, with the whole story, and a senior of the
 * team one to see to it. While the request stands so, the work of the case rises (`src/tasks/urgency.ts`).
 * @returns the ids of the tasks, by request
 */
export async function giveUp(
  tx: Transaction,
  failed: readonly Owed[],
  now: Instant,
): Promise<Map<string, string[]>> {
  if (failed.length === 0) return new Map();
  const ids = failed.map(({ request }) => request.id);
  const told = await readTold(tx, ids);
  await tx.execute(sql`
    update material_requests set failed_at = ${now}::timestamptz
    where id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`);
  const work = failed.flatMap((owed): Work[] => {
    const { id, team, caseworker, restricted, visibleTo } = owed.row;
    const assignment = { caseId: id, team, assignee: caseworker, visibleTo: restricted ? visibleTo : [] };
    const story = tellStory(told.get(owed.request.id) ?? []);
    return [decision(owed, story, now), oversight(owed, story, now)].map((draft) => ({ assignment, draft }));
  });
  const taskIds = await openTasks(tx, await givenToSeniors(tx, work), now);
  return new Map(ids.map((id, i) => [id, taskIds.slice(2 * i, 2 * i + 2)]));
}

function decision({ request, row }: Owed, story: readonly string[], now: Instant): TaskDraft {
  return {
    ...common(request, now),
    kind: 'chasing-failed',
    title: `Decide: ${sayMaterial(request.material)} has not come`,
    source: `chasing-failed:${request.id}`,
    why: [
      `It was due on ${sayDate(request.dueOn)}, and everybody who could be asked for it has been`,
      ...story,
      `Why it is needed: ${request.why}`,
      `Tell the CPS about ${row.urn} and decide whether to go on without it`,
    ],
    consequence: 'hearing',
    effortMinutes: 20,
  };
}

function oversight({ request, row }: Owed, story: readonly string[], now: Instant): TaskDraft {
  return {
    ...common(request, now),
    kind: 'chasing-failed-senior',
    title: `Chasing has failed: ${sayMaterial(request.material)}`,
    source: `chasing-failed-senior:${request.id}`,
    why: [
      `It was due on ${sayDate(request.dueOn)}, and ${request.officer} and those above have not supplied it`,
      ...story,
      `The caseworker of ${row.urn} has a task to decide what to do without it: take it up with the station`,
    ],
    consequence: 'chase',
    effortMinutes: 10,
    forSenior: true,
  };
}

function common({ id }: Owed['request'], now: Instant) {
  return {
    requestId: id,
    subject: {},
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
  };
}

/** Every step and every answer of requests, in order, by request. */
async function readTold(tx: Transaction, ids: readonly string[]): Promise<Map<string, Told[]>> {
  const rows = await tx.execute<Told & { id: string }>(sql`
    with wanted as (
      select r.id, r.case_id, r.key from material_requests r
      where r.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))
    )
    select w.id, (c.at at time zone 'Europe/London')::date::text as on, c.at::text as at, c.level as what,
      c.recipient as who, c.stands_in as "standsIn", null as answer, null as until, null as reason
    from wanted w join chasers c on c.request_id = w.id where c.recipient is not null
    union all
    select w.id, e.happened_on::text, e.recorded_at::text, 'answer', replace(e.recorded_by, 'officer:', ''), null,
      e.data->>'answer', e.data->>'until', e.data->>'reason'
    from wanted w join case_events e on e.case_id = w.case_id and e.type = 'officer-answered'
      and e.data->>'request' = w.key
    where not exists (select from case_events s where s.supersedes = e.id)
    order by at`);
  return groupBy(rows, ({ id }) => id);
}
