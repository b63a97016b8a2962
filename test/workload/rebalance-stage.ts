import type { z } from 'zod';
import type { rebalanceSchema } from '../../src/http/api/rebalances-json.ts';
import { create, expectStatus, victim, type CaseJson } from '../journeys/stage.ts';
import type { TestHub } from '../support/app.ts';
import { replace } from './stage.ts';

export type Rebalance = z.input<typeof rebalanceSchema>;
export type Named = { caseUrn: string; why: string };
export type Applied = {
  id: string;
  applied: { caseUrn: string; from: string; to: string }[];
  refused: Named[];
};
export type Undone = { undone: { caseUrn: string }[]; refused: Named[] };

const rules = '/api/teams/crime/assignment-rules';

/** Cases that all come to one caseworker, as a senior's rule says; every third has a victim. */
export async function casesOf(
  hub: TestHub,
  owner: string,
  many: number,
  over: Record<string, unknown> = {},
): Promise<CaseJson[]> {
  await expectStatus(200, replace(hub, rules, { rules: [{ name: 'All to one', to: [owner] }] }));
  const made: CaseJson[] = [];
  for (let i = 0; i < many; i++)
    made.push(await create(hub.as('sr-1'), { ...(i % 3 === 0 ? { victims: [victim()] } : {}), ...over }));
  await expectStatus(200, replace(hub, rules, { rules: [] }));
  return made;
}

export async function propose(hub: TestHub, body: object = {}, who = 'sr-1'): Promise<Rebalance> {
  return expectStatus(201, hub.as(who).post<Rebalance>('/api/rebalances', { team: 'crime', ...body }));
}

export async function apply(hub: TestHub, id: string, body: object = {}, who = 'sr-1'): Promise<Applied> {
  return expectStatus(200, hub.as(who).post<Applied>(`/api/rebalances/${id}/apply`, body));
}

export async function undo(hub: TestHub, id: string, body?: object): Promise<Undone> {
  return expectStatus(200, hub.as('sr-1').post<Undone>(`/api/rebalances/${id}/undo`, body));
}

/** Who has which open case, and which of its open tasks, by URN and kind of task. */
export async function whoHasWhat(hub: TestHub): Promise<Record<string, unknown>[]> {
  const rows = await hub.database.sql<Record<string, unknown>[]>`
    select c.urn, c.caseworker, t.id, t.assignee from cases c left join tasks t
      on t.case_id = c.id and t.state = 'open' and t.kind <> 'take-over-case'
    where c.state = 'open' order by c.urn, t.id`;
  return rows.map((row) => ({ ...row }));
}
