import type { TaskJson } from '../api/task-json.ts';
import { tooLateView, whatIsSeen, type TooLate } from './too-late.ts';
import { glanceAt, type CaseGlance, type CaseJson } from './case-glance.ts';
import { deadlineFacts, type DeadlineFacts } from './deadline-facts.ts';
import { bandTags, sayDayOf, sayMoment } from './say.ts';

type Contact = CaseJson['contacts'][number];
type Choice = { value: string; text: string; checked: boolean };
/** The view model of a task. */
export type TaskView = {
  heading: string;
  id: string;
  tag: { text: string; classes: string };
  due: string;
  left: string;
  because: string[];
  law: DeadlineFacts | null;
  glance: CaseGlance | null;
  /** Held by the person who looks: the forms are shown. */
  claim: { token: string; until: string } | null;
  standing: string;
  contact: ContactView | null;
  custody: { action: string; note: string; defendantId: string } | null;
  outcome: { label: string; doneValue: string; choices: Choice[] } | null;
  /** Where the task is done, if by a page of its own. */
  doneAt: { text: string; href: string } | null;
  /** What was written on a form that came too late, and what has changed since it was opened. */
  tooLate: TooLate | null;
  /** What the page shows of the case, for a form that comes back later. */
  seen: string;
  values: Record<string, string>;
  fieldErrors: Record<string, { text: string }>;
  errors: { text: string; href: string }[];
  formToken: string;
  key: string;
};

type ContactView = {
  id: string;
  name: string;
  role: string;
  /** Who is spoken to in the person's place. */
  instead: string | null;
  safe: string[];
  channels: { label: string; value: string; href: string | null }[];
  entitlement: string;
  /** What to say, all of it in one talk. */
  say: string[];
  next: string | null;
  letterHref: string | null;
  attempts: string[];
  channelChoices: Choice[];
  resultChoices: Choice[];
};

/** What a form that was refused had in it, and why it was refused. */
export type Refused = {
  form: Record<string, string>;
  problems: { path: string; message: string }[];
  detail: string;
};

const standing: Record<TaskJson['state'], string> = {
  open: 'Nobody has it open. Work is given out in order: get it by pressing “Get your next task” on your queue.',
  claimed: 'Somebody has it open.',
  deferred: 'It is put off.',
  done: 'It is done.',
  cancelled: 'It was cancelled.',
};

const channelNames: Record<string, string> = {
  phone: 'Phone call',
  'in-person': 'In person',
  email: 'Email',
  sms: 'Text message',
  letter: 'Letter',
};

const resultNames: Record<string, string> = {
  reached: 'I reached them and told them',
  'no-answer': 'No answer',
  'message-left': 'I left a message (they still have to be told)',
  'wrong-number': 'The number is wrong',
  declined: 'They do not want to be told',
};

/**
 * A task as it is shown: what to do and why now, what the law says, the case at a glance, and the one form that
 * finishes it.
 */
export function taskView(
  task: TaskJson,
  found: CaseJson | null,
  options: { today: string; formToken: string; key: string; refused?: Refused },
): TaskView {
  const { today, formToken, key, refused } = options;
  const form = refused?.form ?? {};
  const problems = refused === undefined ? [] : problemsOf(refused);
  const contact = found?.contacts.find(({ deadlineId }) => deadlineId === task.deadlineId);
  const seen = whatIsSeen(task, found, today);
  const isContact = contact !== undefined && contact.state === 'owed';
  const defendantId = task.subject['defendantId'];
  const isCustody = task.kind === 'confirm-custody-limit' && defendantId !== undefined;
  const doneAt = doneAtOf(task);
  return {
    heading: task.title,
    id: task.id,
    tag: bandTags[task.band],
    due: sayDayOf(task.dueAt),
    left: task.timeLeft,
    because: task.because,
    law: lawOf(found, task.deadlineId),
    glance: found === null ? null : glanceAt(found, today),
    claim: task.claim ? { token: task.claim.token, until: sayMoment(task.claim.until) } : null,
    standing: standing[task.state],
    contact: isContact ? contactView(contact, form) : null,
    custody: isCustody
      ? {
          action: `/tasks/${task.id}/custody-count`,
          note: 'Count it yourself before you look at the hub’s figure.',
          defendantId,
        }
      : null,
    outcome: isContact || isCustody || doneAt !== null ? null : outcomeOf(task, form),
    doneAt,
    tooLate: refused !== undefined && task.claim === undefined ? tooLateView(task, form, seen) : null,
    seen: JSON.stringify(seen),
    values: form,
    fieldErrors: Object.fromEntries(problems.map(({ field, text }) => [field, { text }])),
    errors: problems.map(({ field, text }) => ({ text, href: `#${field}` })),
    formToken,
    key,
  };
}

function problemsOf({ problems, detail }: Refused): { field: string; text: string }[] {
  if (problems.length === 0) return [{ field: 'main-content', text: detail }];
  return problems.map(({ path, message }) => ({
    field: path,
    text: `${fieldNames[path] ?? 'This'} ${message}`,
  }));
}

const fieldNames: Record<string, string> = {
  until: 'The day',
  reason: 'The reason',
  outcome: 'What you did',
  note: 'The note',
  channel: 'How you tried',
  result: 'What came of it',
  dueOn: 'Your date',
};

function lawOf(found: CaseJson | null, deadlineId: string | null): DeadlineFacts | null {
  const deadline = found?.deadlines.find(({ id }) => id === deadlineId);
  return deadline ? deadlineFacts(deadline) : null;
}

function choices(names: Record<string, string>, chosen: string | undefined): Choice[] {
  return Object.entries(names).map(([value, text]) => ({ value, text, checked: value === chosen }));
}

function contactView(contact: Contact, form: Record<string, string>): ContactView {
  const { person, speakTo, conversation, next, readFirst } = contact;
  return {
    id: contact.id,
    name: person.name,
    role: person.role === 'victim' ? 'Victim' : 'Witness',
    instead: speakTo.relation === null ? null : `${speakTo.name}, ${speakTo.relation.replaceAll('-', ' ')}`,
    safe: readFirst,
    channels: Object.entries(speakTo.contact).map(([label, value]) => ({
      label: label.charAt(0).toUpperCase() + label.slice(1),
      value: String(value),
      href: label === 'phone' ? `tel:${String(value).replaceAll(/[^\d+]/g, '')}` : null,
    })),
    entitlement: contact.entitlement === 'enhanced' ? 'Enhanced rights' : 'Standard',
    say: conversation.length === 0 ? [contact.draft] : conversation.map(({ say }) => say),
    next: next === null ? null : sayNext(next),
    letterHref: next?.step === 'letter' ? `/api/contacts/${contact.id}/letter` : null,
    attempts: contact.attempts.map(
      ({ at, channel, result }) =>
        `${sayMoment(at)}: ${channelNames[channel] ?? channel}, ${resultNames[result] ?? result}`,
    ),
    channelChoices: choices(channelNames, form['channel'] ?? next?.channel ?? 'phone'),
    resultChoices: choices(resultNames, form['result']),
  };
}

function sayNext({ step, at, channel, why }: NonNullable<Contact['next']>): string {
  const what =
    step === 'senior'
      ? 'A senior caseworker decides what to do now'
      : step === 'letter'
        ? 'Send a letter'
        : `Try by ${(channelNames[channel ?? 'phone'] ?? 'phone').toLowerCase()}, not before ${sayMoment(at)}`;
  return [what, ...why].join('. ');
}

function outcomeOf(task: TaskJson, form: Record<string, string>): TaskView['outcome'] {
  const done = { done: 'It is done' };
  const names: Record<string, string> =
    task.kind === 'confirm-receipt'
      ? { received: 'It is here', 'not-received': 'It is not here: go on chasing' }
      : task.deadlineId === null
        ? done
        : { ...done, 'not-done': 'It could not be done' };
  return {
    label: 'What did you do?',
    doneValue: Object.keys(names)[0] ?? 'done',
    choices: choices(names, form['outcome'] ?? Object.keys(names)[0]),
  };
}

/** The page on which a task is done, where that takes more than a word. */
function doneAtOf({ kind, caseUrn }: TaskJson): TaskView['doneAt'] {
  if (caseUrn === null) return null;
  if (kind === 'check-file') return { text: 'Check the file', href: `/cases/${caseUrn}/file-check` };
  if (kind === 'finalise-case') return { text: 'Finalise the case', href: `/cases/${caseUrn}/finalise` };
  return null;
}
