import { isCivilDate, sayDate } from '../calendar/civil-date.ts';
import { sayInstant } from '../calendar/london-time.ts';
import { policeSystems, systemOf } from '../deadlines/record-entries.ts';
import { findRule, rules } from '../deadlines/rules/register.ts';
import { isListedMaterial, sayMaterial } from '../materials/material-types.ts';
import { recordableEvents, ownEvents, type EventType } from './event-types.ts';
import { sayRequestNews } from './history-of-requests.ts';

type Detail = Record<string, unknown>;

/** One thing that happened in a case, as it is kept. */
export type TimelineEntry = {
  id: string;
  at: string;
  kind: string;
  actor: string;
  detail: Detail;
};

/** What a line of history names by its id alone. */
export type TimelineNames = {
  /** Names of staff by id. */
  staff: ReadonlyMap<string, string>;
  /** Titles of tasks by id. */
  tasks: ReadonlyMap<string, string>;
  /** What is asked for, by the key of its request. */
  materials: ReadonlyMap<string, string>;
};

/** Who did it, as people say it: somebody's name, "the hub", "officer PC1001". Pure. */
export function sayActor(actor: string, { staff }: Pick<TimelineNames, 'staff'>): string {
  if (actor === 'hub') return 'the hub';
  const [kind, collar] = actor.split(':');
  if (kind === 'officer' && collar !== undefined) return `officer ${collar}`;
  return staff.get(actor) ?? actor;
}

/** Every member of staff whom entries tell of by id. Pure. */
export function staffIn(entries: readonly TimelineEntry[]): string[] {
  const ids = entries.flatMap(({ actor, detail }) => [actor, ...people.map((name) => detail[name])]);
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
const people = ['to', 'assignee', 'by', 'absent', 'staff'] as const;

/**
 * What happened, in words for whoever reads the history of a case: which deadline, which entry, which task and until
 * when. Pure.
 * @param data of the event that the entry tells of, where it tells of one
 */
export function sayEntry({ kind, detail }: TimelineEntry, names: TimelineNames, data: Detail = {}): string {
  if (kind === 'event-recorded') return sayEvent(detail['type'] as EventType, data, names);
  if (kind === 'chased')
    return `${sayMaterial(text(detail['material']))}: ${detail['level'] === 'officer' ? 'officer chased' : `escalated to the ${text(detail['level'])}`}`;
  if (kind === 'materials-changed') return `Material: ${sayRequestNews(detail)}`;
  const said = (deadlineWords[kind] ?? taskWords[kind] ?? caseWords[kind])?.(detail, names);
  return said ?? (titles[kind] || capital(kind.replaceAll('-', ' ')));
}

/** What an event is called, with what it was about where its name alone does not say. */
function sayEvent(type: EventType, data: Detail, { materials }: TimelineNames): string {
  const { title } = { ...recordableEvents, ...ownEvents }[type];
  const material = text(data['material'] ?? materials.get(text(data['request'])));
  const system = systemOf(text(data['rule']));
  if (type === 'deadline-met') return `Said to be done: ${ruleTitle(data['rule'])}`;
  if (type === 'record-entered')
    return `Entered in ${system === undefined ? 'a police system' : policeSystems[system]}: ${ruleTitle(data['rule'])}`;
  if (type === 'officer-answered')
    return `${title}: ${answers[text(data['answer'])] ?? text(data['answer'])}${about(material)}`;
  return type.startsWith('material-') ? `${title}${about(material)}` : title;
}

const about = (material: string) => (isListedMaterial(material) ? `: ${sayMaterial(material)}` : '');

const answers: Record<string, string> = {
  sent: 'it has been sent',
  late: 'it will be late',
  'not-mine': 'it is not theirs',
  cannot: 'it cannot be had',
};

type Words = Record<string, (detail: Detail, names: TimelineNames) => string>;

const deadlineWords: Words = {
  'deadline-added': (d) => `New deadline: ${ruleTitle(d['rule'])}, due ${when(d['legalDue'])}`,
  'deadline-moved': (d) =>
    `Deadline moved: ${ruleTitle(d['rule'])}, from ${when((d['before'] as Detail | undefined)?.['legalDue'])} to ${when(d['legalDue'])}`,
  'deadline-met': (d) =>
    `Done: ${ruleTitle(d['rule'])}${d['metOn'] == null ? '' : `, on ${when(d['metOn'])}`} (it was due ${when(d['legalDue'])})`,
  'deadline-withdrawn': (d) => `No longer owed: ${ruleTitle(d['rule'])} (it was due ${when(d['legalDue'])})`,
  'alert-fired': (d) => `${sayStep(text(d['step']))}: ${ruleTitle(d['rule'])}`,
};

function sayStep(step: string): string {
  const days = /^warning-(\d+)$/.exec(step)?.[1];
  if (days !== undefined) return `Reminder, ${days} ${days === '1' ? 'day' : 'days'} before it is due`;
  return step === 'overdue' ? 'Not done in time' : 'Reminder, the day to act';
}

const task = (said: string, d: Detail, { tasks }: TimelineNames) =>
  `${said}: ${tasks.get(text(d['entityId'])) ?? capital(text(d['kind']).replaceAll('-', ' '))}`;
const because = (why: unknown) => (typeof why === 'string' && why !== '' ? ` (${why})` : '');

const taskWords: Words = {
  'task-claimed': (d, names) => task('Started', d, names),
  'task-completed': (d, names) =>
    `${task('Task done', d, names)}${because(text(d['outcome']).replaceAll('-', ' '))}`,
  'task-released': (d, names) => task('Given back undone', d, names),
  'task-deferred': (d, names) =>
    `${task(`Put off until ${when(d['until'])}`, d, names)}${because(d['why'] ?? d['reason'])}`,
  'task-resumed': (d, names) => task('Put off no longer', d, names),
  'task-reassigned': (d, names) =>
    `${task(`Task given to ${person(d['assignee'], names)}`, d, names)}${because(d['why'])}`,
  'task-cancelled': (d, names) => `${task('Task cancelled', d, names)}${because(d['why'])}`,
  'task-noted': (d, names) => task('Note written on a task', d, names),
  'completed-work-reviewed': (d, names) => task('Finished work looked at', d, names),
};

const caseWords: Words = {
  'case-given': (d, names) => `Given to ${person(d['to'], names)}${because(d['why'])}`,
  'case-covered': (d, names) =>
    `${person(d['by'], names)} covers for ${person(d['absent'], names)}, from ${when(d['from'])} to ${when(d['to'])}`,
  'cover-ended': (d, names) => `${person(d['by'], names)} covers the case no longer`,
  'case-pinned': (d) => `Stays with its caseworker${because(d['why'])}`,
  'case-unpinned': () => 'May be given to another caseworker again',
  'conflict-declared': (d, names) => `Conflict of interest of ${person(d['staff'], names)} declared`,
  'conflict-ended': (d, names) => `Conflict of interest of ${person(d['staff'], names)} ended`,
};

const titles: Record<string, string> = {
  'case-created': 'Case received',
  'person-changed': 'Victim or witness details changed',
  'person-linked': 'Victim or witness linked with another case',
  'person-unlinked': 'Victim or witness not of another case after all',
  'person-messaged': 'Victim or witness asked by message to ring',
  'person-referred': 'Victim or witness referred to a support service',
  'referral-answered': 'Support service answered',
  'contact-not-made': 'Update given up: the person cannot be reached',
  'alert-retried': 'Work of the hub that had failed is tried again',
  'alert-discarded': 'Work of the hub that had failed is done without',
  'finalisation-overridden': 'Finalised although it was not done',
  'court-exception-raised': 'A court result needs somebody to settle it',
  'court-exception-settled': 'A court result settled by a person',
  'court-results-joined': 'Court results that had waited for the case taken in',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const person = (id: unknown, { staff }: TimelineNames) =>
  typeof id === 'string' ? (staff.get(id) ?? id) : 'the team';

function when(at: unknown): string {
  if (typeof at !== 'string') return 'a day not known';
  return isCivilDate(at) ? sayDate(at) : sayInstant(at);
}

function ruleTitle(id: unknown): string {
  const rule = typeof id === 'string' && (findRule(id, 1) ?? rules.find((one) => one.id === id));
  return rule ? rule.title : text(id);
}
