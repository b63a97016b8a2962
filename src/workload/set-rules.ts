import { eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { updateMany } from '../../db/many-rows.ts';
import { cases, staff, teamSettings } from '../../db/schema/index.ts';
import type { FieldError } from '../platform/failure.ts';
import type { Instant } from '../platform/clock.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { ruled, type AssignmentRule } from './assignment-rules.ts';
import { readStations } from './giving.ts';
import type { Team } from './rota.ts';
import { followCases } from './save-traits.ts';

/** What is wrong with rules that are to be set: people who are not caseworkers of the team. */
export async function ruleErrors(
  tx: Transaction,
  team: Team,
  rules: readonly AssignmentRule[],
): Promise<FieldError[]> {
  const people = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(sql`${staff.active} and ${staff.team} = ${team} and ${staff.role} = 'caseworker'`);
  return rules.flatMap(({ to, skills }, i) => {
    const strangers = to.flatMap((id, j) =>
      people.some((one) => one.id === id)
        ? []
        : [{ path: `rules.${i}.to.${j}`, message: 'is not a caseworker of this team' }],
    );
    const isIdle = to.length === 0 && skills.length === 0;
    return [
      ...strangers,
      ...(isIdle ? [{ path: `rules.${i}`, message: 'names neither skills nor people' }] : []),
    ];
  });
}

/**
 * Sets the rules by which a team's cases are given out. New cases go by them at once; open cases keep their
 * caseworker, and what is in the pool is given only to those who have the skills that the rules now call for. The caller
 * holds the team's lock.
 * @returns the version, and how many open cases take other skills than before
 */
export async function setRules(
  tx: Transaction,
  team: Team,
  rules: readonly AssignmentRule[],
  { actor, now }: { actor: Actor; now: Instant },
): Promise<{ version: number; changedCases: number }> {
  const [row] = await tx
    .insert(teamSettings)
    .values({ team, rules: [...rules], rulesVersion: 1, changedBy: actor.id, changedAt: now })
    .onConflictDoUpdate({
      target: teamSettings.team,
      set: {
        rules: [...rules],
        rulesVersion: sql`${teamSettings.rulesVersion} + 1`,
        changedBy: actor.id,
        changedAt: now,
      },
    })
    .returning();
  const changed = await changedSkills(tx, team, rules);
  await updateMany(tx, cases, changed);
  await followCases(
    tx,
    changed.map(({ id }) => id),
  );
  await recordHistory(tx, actor, now, [
    { action: 'assignment-rules-set', caseId: null, entity: 'team', entityId: team, detail: { rules } },
  ]);
  return { version: row?.rulesVersion ?? 0, changedCases: changed.length };
}

async function changedSkills(tx: Transaction, team: Team, rules: readonly AssignmentRule[]) {
  const asked = { id: cases.id, officer: cases.officer, traits: cases.traits, skills: cases.skills };
  const isOpen = sql`${cases.team} = ${team} and ${cases.state} = 'open'`;
  const found = await tx.select(asked).from(cases).where(isOpen);
  const stationOf = await readStations(
    tx,
    found.map(({ officer }) => officer),
  );
  const skillsOf = ({ traits, officer }: (typeof found)[number]) =>
    ruled(rules, { traits, station: stationOf(officer) }).skills;
  const ids = found.filter((one) => skillsOf(one).join() !== one.skills.join()).map(({ id }) => id);
  if (ids.length === 0) return [];
  // Locked in one order, and looked at again: a case may have changed since.
  const locked = await tx
    .select(asked)
    .from(cases)
    .where(sql`${inArray(cases.id, ids)} and ${eq(cases.state, 'open')}`)
    .orderBy(cases.id)
    .for('update');
  return locked.map((one) => ({ id: one.id, skills: skillsOf(one) }));
}
