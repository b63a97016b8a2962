import { eq, sql } from 'drizzle-orm';
import type { HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import type { Database, Transaction } from '../connect.ts';
import { readNow } from '../read-now.ts';
import { installation } from '../schema/index.ts';
import { demoForms } from './case-forms.ts';
import { crimeForTrial, crimeNearItsLimit } from './crime-before-trial.ts';
import { crimeInCustody } from './crime-custody.ts';
import { crimeDecided } from './crime-decided.ts';
import { newCrimeFiles, rejectedCrimeFiles } from './crime-new-files.ts';
import { demoDays, type DemoDays } from './demo-days.ts';
import { seedPeople } from './people.ts';
import { catchUp } from './catch-up.ts';
import { playCase, type DemoCase } from './play-case.ts';
import { newTrafficFiles, trafficUnderWay } from './traffic-cases.ts';

const teams = ['crime', 'traffic'] as const;
type Team = (typeof teams)[number];

/**
 * Plants the demo: an invented force with cases in every state, reckoned from the hub's now. Once only: each team's
 * cases are one transaction that records itself, so that a kill in the middle leaves nothing half done and the next
 * start plants what is missing. The two go side by side.
 * @returns whether anything was planted, and how many cases
 */
export async function seedDemo(
  db: Database,
  calendar: HolidayCalendar,
): Promise<{ planted: boolean; cases: number }> {
  await seedPeople(db);
  const days = demoDays(calendar, await readNow(db));
  const answers = await Promise.allSettled(
    teams.map((team) => db.transaction((tx) => plantTeam(tx, team, days, calendar))),
  );
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  const cases = answers.reduce((sum, answer) => sum + (answer.status === 'fulfilled' ? answer.value : 0), 0);
  return { planted: cases > 0, cases };
}

async function plantTeam(
  tx: Transaction,
  team: Team,
  days: DemoDays,
  calendar: HolidayCalendar,
): Promise<number> {
  const name = `demo-cases:${team}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${name}))`);
  const [planted] = await tx.select().from(installation).where(eq(installation.name, name));
  if (planted) return 0;
  const cases = demoCases(team, days);
  for (const one of cases) await catchUp(await playCase(tx, one, days, calendar));
  await tx.insert(installation).values({ name, value: { cases: cases.length }, at: days.now });
  return cases.length;
}

/** The cases of a team, in the order in which they come in. */
export function demoCases(team: Team, days: DemoDays): DemoCase[] {
  const forms = demoForms(team, days);
  if (team === 'traffic') return [...newTrafficFiles(forms), ...trafficUnderWay(forms)];
  return [
    ...newCrimeFiles(forms),
    ...crimeInCustody(forms),
    ...crimeNearItsLimit(forms),
    ...crimeForTrial(forms),
    ...rejectedCrimeFiles(forms),
    ...crimeDecided(forms),
  ];
}
