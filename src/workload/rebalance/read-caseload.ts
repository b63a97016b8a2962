import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { CivilDate } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { HolidayCalendar } from '../../calendar/holiday-calendar.ts';
import type { Rule } from '../../deadlines/rule.ts';
import type { Instant } from '../../platform/clock.ts';
import { readAttendance } from '../../staff/attendance.ts';
import { isAwayAllDay } from '../../staff/away.ts';
import { fullWeek } from '../../staff/working-pattern.ts';
import { capacityByDay, daysFrom, horizonDays } from '../capacity.ts';
import { allWork } from '../work-sql.ts';
import type { CaseloadCase, CaseloadPerson, Caseload } from './caseload.ts';

/** How many working days ahead work and capacity are looked at: as far as where a new case is given out. */
export const workingDaysAhead = 20;

/** Whose work is looked at, and the days on which it falls due; without days, from what is overdue on. */
export type CaseloadOf = { teams: readonly string[]; days?: { from: CivilDate; to: CivilDate } };

export type Reading = { now: Instant; calendar: HolidayCalendar; rules: readonly Rule[] };

/** The work of teams and those who do it, as the rows stand now. */
export async function readCaseload(
  db: Database | Transaction,
  { teams, days: asked }: CaseloadOf,
  { now, calendar, rules }: Reading,
): Promise<Caseload> {
  const today = civilDateOf(now);
  const days = asked ? daysFrom(asked.from, asked.to) : horizonDays(calendar, now, workingDaysAhead);
  const last = days.at(-1) ?? today;
  // What is overdue is work of an absence that has begun, and of no later one.
  const first = asked !== undefined && asked.from > today ? asked.from : null;
  const limits = rules.filter(({ danger }) => danger).map(({ id }) => id);
  const isLimit = sql`= any (array(select jsonb_array_elements_text(${JSON.stringify(limits)}::jsonb)))`;
  const ofTeams = sql`= any (array(select jsonb_array_elements_text(${JSON.stringify(teams)}::jsonb)))`;
  // Sent together: one way there and back.
  const [people, leavers, work, cases, staff] = await Promise.all([
    readAttendance(db, sql`s.role = 'caseworker' and s.team ${ofTeams}`, { first: today, last }),
    db.execute<{ id: string; name: string; team: string }>(sql`
      select s.id, s.name, coalesce(min(c.team), '') as team from staff s join cases c on c.caseworker = s.id
      where c.state = 'open' and c.team ${ofTeams}
        and not (s.active and (s.role = 'senior' or (s.role = 'caseworker' and s.team ${ofTeams})))
      group by s.id order by s.id`),
    db.execute<WorkRow>(sql`
      select t.case_id as "caseId", t.assignee, sum(t.minutes)::int as minutes, min(t.due_at)::text as due
      from (${allWork(rules, last)}) t
      where t.team ${ofTeams} and t.assignee is not null
        and t.due_at < (${last}::date + 1)::timestamp at time zone 'Europe/London'
        and (${first}::date is null or t.due_at >= ${first}::date::timestamp at time zone 'Europe/London')
      group by 1, 2`),
    db.execute<Omit<CaseloadCase, 'notedOn'>>(sql`
      select c.id, c.urn, c.version, c.team, c.caseworker as owner, c.restricted as "isRestricted",
        c.visible_to as "visibleTo", c.skills, c.barred, c.complexity, 'enhanced-rights' = any(c.traits) as "hasEnhancedRights",
        (select min(h.heard_on)::text from hearings h
          where h.case_id = c.id and h.state = 'listed' and h.heard_on >= ${today}) as "hearingOn",
        (select min(d.legal_due)::text from deadlines d
          where d.case_id = c.id and d.state = 'pending' and d.rule ${isLimit}) as "limitOn",
        coalesce(w.is_unconfirmed, false) as "isLimitUnconfirmed",
        coalesce(a.reached, 0)::int as "reachedByOwner", a.changed::text as "changedHandsOn",
        (select max(n.at)::text from task_notes n join tasks t on t.id = n.task_id
          where t.case_id = c.id and n.staff_id = c.caseworker) as "notedAt",
        w.held_by as "heldBy",
        case when p.pinned then jsonb_build_object('by', p.pinned_by, 'at', p.pinned_at, 'reason', p.reason) end as pinned,
        case when k.case_id is not null then jsonb_build_object('by', k.covered_by, 'until', k.to_date) end as cover
      from cases c
        left join case_pins p on p.case_id = c.id
        left join case_covers k on k.case_id = c.id and k.ended_at is null
        left join lateral (select max(e.happened_on) filter (where e.type = 'caseworker-changed' and e.data ->> 'kind' is distinct from 'undone'
              and not exists (select from rebalance_moves m
                where m.case_id = e.case_id and m.event_id = e.id and m.state = 'undone')) as changed,
            count(distinct e.person_id) filter (where e.type = 'contact-attempted' and e.recorded_by = c.caseworker
              and e.data ->> 'result' = 'reached') as reached
          from case_events e where e.case_id = c.id and e.type in ('caseworker-changed', 'contact-attempted')) a on true
        left join lateral (select min(t.claimed_by) filter (where t.claim_until > clock_timestamp()) as held_by,
            bool_or(t.always_critical) as is_unconfirmed
          from tasks t where t.case_id = c.id and t.state = 'open') w on true
      where c.state = 'open' and c.team ${ofTeams} and c.caseworker is not null order by c.id`),
    db.execute<{ id: string; name: string }>(sql`select id, name from staff`),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  for (const row of cases) {
    if (row.heldBy !== null) row.heldBy = names.get(row.heldBy) ?? row.heldBy;
    for (const whose of [row.pinned, row.cover])
      if (whose !== null) whose.by = names.get(whose.by) ?? whose.by;
  }
  const members = people.map(({ id, name, team, skills, pattern, absences, cover }): CaseloadPerson => {
    const byDay = capacityByDay({ pattern: pattern ?? fullWeek, absences, cover }, days, calendar, now);
    const capacity = byDay.reduce((sum, minutes) => sum + minutes, 0);
    const firstDay = days[0] ?? today;
    const receives = capacity > 0 && !isAwayAllDay(absences, firstDay);
    return { id, name, team: team ?? '', skills, absences, capacity, receives };
  });
  const gone = leavers.map((one): CaseloadPerson => ({
    ...one,
    ...{ skills: [], absences: [], capacity: 0, receives: false },
  }));
  return {
    today,
    until: last,
    people: [...members, ...gone],
    work: work.map(({ due, caseId, assignee, minutes }) => ({
      caseId,
      assignee,
      minutes,
      dueOn: dayOf(due),
    })),
    // What is added comes first: after a spread it would give every row a hidden class of its own, read ten times slower.
    cases: cases.map((row) => ({ notedOn: row.notedAt === null ? null : dayOf(row.notedAt), ...row })),
  };
}

function dayOf(written: string): CivilDate {
  return civilDateOf(new Date(written).toISOString());
}

type WorkRow = { caseId: string | null; assignee: string; minutes: number; due: string };
