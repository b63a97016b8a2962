import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { absences, staff, teamSettings, weekendCover } from '../../db/schema/index.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { isBusinessDay, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { FieldError } from '../platform/failure.ts';
import type { Instant } from '../platform/clock.ts';
import { minutesAway } from '../staff/away.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { clockMinutes } from '../staff/working-pattern.ts';

export type CoverOfDay = { on: CivilDate; staffId: string; start: string; end: string };
export type Team = 'crime' | 'traffic';

/** Who covers a team's custody cases on days on which it does not work, from a day on. */
export async function readRota(
  db: Database | Transaction,
  team: Team,
  from: CivilDate,
): Promise<CoverOfDay[]> {
  const { on, staffId, start, end } = weekendCover;
  return db
    .select({ on, staffId, start, end })
    .from(weekendCover)
    .where(and(eq(weekendCover.team, team), gte(on, from)))
    .orderBy(asc(on), asc(staffId));
}

/** What is set for a team, with versions; all zero where nothing is. */
export async function readTeamSettings(db: Database | Transaction, team: Team) {
  const [row] = await db.select().from(teamSettings).where(eq(teamSettings.team, team));
  return {
    rules: row?.rules ?? [],
    rulesVersion: row?.rulesVersion ?? 0,
    rotaVersion: row?.rotaVersion ?? 0,
  };
}

/** One change of a team's settings at a time, until the transaction ends. */
export async function lockTeamSettings(tx: Transaction, team: Team): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('team-settings:' || ${team}, 0))`);
}

/** What is wrong with cover that is to be recorded: days on which the team works, people who cannot. */
export async function rotaErrors(
  tx: Transaction,
  team: Team,
  cover: readonly CoverOfDay[],
  calendar: HolidayCalendar,
  now: Instant,
): Promise<FieldError[]> {
  const today = civilDateOf(now);
  const people = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(sql`${staff.active} and ${staff.team} = ${team} and ${staff.role} in ('caseworker', 'senior')`);
  const away = await tx.select().from(absences).where(gte(absences.to, today));
  const ofPerson = (id: string) => away.filter((one) => one.staffId === id);
  return cover.flatMap(({ on, staffId, start, end }, i) => {
    const errors: FieldError[] = [];
    const hours = { from: clockMinutes(start), to: clockMinutes(end) };
    const wrong = (field: string, message: string) => errors.push({ path: `cover.${i}.${field}`, message });
    if (on < today) wrong('on', 'is past');
    else if (isBusinessDay(calendar, on) === true)
      wrong('on', 'is a working day: the rota is for the others');
    if (end <= start) wrong('end', 'is not after start');
    if (!people.some(({ id }) => id === staffId)) wrong('staffId', 'does not work in this team');
    else if (minutesAway(ofPerson(staffId), on, hours) > 0) wrong('staffId', 'is away on that day');
    if (cover.findIndex((one) => one.on === on && one.staffId === staffId) < i)
      wrong('on', 'is there already for this person');
    return errors;
  });
}

/** Replaces a team's rota from today on. The caller holds the team's lock. */
export async function setRota(
  tx: Transaction,
  team: Team,
  cover: readonly CoverOfDay[],
  { actor, now }: { actor: Actor; now: Instant },
): Promise<number> {
  await tx
    .delete(weekendCover)
    .where(and(eq(weekendCover.team, team), gte(weekendCover.on, civilDateOf(now))));
  if (cover.length > 0) await tx.insert(weekendCover).values(cover.map((one) => ({ ...one, team })));
  const [row] = await tx
    .insert(teamSettings)
    .values({ team, rules: [], rotaVersion: 1, changedBy: actor.id, changedAt: now })
    .onConflictDoUpdate({
      target: teamSettings.team,
      set: { rotaVersion: sql`${teamSettings.rotaVersion} + 1`, changedBy: actor.id, changedAt: now },
    })
    .returning();
  await recordHistory(tx, actor, now, [
    { action: 'rota-set', caseId: null, entity: 'team', entityId: team, detail: { cover } },
  ]);
  return row?.rotaVersion ?? 0;
}
