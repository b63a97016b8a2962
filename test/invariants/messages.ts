import { sql } from 'drizzle-orm';
import { messages } from '../../db/schema/index.ts';
import { isBusinessDay } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import { loadCalendar } from '../../src/deadlines/store-calendar.ts';
import type { Asked } from './evidence.ts';
import { sentences } from './sentences.ts';

/** Invariants 7 to 10: each message knows its cases, one message for each key, none left lying, and nobody written to who must not be, or at night. */
export async function messageProblems(db: Asked): Promise<string[]> {
  return [
    ...(await sentences(
      db,
      sql`select format('8: %s messages have the key %s', count(*), key) from messages group by key having count(*) > 1
          union all
          select format('9: message %s was due at %s and is %s', id, due_at, state) from messages
          where state in ('pending', 'sending') and due_at < (select hub_now()) - interval '17 seconds'
          union all
          select format('9: message %s is %s, and nobody has a task of it', m.id, m.state) from messages m
          where m.state in ('failed', 'unknown') and not exists (select 1 from tasks t where t.source = 'message:' || m.id)
          union all
          select format('9: message %s is sent, and has no %s', id,
            case when sent_at is null then 'time of it' else 'words' end)
          from messages where state = 'sent' and (sent_at is null or subject is null or body is null)
          union all
          select format('7: message %s asks for material of %s cases, and says that it is about %s', m.id,
            count(distinct r.case_id), jsonb_array_length(m.case_ids))
          from messages m join chasers c on c.message_id = m.id join material_requests r on r.id = c.request_id
          group by m.id having not m.case_ids @> jsonb_agg(distinct r.case_id)
          union all
          select format('8: message %s left at %s, before it was due', id, sent_at) from messages where sent_at < due_at
          union all
          select format('10: message %s left to a person at %s', id, sent_at at time zone 'Europe/London')
          from messages where purpose = 'victim-update' and state = 'sent'
            and not (sent_at at time zone 'Europe/London')::time between '09:00' and '20:00'
          union all
          select format('10: contact %s is owed to a person who does not want to hear', c.id)
          from contacts c join people p on p.id = c.person_id where c.state = 'owed' and p.preferred = 'none'
          union all
          select format('10: task %s asks somebody to call a person who does not want to hear', t.id)
          from tasks t join contacts c on c.id = t.deadline_id where t.state = 'open' and c.state = 'stopped'`,
    )),
    ...(await atNight(db)),
  ];
}

/** Officers are written to in business hours alone. */
async function atNight(db: Asked): Promise<string[]> {
  const calendar = await loadCalendar(db);
  const sent = await db
    .select()
    .from(messages)
    .where(sql`${messages.state} = 'sent' and ${messages.purpose} in ('chaser', 'escalation')`);
  return sent.flatMap(({ id, purpose, sentAt }) => {
    if (sentAt === null) return [];
    const day = civilDateOf(sentAt);
    const isOpen =
      isBusinessDay(calendar, day) === true &&
      sentAt >= instantAt(day, '08:00') &&
      sentAt < instantAt(day, '18:00');
    return isOpen ? [] : [`10: ${purpose} ${id} left at ${sentAt}, outside business hours`];
  });
}
