import { one, plant, type Plant } from './plant.ts';

const fired = (classes = `class <> 'chasers'`) => one('alerts', `state = 'fired' and ${classes}`);
const copyOfAlert = (id: string, version: string) => `
  insert into alerts (id, class, obligation_id, version, step, case_id, fire_at, state, fired_at, follow_ups, created_at)
  select gen_random_uuid(), class, obligation_id, ${version}, step, case_id, fire_at, state, fired_at, follow_ups, created_at
  from alerts where id = ${id}`;

const alertPlants: Plant[] = [
  plant('an alert can be there twice', /^3: no constraint/, 'alter table alerts drop constraint alerts_once'),
  plant(
    'an alert is there twice',
    /^3: step/,
    'alter table alerts drop constraint alerts_once',
    copyOfAlert(fired(), 'version'),
  ),
  plant(
    'an alert fired early',
    /^4: alert .* was due/,
    'alter table alerts drop constraint alerts_never_early',
    `update alerts set fired_at = fire_at - interval '1 second' where id = ${fired()}`,
  ),
  plant(
    'an alert has no time of firing',
    /fired at no time/,
    `update alerts set fired_at = null where id = ${fired()}`,
  ),
  plant(
    'a pending alert has a time of firing',
    /^4: alert .* is pending/,
    `update alerts set fired_at = fire_at where id = ${one('alerts', `state = 'pending'`)}`,
  ),
  plant(
    'an alert was forgotten',
    /^5: alert/,
    `update alerts set fire_at = hub_now() - interval '1 minute' where id = ${one('alerts', `state = 'pending'`)}`,
  ),
  plant(
    'an alert of a version that never stood fired',
    /^6: alert .* fired in version/,
    `update alerts set version = version + 7 where id = ${fired()}`,
  ),
  plant(
    'a chaser of an old version fired',
    /^6: chaser alert .* there was a later one/,
    `update alerts set version = version - 1 where id = ${fired(`class = 'chasers'`)}`,
    copyOfAlert(fired(`class = 'chasers'`), 'version + 1'),
    `update alerts set created_at = fired_at - interval '1 minute' where class = 'chasers' and state = 'fired'`,
  ),
  plant(
    'a chaser fired after the material had come',
    /^6: chaser alert .* although request/,
    `update material_requests r set state = 'received', changed_at = a.fire_at - interval '1 hour' from alerts a
     where a.obligation_id = r.id and a.version = r.version and a.state = 'fired'`,
  ),
  plant(
    'an alert waits for a version that is gone',
    /^6: alert .* is pending for version .* of a deadline/,
    `update deadlines set version = version + 1 where state = 'pending'`,
  ),
  plant(
    'a chaser waits for a request that is closed',
    /^6: alert .* is pending for version .* of a request/,
    `update material_requests set state = 'received' where state = 'outstanding'`,
  ),
  plant(
    'an alert is in a state that nobody knows',
    /^18: of class/,
    'alter table alerts drop constraint alerts_state',
    `update alerts set state = 'lost' where id = ${one('alerts', `state = 'pending'`)}`,
  ),
  plant(
    'an alert is quarantined without a word',
    /^18: alert .* is quarantined/,
    `update alerts set state = 'quarantined' where id = ${one('alerts', `state = 'pending'`)}`,
  ),
];

const followUpPlants: Plant[] = [
  plant(
    'a firing did nothing',
    /^7: .* made 0 tasks/,
    `update alerts set follow_ups = '[]' where id = ${fired()}`,
  ),
  plant(
    'the task of a firing is gone',
    /^7: .* made a task that is not there/,
    `delete from tasks where deadline_id is not null`,
  ),
  plant(
    'nobody was written to of a custody limit',
    /^7: .* wrote to nobody and not to/,
    `update alerts set follow_ups = (select jsonb_agg(f) from jsonb_array_elements(follow_ups) f where f->>'kind' <> 'message')
     where follow_ups @> '[{"kind":"message"}]' and class <> 'chasers'`,
  ),
  plant(
    'a deadline is past and not missed',
    /^7: .* the deadline is not missed/,
    `update deadlines set state = 'pending' where state = 'missed'`,
  ),
  plant('a chaser is gone', /^7: .* made 0 chasers/, 'delete from chasers'),
  plant(
    'a chaser went to another officer',
    /^7: .* went to PC1002 and not to PC1001/,
    `update chasers set recipient = 'PC1002' where level = 'officer'`,
  ),
  plant(
    'a chaser follows from no firing',
    /^7: chaser .* did not fire/,
    `insert into chasers (id, alert_id, request_id, request_version, step, level, at)
     select gen_random_uuid(), gen_random_uuid(), request_id, request_version, 'due', 'officer', at from chasers limit 1`,
  ),
  plant(
    'staff were written to of no firing',
    /^7: message .* did not fire/,
    `update messages set facts = '{"alertId":"none"}' where purpose = 'staff-alert'`,
  ),
  plant(
    'a message does not know of a case',
    /^7: message .* asks for material of/,
    `update messages set case_ids = '[]' where purpose = 'chaser'`,
  ),
  plant(
    'what never fired has follow-ups',
    /^7: .* never fired, and has follow-ups/,
    `update alerts set state = 'superseded', fired_at = null, follow_ups = '[{"kind":"task"}]' where id = ${fired()}`,
  ),
  plant(
    'the task of a deadline that is met is open',
    /^7: task .* is open although its deadline is met/,
    `update deadlines set state = 'met' where id in (select deadline_id from tasks where state = 'open')`,
  ),
];

const messagePlants: Plant[] = [
  plant(
    'a message is there twice',
    /^8: 2 messages/,
    'alter table messages drop constraint messages_key_unique',
    `insert into messages select gen_random_uuid(), key, channel, purpose, to_id, to_address, case_ids, subject, body,
       facts, state, due_at, attempts, sending_since, sent_at, last_error, created_at
     from messages where id = ${one('messages', 'true')}`,
  ),
  plant(
    'a message left early',
    /^8: message .* before it was due/,
    `update messages set due_at = sent_at + interval '1 minute'`,
  ),
  plant('a message was forgotten', /^9: message .* is pending/, `update messages set state = 'pending'`),
  plant(
    'a message failed without a word',
    /^9: message .* is failed/,
    `update messages set state = 'failed'`,
  ),
  plant('a message was sent without words', /^9: message .* has no words/, `update messages set body = null`),
  plant(
    'an officer was written to on a Saturday',
    /^10: chaser .* outside business hours/,
    `update messages set sent_at = '2026-06-13T10:00:00Z' where purpose = 'chaser'`,
  ),
  plant(
    'an officer was written to at night',
    /^10: chaser .* outside business hours/,
    `update messages set sent_at = '2026-06-12T17:30:00Z' where purpose = 'chaser'`,
  ),
  plant(
    'somebody is to be told who does not want to hear',
    /^10: contact .* does not want to hear/,
    `update people set preferred = 'none'`,
  ),
  plant(
    'somebody is asked to call a person who does not want to hear',
    /^10: task .* does not want to hear/,
    `update contacts set state = 'stopped' where state = 'owed'`,
  ),
];

const taskPlants: Plant[] = [
  plant(
    'a task has two live claims',
    /^11: task .* has 2 live claims/,
    'drop index claims_one_live',
    `insert into claims (token, task_id, staff_id, claimed_at, until)
     select gen_random_uuid(), task_id, 'cw-3', claimed_at, until from claims where ended_at is null`,
  ),
  plant(
    'one person holds two tasks',
    /^11: cw-1 holds 2 tasks/,
    'drop index tasks_one_claim',
    `update tasks set claimed_by = 'cw-1' where id = ${one('tasks', `state = 'open' and claimed_by is null`)}`,
  ),
  plant(
    'a task is held by a claim that is not there',
    /^11: task .* is held by/,
    `delete from claims where ended_at is null`,
  ),
  plant(
    'a claim outlives its task',
    /^11: claim .* is live, and task/,
    `update tasks set state = 'done' where claimed_by is not null`,
  ),
  plant(
    'a task was completed by one who had lost it',
    /^11: task .* was completed by .* whose claim/,
    `update claims set how = 'expired' where how = 'completed'`,
  ),
  plant(
    'a task was completed twice',
    /^11: task .* was completed 2 times/,
    `insert into history (at, actor, action, case_id, entity, entity_id, detail)
     select at, actor, action, case_id, entity, entity_id, detail from history where action = 'task-completed' limit 1`,
  ),
  plant(
    'a task is of another team',
    /^12: task .* is assigned to cw-5/,
    `update tasks set assignee = 'cw-5'`,
  ),
  plant(
    'a task is held by one who may not see it',
    /^12: task .* who may not see it/,
    `update tasks set visible_to = '{sr-2}' where claimed_by is not null`,
  ),
  plant(
    'a restricted case has open work for all',
    /^12: task .* or not for the eyes/,
    `update cases set restricted = true, visible_to = '{cw-1}'`,
  ),
  plant(
    'work is with one who has a conflict of interest',
    /^12: task .* conflict of interest/,
    `update cases c set barred = array[t.assignee] from tasks t
     where t.case_id = c.id and t.state = 'open' and t.assignee is not null`,
  ),
  plant('a case is with another team', /^12: case .* is with cw-6/, `update cases set caseworker = 'cw-6'`),
];

/** Violations of what fires, what follows from it, what leaves the building and who works on what. */
export const plantsOfWork: Plant[] = [...alertPlants, ...followUpPlants, ...messagePlants, ...taskPlants];
