import { sayDate } from '../../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../../calendar/holiday-calendar.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { CaseState, Occurrence } from '../../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow } from '../../deadlines/store.ts';
import type { RequestRow } from '../../materials/compare-requests.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { sayDue } from '../../tasks/deadline-task.ts';
import { lastMomentOf, type TaskDraft } from '../../tasks/task-draft.ts';

/** `data` of `caseworker-changed`. Ids and facts; what somebody typed stands in `event_words`. */
export type CaseworkerChanged = {
  from: string | null;
  to: string | null;
  kind: 'single' | 'balance' | 'new-starter' | 'conflict' | 'undone';
  /** What whoever takes the case over has to know, in sentences without names. */
  summary: string[];
  /** Somebody wrote a note with it. */
  noted?: true;
};

/** The kind of task by which somebody learns that a case is theirs now. */
export const takeOverKind = 'take-over-case';

const mostNamed = 4;

/** What whoever takes a case over has to know: what is next, what is owed, the last contact. Without names. Pure. */
export function sumUp(
  state: CaseState,
  deadlines: readonly DeadlineRow[],
  requests: readonly RequestRow[],
  today: string,
): string[] {
  const pending = deadlines
    .filter((one) => one.state === 'pending' && one.legalDue !== null)
    .sort((a, b) => ((a.legalDue ?? '') < (b.legalDue ?? '') ? -1 : 1));
  const hearing = state.hearings
    .filter((one) => one.state === 'listed' && one.on >= today)
    .sort((a, b) => (a.on < b.on ? -1 : 1))[0];
  const outstanding = requests.filter((one) => one.state === 'outstanding');
  const held = state.defendants.filter(({ remand }) => remand === 'custody').length;
  return [
    ...(held > 0 ? [held === 1 ? 'A defendant is in custody' : `${held} defendants are in custody`] : []),
    hearing === undefined
      ? 'No hearing is listed'
      : `Next hearing: ${hearing.type}, ${sayDate(hearing.on)}, ${hearing.courtName}`,
    pending.length === 0
      ? 'Nothing falls due as things are'
      : `Next: ${listed(pending.map((one) => `${ruleOf(one).title}, ${sayDue(one)}`))}`,
    outstanding.length === 0
      ? 'The officer owes nothing'
      : `The officer owes: ${listed(outstanding.map(({ material, dueOn }) => `${sayMaterial(material)}, due ${sayDate(dueOn)}`))}`,
    sayContact(state),
  ];
}

function listed(all: readonly string[]): string {
  const more = all.length - mostNamed;
  return `${all.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function sayContact({ attempts, people }: CaseState): string {
  if (people.length === 0) return 'There is no victim or witness to tell';
  const last = attempts.at(-1);
  if (last === undefined) return 'No victim or witness has been contacted yet';
  const role = people.find(({ id }) => id === last.personId)?.role ?? 'person';
  const result = last.result.replaceAll('-', ' ');
  return `Last contact: with a ${role} on ${sayDate(last.on)}, ${result}`;
}

/** The change of caseworker that stands: each that was taken back is none, and the one before it stands again. */
function lastHandOver({ decisions }: CaseState): (Occurrence & { data: CaseworkerChanged }) | undefined {
  const standing: (Occurrence & { data: CaseworkerChanged })[] = [];
  for (const one of decisions) {
    if (one.type !== 'caseworker-changed') continue;
    const change = one as Occurrence & { data: CaseworkerChanged };
    if (change.data.kind === 'undone') standing.pop();
    else standing.push(change);
  }
  const last = standing.at(-1);
  return last === undefined || last.data.to === null ? undefined : last;
}

/** The task by which whoever took a case over learns of it, with what they have to know. Pure. */
export function takeOverTasks(state: CaseState, calendar: HolidayCalendar): TaskDraft[] {
  const change = lastHandOver(state);
  if (change === undefined || state.finalised !== undefined) return [];
  const { from, to, summary, noted } = change.data;
  const day = civilDateOf(change.receivedAt);
  const next = addBusinessDays(calendar, day, 1);
  return [
    {
      kind: takeOverKind,
      title: 'Take over the case: read what stands, and the note of whoever had it',
      source: `${takeOverKind}:${change.eventId}`,
      subject: {},
      why: [
        from === null
          ? `The case went to ${to} on ${sayDate(day)}`
          : `The case went from ${from} to ${to} on ${sayDate(day)}`,
        ...summary,
        ...(noted ? ['A note was written with it: it stands with the case, under hand-overs'] : []),
      ],
      consequence: 'record',
      danger: false,
      alwaysCritical: false,
      dueAt: lastMomentOf(typeof next === 'string' ? next : day),
      effortMinutes: 10,
    },
  ];
}
