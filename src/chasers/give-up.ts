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
import { readOwed, type Owed } from './owed.ts';
import { tellStory, type Told } from './tell-story.ts';

/** The task of whoever has the case, and that of a senior of the team: one of each stands in a case. */
const decisionKind = 'chasing-failed';
const oversightKind = 'chasing-failed-senior';

/**
 * Chasing has come to nothing: whoever has the case gets one task to decide, with the whole story of all that has not
 * come, and a senior of the team one to see to it. Further material of the case that fails while they stand is added to
 * them. While a request stands so, the work of the case rises (`src/tasks/urgency.ts`).
 * @returns the ids of the tasks, by request
 */
export async function giveUp(
  tx: Transaction,
  failed: readonly Owed[],
  now: Instant,
): Promise<Map<string, string[]>> {
  if (failed.length === 0) return new Map();
  const ids = failed.map(({ request }) => request.id);
  await tx.execute(sql`
    update material_requests set failed_at = ${now}::timestamptz
    where id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`);
  const undecided = await readOwed(tx, await readUndecided(tx, ids));
  const told = await readTold(tx, [...undecided.keys()]);
  const byCase = [...groupBy([...undecided.values()], ({ row }) => row.id).values()];
  const work = byCase.flatMap((owed): Work[] => {
    const [first] = owed;
    if (first === undefined) return [];
    const { id, team, caseworker, restricted, visibleTo } = first.row;
    const assignment = { caseId: id, team, assignee: caseworker, visibleTo: restricted ? visibleTo : [] };
    const inOrder = owed.toSorted(byDueDay);
    return [decision(inOrder, told, now), oversight(inOrder, told, now)].map((draft) => ({
      assignment,
      draft,
    }));
  });
  const taskIds = await openTasks(tx, await givenToSeniors(tx, work), now);
  const ofCase = new Map(byCase.map(([first], i) => [first?.row.id, taskIds.slice(2 * i, 2 * i + 2)]));
  return new Map(failed.map(({ request, row }) => [request.id, ofCase.get(row.id) ?? []]));
}

const byDueDay = ({ request: one }: Owed, { request: other }: Owed) =>
  one.dueOn.localeCompare(other.dueOn) || one.key.localeCompare(other.key);

function decision(owed: readonly Owed[], told: ReadonlyMap<string, Told[]>, now: Instant): TaskDraft {
  return {
    ...common(owed, decisionKind, now),
    title: `Decide: ${sayAll(owed)} not come`,
    why: [
      ...owed.flatMap(({ request }) => [
        `${sayMaterial(request.material)}: due on ${sayDate(request.dueOn)}, and everybody who could be asked for it has been`,
        ...tellStory(told.get(request.id) ?? []),
        `Why it is needed: ${request.why}`,
      ]),
      `Tell the CPS about ${owed[0]?.row.urn} and decide whether to go on without it`,
    ],
    consequence: 'hearing',
    effortMinutes: 20,
  };
}

function oversight(owed: readonly Owed[], told: ReadonlyMap<string, Told[]>, now: Instant): TaskDraft {
  return {
    ...common(owed, oversightKind, now),
    title: `Chasing has failed: ${sayAll(owed)} not come`,
    why: [
      ...owed.flatMap(({ request }) => [
        `${sayMaterial(request.material)}: due on ${sayDate(request.dueOn)}, and ${request.officer} and those above have not supplied it`,
        ...tellStory(told.get(request.id) ?? []),
      ]),
      `The caseworker of ${owed[0]?.row.urn} has a task to decide what to do without it: take it up with the station`,
    ],
    consequence: 'chase',
    effortMinutes: 10,
    forSenior: true,
  };
}

function sayAll([first, ...rest]: readonly Owed[]): string {
  const name = sayMaterial(first?.request.material ?? '');
  return rest.length === 0 ? `${name} has` : `${name} and ${rest.length} more have`;
}

function common(owed: readonly Owed[], kind: string, now: Instant) {
  const [only, ...rest] = owed;
  return {
    kind,
    source: kind,
    ...(only !== undefined && rest.length === 0 ? { requestId: only.request.id } : {}),
    subject: {},
    danger: false,
    alwaysCritical: false,
    dueAt: lastMomentOf(civilDateOf(now)),
  };
}

/** The requests given, and what else of their cases has failed and is not decided yet. */
async function readUndecided(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with given as (
      select r.id, r.case_id from material_requests r
      where r.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))
    )
    select id from given
    union
    select r.id from material_requests r
    where r.case_id in (select case_id from given) and r.state = 'outstanding' and r.failed_at is not null
      and exists (select from tasks t where t.case_id = r.case_id and t.state = 'open'
        and t.source = ${decisionKind} and t.created_at <= r.failed_at)`);
  return rows.map(({ id }) => id);
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
