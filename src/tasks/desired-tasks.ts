import type { CivilDate } from '../calendar/civil-date.ts';
import { sayDate } from '../calendar/civil-date.ts';
import { addBusinessDays, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, DefendantState } from '../deadlines/case-state.ts';
import { defectKey, type FileCheckData } from '../materials/follow-requests.ts';
import { sayMaterial } from '../materials/material-types.ts';
import { confirmLimitTask, expiredLimitTask, ofLimit } from './deadline-limit-tasks.ts';
import { lastMomentOf, type TaskDraft } from './task-draft.ts';

/** A custody time limit that stands, as the task to confirm it needs it; `expired` where its day has gone by. */
export type CustodyLimit = { defendantId: string; legalDue: CivilDate; expired: boolean };

export type AnsweredRequest = {
  id: string;
  material: string;
  answer: 'sent' | 'late' | 'not-mine' | 'cannot' | null;
  /** The event by which the officer first said so, and its day. */
  answeredBy: string;
  answeredOn: CivilDate;
  /** Whose the officer says that it is, where they say that it is not theirs. */
  whose: string | null;
  /** The day from which the officer is chased on, where they say that it has been sent. */
  heldUntil: CivilDate | null;
};

/**
 * The work that the state of a case itself calls for, apart from its deadlines: check the file, confirm the custody
 * limits, deal with what officers answered, finalise. Each source names its occasion, so that what was done is not
 * asked for again, and a new occasion is. Pure.
 */
export function desiredTasks(
  state: CaseState,
  limits: readonly CustodyLimit[],
  requests: readonly AnsweredRequest[],
  calendar: HolidayCalendar,
): TaskDraft[] {
  // A limit that runs on is watched, also in a case that was closed in spite of it.
  const ofLimits = state.defendants.flatMap((defendant) => [
    ...confirmCustodyLimit(state, defendant, limits),
    ...checkExpiredLimits(state, defendant, limits),
  ]);
  if (state.finalised !== undefined) return ofLimits;
  return [
    ...checkFile(state, calendar),
    ...ofLimits,
    ...requests.flatMap((request) => answerTask(request, calendar)),
    ...finalise(state, calendar),
  ];
}

const ordinary = { subject: {}, danger: false, alwaysCritical: false };

function checkFile(state: CaseState, calendar: HolidayCalendar): TaskDraft[] {
  const last = state.decisions.filter(({ type }) => type === 'file-checked').at(-1);
  if (last?.data['result'] === 'accepted') return [];
  if (last !== undefined && !defectsReceived(state, last.eventId)) return [];
  const since = last === undefined ? civilDateOf(state.registered.receivedAt) : latestReceipt(state);
  return [
    {
      ...ordinary,
      kind: 'check-file',
      title:
        last === undefined ? 'Check the new case file' : 'Check the file again: what was rejected has come',
      source: `check-file:${checksOf(state) + 1}`,
      why: [
        last === undefined
          ? 'The case has been received and nobody has checked the file'
          : 'The officer has supplied what the last check rejected',
        'Accept it, or reject it with a reason for each defect, which asks the officer for it',
      ],
      consequence: 'hearing',
      dueAt: lastMomentOf(workingDay(calendar, since, 1)),
      effortMinutes: 30,
    },
  ];
}

/** How often the file has been checked, with the checks that were taken back: each is an occasion of its own. */
export function checksOf({ decisions, takenBack }: CaseState): number {
  const isCheck = ({ type }: { type: string }) => type === 'file-checked';
  return decisions.filter(isCheck).length + takenBack.filter(({ was }) => isCheck(was)).length;
}

/** What a check rejected has come since: what came before the check was what it rejected. */
function defectsReceived(state: CaseState, check: string): boolean {
  const at = state.decisions.findIndex(({ eventId }) => eventId === check);
  const settled = new Set<unknown>();
  for (const { type, data } of state.decisions.slice(at + 1))
    if (type === 'material-received' || type === 'material-not-required') settled.add(data['request']);
    else if (type === 'material-rejected') settled.delete(data['request']);
  const { defects = [] } = (state.decisions[at]?.data ?? {}) as FileCheckData;
  return defects.every((defect, i) => settled.has(defectKey(check, defect, i)));
}

function latestReceipt(state: CaseState): CivilDate {
  const receipts = state.decisions.filter(({ type }) => type === 'material-received').map(({ on }) => on);
  return receipts.sort().at(-1) ?? state.registered.on;
}

/**
 * A custody limit is confirmed by a second person; a date that has moved since must be confirmed anew. Where that
 * person counted another date a senior decides.
 */
function confirmCustodyLimit(
  state: CaseState,
  defendant: DefendantState,
  limits: readonly CustodyLimit[],
): TaskDraft[] {
  const dates = limits
    .filter((limit) => limit.defendantId === defendant.id && !limit.expired)
    .map((limit) => limit.legalDue);
  const due = dates.sort()[0];
  if (due === undefined || defendant.remand !== 'custody') return [];
  const last = judgementsOf(state, defendant.id, due).at(-1);
  if (last?.type === 'custody-limit-confirmed') return [];
  const recorders = recordersOf(defendant);
  if (last === undefined) return [confirmLimitTask(defendant.id, due, recorders)];
  const { by, theirs } = last.data as { by: string; theirs?: CivilDate };
  return [
    {
      ...ofLimit(defendant.id, due),
      kind: 'settle-custody-limit',
      title: 'Two people count this custody limit differently',
      source: `settle-custody-limit:${last.eventId}:${defendant.id}:${due}`,
      why: [
        `The custody time limit is worked out to expire at the end of ${sayDate(due)}; ${by} ${theirs === undefined ? 'counts another day' : `counts ${sayDate(theirs)}`}`,
        'Until it is settled, take the earlier. Confirm the date, or correct what is recorded, which works it out anew',
      ],
      effortMinutes: 30,
      notFor: [...new Set([...recorders, by])],
      forSenior: true,
    },
  ];
}

/** A limit that nobody confirmed before it expired: whether the defendant is held lawfully is to be seen to at once. */
function checkExpiredLimits(
  state: CaseState,
  defendant: DefendantState,
  limits: readonly CustodyLimit[],
): TaskDraft[] {
  if (defendant.remand !== 'custody') return [];
  const days = limits
    .filter(({ defendantId, expired }) => defendantId === defendant.id && expired)
    .map(({ legalDue }) => legalDue);
  return [...new Set(days)]
    .filter((due) => judgementsOf(state, defendant.id, due).at(-1)?.type !== 'custody-limit-confirmed')
    .map((due) => expiredLimitTask(defendant.id, due));
}

/** What second people said of a custody limit that expires on a day, in order. */
export function judgementsOf(state: CaseState, defendantId: string, due: CivilDate) {
  return state.decisions.filter(
    (decision) =>
      (decision.type === 'custody-limit-confirmed' || decision.type === 'custody-limit-disputed') &&
      decision.defendantId === defendantId &&
      decision.data['dueOn'] === due,
  );
}

/** Who recorded the remands from which a limit is counted: the first of the two people. */
export function recordersOf(defendant: DefendantState): string[] {
  return [...new Set(defendant.custody.map(({ recordedBy }) => recordedBy))];
}

function answerTask(request: AnsweredRequest, calendar: HolidayCalendar): TaskDraft[] {
  const words = { sent: confirmReceipt, 'not-mine': findOwner, cannot: decideWithout };
  if (request.answer === null || request.answer === 'late') return [];
  const { title, why, kind } = words[request.answer](sayMaterial(request.material), request);
  return [
    {
      ...ordinary,
      kind,
      title,
      source: `answer:${request.id}:${request.answeredBy}`,
      requestId: request.id,
      why: [why],
      consequence: 'chase',
      dueAt: lastMomentOf(workingDay(calendar, request.answeredOn, 1)),
      effortMinutes: 10,
    },
  ];
}

const confirmReceipt = (material: string, { heldUntil }: AnsweredRequest) => ({
  kind: 'confirm-receipt',
  title: `Confirm receipt: ${material}`,
  why: `The officer says that it has been sent. ${heldUntil === null ? 'Chasing waits' : `Chasing waits until ${sayDate(heldUntil)} and then goes on`}, unless you confirm that it has come`,
});
const findOwner = (material: string, { whose }: AnsweredRequest) => ({
  kind: 'find-owner',
  title: whose === null ? `Find who holds it: ${material}` : `Move it to ${whose}: ${material}`,
  why:
    whose === null
      ? 'The officer says that it is not theirs; chasing has stopped. Their words are in the timeline of the case'
      : `The officer says that ${whose} has it; chasing has stopped. If ${whose} has the case now, record the change of officer, which moves what is owed; if not, ask ${whose} for it`,
});
const decideWithout = (material: string) => ({
  kind: 'decide-without',
  title: `Decide what to do without it: ${material}`,
  why: 'The officer says that it cannot be had; chasing has stopped',
});

function finalise(state: CaseState, calendar: HolidayCalendar): TaskDraft[] {
  const ends = state.defendants.flatMap((defendant) =>
    defendant.offences.map(
      (offence) => offence.sentenced ?? offence.acquitted ?? offence.discontinued ?? defendant.died,
    ),
  );
  const days = ends.map((end) => end?.on);
  if (days.length === 0 || days.some((day) => day === undefined)) return [];
  const last = days.sort().at(-1) ?? state.registered.on;
  const back = cameBack(state);
  return [
    {
      ...ordinary,
      kind: 'finalise-case',
      title: 'Finalise the case',
      source: `finalise-case:${last}${back.length === 0 ? '' : `:${back.length}`}`,
      why: [
        `Every charge was decided by ${sayDate(last)}`,
        'Do what the checklist of the case says is not done (results, victims and witnesses told, property, records, appeal window), then finalise',
      ],
      consequence: 'record',
      dueAt: lastMomentOf(workingDay(calendar, [last, ...back].sort().at(-1) ?? last, 10)),
      effortMinutes: 20,
    },
  ];
}

/** The days on which the case came back after it was finalised: it was reopened, or its finalisation taken back. */
function cameBack({ decisions, takenBack }: CaseState): CivilDate[] {
  return [
    ...decisions.filter(({ type }) => type === 'reopened'),
    ...takenBack.filter(({ was }) => was.type === 'finalised').map(({ by }) => by),
  ].map(({ on }) => on);
}

function workingDay(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  return typeof day === 'string' ? day : from;
}
