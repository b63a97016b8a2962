import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { instantOf } from '../../db/schema/columns.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf, epochMs, instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { calendarNamed } from '../deadlines/store-calendar.ts';
import type { Absence, Attendance, Cover } from '../staff/attendance.ts';
import { awayAt, minutesOfDay, nextAwayToday, sayAway } from '../staff/away.ts';
import { findSession, sessionStatement } from '../staff/sessions.ts';
import { staffStatement, type Staff } from '../staff/store.ts';
import { lastMomentOfShift, shiftOn, type WorkingPattern } from '../staff/working-pattern.ts';
import type { Puller } from './eligible.ts';
import { bandEdges, type BandEdges } from './urgency.ts';

/** Whether somebody can be given work now, and which. */
export type Readiness = Pick<Puller, 'away' | 'covers' | 'minutesLeft'>;

/**
 * Whether somebody can be given work at a moment. Who is away at that moment gets none. What is left until they are
 * away next limits it, and of those whose hours are recorded what is left of the shift; of others nothing is known, so
 * nothing is held back.
 */
export function readinessOf(
  { absences, cover, pattern }: Pick<Attendance, 'absences' | 'cover' | 'pattern'>,
  calendar: HolidayCalendar,
  now: Instant,
): Readiness {
  const today = civilDateOf(now);
  const away = awayAt(absences, now);
  if (away !== undefined) return { away: sayAway(away, today), covers: false, minutesLeft: 0 };
  const leaves = nextAwayToday(absences, now);
  const untilAway = leaves === null ? [] : [leaves - minutesOfDay(now)];
  const covering = cover.find(({ on, end }) => on === today && now < instantAt(today, end));
  const covers = covering !== undefined;
  if (pattern === null) return { away: null, covers, minutesLeft: untilAway[0] ?? null };
  const shift = shiftOn(pattern, today, calendar);
  const ends = [
    ...(shift === null ? [] : [lastMomentOfShift(pattern, shift, today)]),
    ...(covering === undefined ? [] : [instantAt(today, covering.end)]),
  ];
  const left = ends.map((end) => Math.floor((epochMs(end) - epochMs(now)) / 60_000));
  return { away: null, covers, minutesLeft: Math.min(Math.max(0, ...left), ...untilAway) };
}

/** What giving work to somebody goes by: the moment, the calendar and the person, as they are now. */
export type Pulling = { puller: Puller; edges: BandEdges; calendar: HolidayCalendar };

const readingOf = (id: string) => `select hub_now()::timestamptz(3) as now,
    (select version from calendar_versions order by n desc limit 1) as calendar,
    w.pattern, coalesce(w.skills, '{}') as skills,
    (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('from', a.from_date, 'to', a.to_date,
          'start', a.start_time, 'end', a.end_time, 'kind', a.kind))
        order by a.from_date, a.start_time nulls first)
      from absences a where a.staff_id = ${id} and today between a.from_date and a.to_date) as absences,
    (select jsonb_agg(jsonb_build_object('on', v.covered_on, 'start', v.start_time, 'end', v.end_time))
      from weekend_cover v where v.staff_id = ${id} and v.covered_on = today) as cover,
    (select t.case_id from claims c join tasks t on t.id = c.task_id
      where c.staff_id = ${id} order by c.claimed_at desc limit 1) as hand
  from (select (hub_now() at time zone 'Europe/London')::date as today) clock
    left join attendance w on w.staff_id = ${id}`;
const reading = readingOf('$1::text');
/** Whom a statement finds, and in the same row what giving work to them goes by. */
const withReading = (who: string) =>
  `with who as materialized (${who}) select * from who cross join lateral (${readingOf('who.id')}) reading`;

/** What giving work to somebody goes by, as it is read. */
export type PullerRow = {
  now: string;
  calendar: string | null;
  pattern: WorkingPattern | null;
  skills: string[];
  absences: Absence[] | null;
  cover: Cover[] | null;
  hand: string | null;
};

/** Somebody who pulls work, as they are now: hours, absence, cover, skills and the case that they have in hand. */
export async function readPuller(
  db: Database | Transaction,
  who: Pick<Puller, 'id' | 'team'>,
): Promise<Pulling> {
  const [row] = await runHot<PullerRow>(db, reading, [who.id]);
  if (!row) throw new Error('the database did not tell the time');
  return pullingOf(db, who, row);
}

/** Somebody who pulls work, of whom everything has been read. */
export async function pullingOf(
  db: Database | Transaction,
  who: Pick<Puller, 'id' | 'team'>,
  row: PullerRow,
): Promise<Pulling> {
  const calendar = await calendarNamed(db, row.calendar);
  const now = instantOf(row.now);
  const { skills, hand, pattern } = row;
  const attendance = { absences: row.absences ?? [], cover: row.cover ?? [], pattern };
  const { away, covers, minutesLeft } = readinessOf(attendance, calendar, now);
  const puller = { id: who.id, team: who.team, skills, hand, away, covers, minutesLeft };
  return { puller, edges: bandEdges(calendar, now), calendar };
}

const pullerInSession = withReading(sessionStatement);
const pullerOfStaff = withReading(staffStatement);

/** `findSession`, and what giving work to them goes by: who asks for their work has to wait for one answer less. */
export function findSessionOfPuller(db: Database, secret: string) {
  return findSession<PullerRow>(db, secret, { statement: pullerInSession });
}

/** `findActiveStaff`, and what giving work to them goes by. */
export async function findStaffWhoPulls(
  db: Database,
  id: string,
): Promise<{ person: Staff; row: PullerRow } | null> {
  const [row] = await runHot<Staff & PullerRow>(db, pullerOfStaff, [id]);
  return row === undefined
    ? null
    : { person: { id: row.id, role: row.role, team: row.team, name: row.name }, row };
}
