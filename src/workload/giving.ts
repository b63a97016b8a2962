import { inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { officers, teamSettings, type cases } from '../../db/schema/index.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruled, type AssignmentRule } from './assignment-rules.ts';
import { complexityOf, traitsOf } from './case-traits.ts';
import { barredFrom } from './store-conflicts.ts';

/** What giving out the work of a case depends on, as the case is stored with it. */
export type Giving = Pick<typeof cases.$inferSelect, 'traits' | 'complexity' | 'skills' | 'barred'>;

/** What giving out a case depends on by its state, and whom the rules of its team name. */
export async function readGivingOf(
  tx: Transaction,
  { id, team, state }: { id: string; team: string; state: CaseState },
): Promise<{ giving: Giving; to: string[] }> {
  const { officer } = state;
  // Sent together: one way there and back.
  const [rulesOf, stationOf, barred] = await Promise.all([
    readRules(tx),
    readStations(tx, [officer]),
    barredFrom(tx, [{ id, officer }]),
  ]);
  const traits = traitsOf(state);
  const { skills, to } = ruled(rulesOf(team), { traits, station: stationOf(officer) });
  return { giving: { traits, complexity: complexityOf(state), skills, barred: barred(id) }, to };
}

/** The rules of a team by which work is given out; none where nobody has set any. */
export async function readRules(tx: Transaction): Promise<(team: string) => readonly AssignmentRule[]> {
  const rows = await tx.select({ team: teamSettings.team, rules: teamSettings.rules }).from(teamSettings);
  const rules = new Map(rows.map((row) => [row.team, row.rules]));
  return (team) => rules.get(team) ?? [];
}

/** The stations of officers. */
export async function readStations(
  tx: Transaction,
  collars: readonly string[],
): Promise<(collar: string) => string | null> {
  const rows = await tx
    .select({ collar: officers.collar, station: officers.station })
    .from(officers)
    .where(inArray(officers.collar, [...new Set(collars)]));
  const stations = new Map(rows.map((row) => [row.collar, row.station]));
  return (collar) => stations.get(collar) ?? null;
}
