import { expect } from 'vitest';
import { create, crimeCase, type CaseJson } from '../journeys/stage.ts';
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

export const mainOf = (page: Visit['page']): Promise<string | null> => page.textContent('main');

/** Presses a button that is shown. */
export const submit = (page: Visit['page'], text: string): Promise<void> =>
  page.click(`.govuk-button:has-text("${text}")`);
