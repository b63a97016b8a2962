import type { TaskJson } from '../api/task-json.ts';
import { glanceAt, type CaseJson } from './case-glance.ts';
import { isToCount } from './custody-count-view.ts';
import { sayDayOf } from './say.ts';

/** What a page of a task shows that can change while somebody works on it, each by its name. */
export type Seen = Record<string, string>;

/** A form that came too late: the words are kept, so that nobody has to write them again. */
export type TooLate = { because: string; changes: string[]; kept: { label: string; words: string }[] };

/** What a task and its case look like now, in words. */
export function whatIsSeen(task: TaskJson, found: CaseJson | null, today: string): Seen {
  const glance = found === null ? null : glanceAt(found, today);
  return {
    Task: task.title,
    ...(isToCount(task) ? {} : { Due: sayDayOf(task.dueAt) }),
    ...(glance === null
      ? {}
      : {
          Case: glance.state,
          'Next hearing': glance.nextHearing ?? 'none listed',
          'Time limits': glance.limits.map(({ title, on }) => `${title}, ${on}`).join('; ') || 'none',
          'Officer in the case': glance.officer,
          Defendants: glance.defendants.map(({ name, remand }) => `${name}, ${remand}`).join('; '),
        }),
  };
}

const written: Record<string, string> = {
  note: 'Note',
  reason: 'Why it has to wait',
  why: 'Why',
  progress: 'Note',
  handover: 'Note',
  against: 'Why it was done all the same',
  reference: 'Reference',
  method: 'How you counted',
};

/**
 * What to say of a form that was sent by somebody who no longer holds the task.
 * @param form what was sent, with what its page had shown in `seen`
 */
export function tooLateView(task: TaskJson, form: Record<string, string>, now: Seen): TooLate {
  const before = readSeen(form['seen']);
  return {
    because: becauseOf(task),
    changes: Object.entries(now).flatMap(([name, value]) => {
      const was = before[name];
      return was === undefined || was === value ? [] : [`${name}: it was ${was}, and is ${value}`];
    }),
    kept: Object.entries(written).flatMap(([name, label]) => {
      const words = (form[name] ?? '').trim();
      return words === '' ? [] : [{ label, words }];
    }),
  };
}

function becauseOf({ state, claimedBy, outcome, deferredUntil }: TaskJson): string {
  switch (state) {
    case 'done':
      return `It is done already${outcome === null ? '' : `: ${outcome.replaceAll('-', ' ')}`}.`;
    case 'cancelled':
      return 'It was cancelled, and does not have to be done.';
    case 'deferred':
      return `It was put off${deferredUntil === null ? '' : ` until ${sayDayOf(deferredUntil)}`}.`;
    case 'claimed':
      return `${claimedBy ?? 'Somebody else'} has it open now.`;
    case 'open':
      return 'It is no longer yours: it was open for too long, or was given back. Get it again from your queue.';
  }
}

/** Only what this file wrote: a form can hold anything. */
function readSeen(text: string | undefined): Seen {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return Object.fromEntries(
      Object.entries(parsed ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
  } catch {
    return {};
  }
}
