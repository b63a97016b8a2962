import { expect } from 'vitest';
import { readNow } from '../../db/read-now.ts';
import { issueLink, signLinks } from '../../src/chasers/store-links.ts';
import { readOwed } from '../../src/materials/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { create, crimeCase, pull, readCase, type CaseJson, type Task } from '../journeys/stage.ts';
import type { TestHub } from '../support/app.ts';
import type { Visit } from '../support/browser.ts';

/** A case of 2 June 2026 whose work is all of one caseworker. */
export async function caseOf(
  test: TestHub,
  who: string,
  over: Record<string, unknown> = {},
): Promise<CaseJson> {
  const made = await create(test.as('cw-1'), crimeCase({ receivedAt: '2026-06-02T09:00:00+01:00', ...over }));
  await test.hub.sql`update tasks set assignee = ${who} where case_id = ${made.id}`;
  const { body } = await test.as('cw-1').get<CaseJson>(`/api/cases/${made.urn}`);
  return body;
}

/** Nothing is given to somebody but these tasks. */
export async function leaveOnly(
  { hub }: TestHub,
  who: string,
  tasks: readonly { id: string }[],
): Promise<void> {
  expect(tasks.length).toBeGreaterThan(0);
  const ids = tasks.map(({ id }) => id);
  await hub.sql`update tasks set assignee = 'cw-8'
    where state = 'open' and (assignee is null or assignee = ${who}) and id <> all(${ids})`;
}

/** The task of a kind that a case has open, pulled by somebody who is given nothing else. */
export async function pullOf(test: TestHub, who: string, urn: string, kind: string): Promise<Task> {
  const { tasks } = await readCase(test.as(who), urn);
  const [wanted] = tasks.filter((task) => task.kind === kind && task.state === 'open');
  if (!wanted) throw new Error(`${urn} has no open task of kind ${kind}`);
  await test.hub.sql`update tasks set assignee = ${who} where id = ${wanted.id}`;
  await leaveOnly(test, who, [wanted]);
  return pull(test.as(who), who);
}

export const mainOf = (page: Visit['page']): Promise<string | null> => page.textContent('main');

/** Presses a button that is shown. */
export const submit = (page: Visit['page'], text: string): Promise<void> =>
  page.click(`.govuk-button:has-text("${text}")`);

/** The address of a page that an officer is sent, for all that they owe; as from a message about a case. */
export async function officerPage(
  { hub, url }: TestHub,
  officer: string,
  { id }: Pick<CaseJson, 'id'>,
): Promise<string> {
  const now = await readNow(hub.db);
  const address = await hub.db.transaction(async (tx) => {
    const owed = await readOwed(tx, officer);
    const requests = owed.map((one) => ({ id: one.id, version: one.version, officer }));
    return issueLink(tx, { officer, messageId: id, requests }, url, now);
  });
  const [signed = ''] = await signLinks(hub.db, [address], hub.config.linkSecret ?? '');
  return new URL(signed).pathname;
}

/** Work that was completed in a month, of which a sample is looked at: all but one task by a caseworker. */
export async function completedWork({ hub }: TestHub, month: string, many: number): Promise<void> {
  await hub.sql`
    insert into tasks (id, kind, title, source, subject, why, team, consequence, due_at, effort_minutes, state,
      rises_at, outcome, closed_at, closed_by, created_at)
    select gen_random_uuid(), 'check-file', 'Check the new case file', 'sample:' || n, '{}', '[]', 'crime', 4,
      ${`${month}-10T10:00:00Z`}, 20, 'done', ${`${month}-20T10:00:00Z`}, 'done', ${`${month}-09T10:00:00Z`},
      case when n = 1 then 'sr-1' else 'cw-1' end, ${`${month}-03T10:00:00Z`}
    from generate_series(1, ${many}) n`;
}

/** A message that left and of which nobody knows whether it arrived. */
export async function messageInDoubt({ hub }: TestHub): Promise<string> {
  const id = newId();
  await hub.sql`
    insert into messages (id, key, purpose, channel, to_id, to_address, subject, body, facts, state, attempts,
      last_error, due_at, created_at, case_ids)
    values (${id}, ${id}, 'staff-alert', 'email', 'cw-1', 'cw-1@hub.invalid', 'x', 'x', '{}', 'unknown', 1,
      'no answer', hub_now(), hub_now(), '[]')`;
  return id;
}

/** Puts something aside, as a worker does with what has failed three times. */
export async function putAside({ hub }: TestHub): Promise<{ id: string; case_id: string } | undefined> {
  const [row] = await hub.sql<{ id: string; case_id: string }[]>`
    update alerts set state = 'quarantined', last_error = 'Error', starts = 3
    where id = (select id from alerts where state = 'pending' order by fire_at limit 1) returning id, case_id`;
  return row;
}
