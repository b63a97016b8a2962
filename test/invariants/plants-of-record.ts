import { one, plant, type Plant } from './plant.ts';

const derivedPlants: Plant[] = [
  plant(
    'a date is a day late',
    /^14: .* would be moved/,
    `update deadlines set legal_due = legal_due + 1 where state = 'pending'`,
  ),
  plant(
    'a deadline is gone',
    /^14: .* would be added/,
    `delete from deadlines where id = ${one('deadlines', `state = 'pending' and rule like 'ctl%'`)}`,
  ),
  plant(
    'a deadline stands that nothing gives',
    /^14: .* would be withdrawn/,
    `update deadlines set clock_key = 'another' where id = ${one('deadlines', `state = 'pending'`)}`,
  ),
  plant('an alert is gone', /^14: .* step .* is not there/, `delete from alerts where state = 'pending'`),
  plant(
    'an alert waits for another time',
    /^14: .* step .* is pending/,
    `update alerts set fire_at = fire_at + interval '1 hour' where state = 'pending'`,
  ),
  plant('a contact is gone', /^14: .* has no contact/, `delete from contacts`),
  plant(
    'a contact is made that was not',
    /^14: .* the contact of .* is made/,
    `update contacts set state = 'made' where state = 'owed'`,
  ),
  plant('a request is gone', /^14: .* is not there/, `delete from material_requests`),
  plant(
    'a request is due on another day',
    /^14: .* is not as its events have it/,
    `update material_requests set due_on = due_on + 1 where state = 'outstanding'`,
  ),
  plant(
    'a request stands that nothing asks for',
    /^14: .* although nothing asks for it/,
    `update material_requests set key = 'another' where id = ${one('material_requests', `state = 'outstanding'`)}`,
  ),
  plant('a hearing is on another day', /^14: .* its hearings/, `update hearings set heard_on = heard_on + 1`),
  plant(
    'a list shows another name',
    /^14: .* names that lists show/,
    `update cases set defendant_names = '{X}'`,
  ),
  plant('a case has another officer', /^14: .* its officer/, `update cases set officer = 'PC1002'`),
  plant(
    'a case is finalised that is not',
    /^14: .* its events say otherwise/,
    `update cases set state = 'finalised'`,
  ),
];

const ladderPlants: Plant[] = [
  plant(
    'two steps of a ladder came in the wrong order',
    /^15: .* step .* came after/,
    `update chasers set step = step || '-was' where step in ('due', 'sergeant')`,
    `update chasers set step = case step when 'due-was' then 'sergeant' else 'due' end where step in ('due-was', 'sergeant-was')`,
  ),
  plant(
    'the second step was carried out before the first',
    /^15: .* was carried out before/,
    `update chasers set at = at - interval '30 days' where step = 'sergeant'`,
  ),
  plant(
    'a step came a day too soon',
    /^15: .* was due on .* and fell on/,
    `update alerts set fire_at = fire_at - interval '24 hours' where class = 'chasers' and step = 'sergeant'`,
  ),
  plant(
    'an officer was chased for what had come',
    /^15: request .* and chased at/,
    `update material_requests set state = 'received', changed_at = created_at where state = 'outstanding'`,
  ),
  plant(
    'a chaser was carried out before its time',
    /^15: chaser .* before its time/,
    `update chasers set at = at - interval '1 hour'`,
  ),
];

const historyPlants: Plant[] = [
  plant(
    'a row of the history was edited',
    /^17: the chain of the history does not hold/,
    `update history set actor = 'cw-8' where id = (select min(id) + 2 from history)`,
  ),
  plant(
    'a row of the history was removed',
    /^17: the chain of the history does not hold/,
    `delete from history where id = (select min(id) + 2 from history)`,
  ),
  plant(
    'the end of the chain was cut off',
    /^17: row .* is not sealed/,
    `delete from history_seals where position = (select max(position) from history_seals)`,
  ),
  plant(
    'a case was made in silence',
    /^17: case .* was made/,
    `delete from history where action = 'case-created'`,
  ),
  plant(
    'an event was recorded in silence',
    /^17: event .* was recorded/,
    `delete from history where action = 'event-recorded'`,
  ),
  plant(
    'a task was completed in silence',
    /^17: claim .* was completed/,
    `delete from history where action = 'task-completed'`,
  ),
  plant(
    'a deadline moved in silence',
    /^17: deadline .* which the history does not know/,
    `delete from history where action = 'deadline-added'`,
  ),
  plant(
    'an event is gone',
    /^17: events of case .* one after another/,
    `delete from case_events where seq = 2`,
  ),
  plant(
    'nobody knows who saw a case',
    /^17: GET .* showed case/,
    `delete from access_log where action = 'read'`,
  ),
  plant(
    'a request left nothing in the history',
    /^17: POST .* left nothing in the history/,
    `update history set request_id = 'another'`,
  ),
];

const acknowledgedPlants: Plant[] = [
  plant(
    'what was acknowledged is at an older version',
    /^1: POST .* was answered with .* at version/,
    `update tasks set version = 0`,
  ),
  plant(
    'what was acknowledged is gone',
    /^1: POST .* which is gone/,
    `delete from case_events where type <> 'case-received'`,
  ),
];

const leakPlants: Plant[] = [
  ['history.detail', `update history set detail = detail || '{"who":"Orla Squibbleworth"}' where id = 1`],
  ['case_events.data', `update case_events set data = data || '{"who":"squibbleworth"}' where seq = 2`],
  ['tasks', `update tasks set why = '["Ring Orla Squibbleworth"]'`],
  ['tasks', `update tasks set note = 'on 07700 900417'`],
  ['messages', `update messages set body = 'about Barnaby Wigglethrope'`],
  ['deadlines', `update deadlines set explanation = '["Wigglethrope was charged"]'`],
  ['alerts', `update alerts set last_error = 'orla.squibbleworth@mail.invalid is wrong'`],
  ['access_log', `update access_log set route = '/search/Squibbleworth'`],
].map(([place = '', statement = '']) =>
  plant(`a name stands in ${place}`, new RegExp(`^19: .* stands in ${place}`), statement),
);

/** Violations of what is derived from events, of the history, of what was acknowledged and of what is kept apart. */
export const plantsOfRecord: Plant[] = [
  ...derivedPlants,
  ...ladderPlants,
  ...historyPlants,
  ...acknowledgedPlants,
  ...leakPlants,
];
