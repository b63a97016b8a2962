import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { cases } from '../../db/schema/index.ts';
import { updateMany } from '../../db/many-rows.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruled } from './assignment-rules.ts';
import { complexityOf, traitsOf } from './case-traits.ts';
import { readRules, readStations } from './giving.ts';
import { barredFrom } from './store-conflicts.ts';

type CaseRow = typeof cases.$inferSelect;

/**
 * Keeps in step with the states of cases what giving out their work depends on: their traits and complexity, the
 * skills that the rules of their teams call for, and who has a conflict of interest with their officer. Most events
 * change none of it. Open tasks follow. The caller holds the locks on the cases.
 */
export async function saveTraits(
  tx: Transaction,
  decided: readonly { row: CaseRow; state: CaseState }[],
): Promise<void> {
  const changed = decided.flatMap(({ row, state }) => {
    const traits = traitsOf(state);
    const complexity = complexityOf(state);
    const isSame = traits.join() === row.traits.join() && complexity === row.complexity;
    if (isSame && state.officer === row.officer) return [];
    return [{ id: row.id, team: row.team, officer: state.officer, before: row, traits, complexity }];
  });
  if (changed.length === 0) return;
  const [rulesOf, stationOf, barred] = [
    await readRules(tx),
    await readStations(
      tx,
      changed.map(({ officer }) => officer),
    ),
    await barredFrom(tx, changed),
  ];
  const rows = changed.map(({ id, team, officer, traits, complexity }) => ({
    id,
    traits: traits,
    complexity,
    skills: ruled(rulesOf(team), { traits, station: stationOf(officer) }).skills,
    barred: barred(id),
  }));
  await updateMany(tx, cases, rows);
  await followCases(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Makes the open tasks of cases say what the cases say; what its owner is barred from goes to the team's pool. */
export async function followCases(tx: Transaction, caseIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update tasks t set skills = c.skills, barred = c.barred, custody = 'custody' = any(c.traits),
      assignee = case when t.assignee = any(c.barred) then null else t.assignee end, version = t.version + 1
    from cases c
    where c.id = any (array(select jsonb_array_elements_text(${JSON.stringify(caseIds)}::jsonb)::uuid))
      and t.case_id = c.id and t.state = 'open'
      and (t.skills, t.barred, t.custody) is distinct from (c.skills, c.barred, 'custody' = any(c.traits))`);
}
