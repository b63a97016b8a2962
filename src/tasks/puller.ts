import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { sayDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, epochMs, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { readAttendance, type Attendance } from '../staff/attendance.ts';
import { lastMomentOfShift, shiftOn } from '../staff/working-pattern.ts';
import type { Puller } from './eligible.ts';

/** Whether somebody can be given work now, and which. */
export type Readiness = Pick<Puller, 'away' | 'covers' | 'minutesLeft'>;

/**
 * Whether somebody can be given work at a moment. Who is away gets none. Of those whose hours are recorded what is
 * left of the shift limits it; of others nothing is known, so nothing is held back.
 */
export function readinessOf(
  { absences, cover, pattern }: Pick<Attendance, 'absences' | 'cover' | 'pattern'>,
  calendar: HolidayCalendar,
  now: Instant,
): Readiness {
  const today = civilDateOf(now);
  const away = absences.find(({ from, to }) => from <= today && today <= to);
  if (away !== undefined)
    return { away: `away (${away.kind}) until ${sayDate(away.to)}`, covers: false, minutesLeft: 0 };
  const covering = cover.find(({ on, end }) => on === today && now < instantAt(today, end));
  const covers = covering !== undefined;
  if (pattern === null) return { away: null, covers, minutesLeft: null };
  const shift = shiftOn(pattern, today, calendar);
  const ends = [
    ...(shift === null ? [] : [lastMomentOfShift(pattern, shift, today)]),
    ...(covering === undefined ? [] : [instantAt(today, covering.end)]),
  ];
  const left = ends.map((end) => Math.floor((epochMs(end) - epochMs(now)) / 60_000));
  return { away: null, covers, minutesLeft: Math.max(0, ...left) };
}

/** Somebody who pulls work, as they are now: hours, absence, cover, skills and the case that they have in hand. */
export async function readPuller(
  db: Database | Transaction,
  who: Pick<Puller, 'id' | 'team'>,
  calendar: HolidayCalendar,
  now: Instant,
): Promise<Puller> {
  const today = civilDateOf(now);
  // Sent together: one way there and back.
  const [[attendance], [last]] = await Promise.all([
    readAttendance(db, sql`s.id = ${who.id}`, { first: today, last: today }),
    db.execute<{ hand: string | null }>(sql`
      select t.case_id as hand from claims c join tasks t on t.id = c.task_id
      where c.staff_id = ${who.id} order by c.claimed_at desc limit 1`),
  ]);
  const { absences = [], cover = [], pattern = null, skills = [] } = attendance ?? {};
  return {
    ...who,
    skills,
    hand: last?.hand ?? null,
    ...readinessOf({ absences, cover, pattern }, calendar, now),
  };
}
