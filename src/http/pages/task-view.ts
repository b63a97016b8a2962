import { epochMs } from '../../calendar/london-time.ts';
import type { ReadTaskJson } from '../api/read-task.ts';
import type { TaskJson } from '../api/task-json.ts';
import { tooLateView, whatIsSeen, type TooLate } from './too-late.ts';
import { glanceAt, type CaseGlance, type CaseJson } from './case-glance.ts';
import {
  countBasis,
  isToCount,
  withoutCustodyLimits,
  withoutFigure,
  type CountsView,
} from './custody-count-view.ts';
import { deadlineFacts, type DeadlineFacts } from './deadline-facts.ts';
import { errorLinks } from './form-field.ts';
import { pathOf } from './person/person-view.ts';
import { choices, contactView, type Choice, type ContactView } from './task-contact.ts';
import { isOfOwnForm, ownForm, type OwnForm, type Refused } from './task-own-form.ts';
import { taskDoneAt, taskLinks } from './task-done-at.ts';
import { bandTags, sayDayOf, sayMoment } from './say.ts';

/** The view model of a task. */
export type TaskView = {
  heading: string;
  id: string;
  tag: { text: string; classes: string };
  /** Null where somebody is to count it before they see it. */
  due: string | null;
  left: string;
  because: string[];
  law: DeadlineFacts | null;
  glance: CaseGlance | null;
  /** Held by the person who looks: the forms are shown. */
  claim: { token: string; left: string } | null;
  standing: string;
  /** Put off, so that it can be taken up again. */
  isPutOff: boolean;
  /** What was written down while it was held, the oldest first. */
  notes: { said: string; by: string }[];
  contact: ContactView | null;
  /** What a custody time limit is counted from. */
  basis: { key: string; value: string }[];
  /** What two people counted. */
  counts: { rows: { key: string; value: string }[]; steps: string[]; law: string } | null;
  /** The letter or the question that is to be answered. */
  asked: { key: string; value: string }[];
  own: OwnForm | null;
  outcome: { label: string; doneValue: string; button: string; choices: Choice[] } | null;
  /** Where the task is done, if by a page of its own. */
  doneAt: { text: string; href: string } | null;
  /** Where what it asks for is recorded. */
  links: { text: string; href: string }[];
  /** What was written on a form that came too late, and what has changed since it was opened. */
  tooLate: TooLate | null;
  /** What the page shows of the case, for a form that comes back later. */
  seen: string;
  /** The form that puts it off was refused, and is shown open. */
  isPuttingOff: boolean;
  values: Record<string, string>;
  fieldErrors: Record<string, { text: string }>;
  errors: { text: string; href: string }[];
  formToken: string;
  key: string;
};

function standingOf({ state, deferredUntil, deferredWhy }: TaskJson): string {
  switch (state) {
    case 'open':
      return 'Nobody has it open. Work is given out in order: get it by pressing “Get your next task” on your queue.';
    case 'claimed':
      return 'Somebody has it open.';
    case 'deferred':
      return `It is put off${deferredUntil === null ? '' : ` until ${sayMoment(deferredUntil)}`}${deferredWhy === null ? '' : `: ${deferredWhy}`}.`;
    case 'done':
      return 'It is done.';
    case 'cancelled':
      return 'It was cancelled.';
  }
}

/** What showing a task needs besides it and its case. */
type Around = {
  today: string;
  /** The time of the machine, in which a task is held. */
  machineNow: string;
  /** What the staff are called, by id. */
  names: ReadonlyMap<string, string>;
  counts: CountsView | null;
  /** The letter or the question that is to be answered. */
  asked: { key: string; value: string }[];
  formToken: string;
  key: string;
  refused?: Refused;
};

/**
 * A task as it is shown: what to do and why now, what the law says, the case at a glance, and the one form that
 * finishes it.
 */
export function taskView(task: ReadTaskJson, whole: CaseJson | null, around: Around): TaskView {
  const { today, machineNow, names, counts, asked, formToken, key, refused } = around;
  const isBlind = isToCount(task);
  const found = whole !== null && isBlind ? withoutCustodyLimits(whole) : whole;
  const form = refused?.form ?? {};
  const contact = found?.contacts.find(({ deadlineId }) => deadlineId === task.deadlineId);
  const seen = whatIsSeen(task, found, today);
  const isContact = contact !== undefined && contact.state === 'owed';
  const doneAt = taskDoneAt(task);
  const own = ownForm(task, counts, refused);
  const tooLate = refused !== undefined && task.claim === undefined ? tooLateView(task, form, seen) : null;
  const problems = refused === undefined ? [] : problemsOf(refused, tooLate);
  return {
    heading: task.title,
    id: task.id,
    tag: bandTags[task.band],
    due: isBlind ? null : sayDayOf(task.dueAt),
    left: isBlind ? '' : task.timeLeft,
    because: isBlind ? withoutFigure(task) : task.because,
    law: isBlind ? null : lawOf(found, task.deadlineId),
    glance: found === null ? null : glanceAt(found, today),
    claim: task.claim ? { token: task.claim.token, left: sayHeld(task.claim.until, machineNow) } : null,
    standing: standingOf(task),
    isPutOff: task.state === 'deferred',
    notes: task.notes.map(({ by, at, text }) => ({
      said: text,
      by: `${names.get(by) ?? by}, ${sayMoment(at)}`,
    })),
    contact: isContact && found !== null ? contactView(contact, form, { found, names }) : null,
    basis: isBlind && whole !== null ? countBasis(whole, task.subject['defendantId'] ?? '') : [],
    counts: counts && { ...counts, rows: counts.counts.map(sayCount) },
    asked,
    own: isContact ? null : own,
    outcome: isContact || own !== null || doneAt !== null ? null : outcomeOf(task, form),
    doneAt,
    links: [...personLinks(task, found), ...taskLinks(task)],
    tooLate,
    seen: JSON.stringify(seen),
    isPuttingOff: form['until-day'] !== undefined && tooLate === null,
    values: form,
    fieldErrors: Object.fromEntries(problems.map(({ field, text }) => [field, { text }])),
    errors:
      own !== null && refused !== undefined && isOfOwnForm(refused) && tooLate === null
        ? errorLinks(own.fields, refused.problems, refused.detail)
        : problems.map(({ field, text }) => ({ text, href: `#${anchors[field] ?? field}` })),
    formToken,
    key,
  };
}

/** "for 1 hour 20 minutes more", by the clock of the machine. */
export function sayHeld(until: string, machineNow: string): string {
  const minutes = Math.floor((epochMs(until) - epochMs(machineNow)) / 60_000);
  if (minutes < 1)
    return 'It was yours for two hours, and nobody else has it yet: what you send is still saved.';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const some = (many: number, of: string) => (many === 0 ? [] : [`${many} ${of}${many === 1 ? '' : 's'}`]);
  const left = [...some(hours, 'hour'), ...some(rest, 'minute')].join(' ');
  return `It is yours for ${left} more. After that somebody else may get it.`;
}

const sayCount = ({ who, on, how }: CountsView['counts'][number]) => ({
  key: who,
  value: [on === null ? 'Another day, which was not said' : sayDayOf(on), how].filter(Boolean).join('. '),
});

/** The page of whoever the task is about, with how they are reached. */
function personLinks({ kind, subject }: TaskJson, found: CaseJson | null): TaskView['links'] {
  const people = [...(found?.victims ?? []), ...(found?.witnesses ?? [])];
  return people
    .filter(({ id }) => id === subject['personId'])
    .flatMap((person) => [
      ...(kind === 'referral-reply'
        ? [{ text: 'Record what the support service answered', href: `${pathOf(person)}/referrals` }]
        : []),
      { text: `How ${person.name} is reached`, href: pathOf(person) },
    ]);
}

function problemsOf(
  { form, problems, detail }: Refused,
  tooLate: TooLate | null,
): { field: string; text: string }[] {
  if (tooLate !== null)
    return [{ field: 'too-late', text: `What you sent was not saved. ${tooLate.because}` }];
  if (problems.length === 0) return [{ field: 'main-content', text: detail }];
  return problems.map(({ path, message }) =>
    path === 'claim'
      ? { field: 'main-content', text: outOfDate }
      : { field: fieldOf(path, form), text: `${fieldNames[path] ?? 'What you sent'} ${message}` },
  );
}

/** The page has a note of each of its forms, and the interface one. */
const fieldOf = (path: string, form: Refused['form']): string =>
  (path === 'note' && ['progress', 'handover'].find((name) => form[name] !== undefined)) || path;

const outOfDate =
  'What you sent was not saved: this page was open for too long. Get the task from your queue again.';

/** A field of several parts is come to by its first. */
const anchors: Record<string, string> = { until: 'until-day' };

const fieldNames: Record<string, string> = {
  until: 'The day',
  reason: 'The reason',
  against: 'Why it was done all the same',
  outcome: 'What you did',
  note: 'The note',
  channel: 'How you tried',
  result: 'What came of it',
  dueOn: 'Your date',
  readSafeContact: 'What keeps the person safe',
};

function lawOf(found: CaseJson | null, deadlineId: string | null): DeadlineFacts | null {
  const deadline = found?.deadlines.find(({ id }) => id === deadlineId);
  return deadline ? deadlineFacts(deadline) : null;
}

function outcomeOf(task: TaskJson, form: Record<string, string>): TaskView['outcome'] {
  const names = outcomesOf(task);
  const [first = 'done'] = Object.keys(names);
  return {
    label: 'What did you do?',
    doneValue: first,
    button: 'Complete',
    choices: choices(names, form['outcome'] ?? first),
  };
}

function outcomesOf({ kind, deadlineId }: TaskJson): Record<string, string> {
  switch (kind) {
    case 'confirm-receipt':
      return { received: 'It is here', 'not-received': 'It is not here: go on chasing' };
    case 'contact-failed':
      return {
        done: 'It is decided how they are told: say how in the note',
        'not-done': 'They are not told now: say why in the note',
      };
    default:
      return deadlineId === null
        ? { done: 'It is done' }
        : { done: 'It is done', 'not-done': 'It could not be done' };
  }
}
