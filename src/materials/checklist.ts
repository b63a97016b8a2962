import { addBusinessDays, businessDayOnOrAfter, type HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, Cause, OffenceState } from '../deadlines/case-state.ts';
import { sayDefect } from './defect-codes.ts';
import { sayMaterial } from './material-types.ts';

/** A material request as the events of a case make it; `key` tells those of one case apart. */
export type DesiredRequest = {
  key: string;
  material: string;
  why: string;
  dueOn: CivilDate;
  requestedBy: string;
  defectCode: string | null;
  state: 'outstanding' | 'received' | 'not-required' | 'withdrawn';
  closedBy: string | null;
  answer: 'sent' | 'late' | 'not-mine' | 'cannot' | null;
};

type ChecklistItem = { material: string; why: string; only?: (state: CaseState) => boolean };

const whyFirstHearing = 'the prosecutor must have it for the first hearing (CrimPR 2025 r.8.3)';
const custody = (state: CaseState) => state.defendants.some((defendant) => defendant.remand === 'custody');
const hasVictim = (state: CaseState) => state.people.some((person) => person.role === 'victim');
const checklistNeeded = (state: CaseState) =>
  state.domesticAbuse ||
  state.hateCrime ||
  state.sexualOffence ||
  state.defendants.some((defendant) => defendant.offences.some((offence) => offence.domesticAbuse));

/**
 * What a file of each kind holds, after the National File Standard. Grade C (general knowledge of the Director's
 * Guidance, 6th edition, annexes 4 and 5): to be checked with the force.
 */
const guiltyPlea: readonly ChecklistItem[] = [
  { material: 'charges', why: whyFirstHearing },
  { material: 'case-summary', why: whyFirstHearing },
  { material: 'previous-convictions', why: whyFirstHearing },
  { material: 'disclosure-certificate', why: 'the duty of disclosure begins with the file' },
  { material: 'remand-application', why: 'the defendant is in custody', only: custody },
  { material: 'victim-personal-statement', why: 'the court must have it before sentence', only: hasVictim },
  { material: 'risk-checklist', why: 'it is required in this kind of case', only: checklistNeeded },
];
const notGuilty: readonly ChecklistItem[] = [
  ...guiltyPlea.filter(({ material }) => material !== 'disclosure-certificate'),
  { material: 'case-information', why: whyFirstHearing },
  { material: 'witness-statements', why: whyFirstHearing },
  { material: 'witness-list', why: 'a trial date depends on it' },
  { material: 'witness-availability', why: 'a trial date depends on it' },
  { material: 'exhibits-and-media', why: 'key exhibits must be clipped and playable' },
  {
    material: 'non-sensitive-schedule',
    why: 'disclosure follows a not guilty plea at once (CrimPR 2025 r.15.2)',
  },
  { material: 'rebuttable-presumption-material', why: 'it is presumed to be disclosable' },
];
const traffic: readonly ChecklistItem[] = [
  { material: 'charges', why: whyFirstHearing },
  { material: 'case-summary', why: whyFirstHearing },
  { material: 'driver-record', why: 'the court needs it for sentence' },
  { material: 'witness-statements', why: 'the officer’s statement proves the offence' },
];
const singleJusticeProcedure: readonly ChecklistItem[] = [
  ...traffic,
  { material: 'certificate-of-service', why: 'the court must have it (CrimPR 2025 r.24.9)' },
];
/** After a not guilty plea. */
const upgrade: readonly ChecklistItem[] = [
  { material: 'witness-statements', why: 'all that is relied on, typed, for trial' },
  { material: 'exhibit-list', why: 'all exhibits, for trial' },
  { material: 'witness-availability', why: 'brought up to date, for trial' },
  { material: 'non-sensitive-schedule', why: 'reviewed for trial' },
  { material: 'special-measures-assessment', why: 'an application has a time limit', only: hasVictim },
];

function checklistOf(state: CaseState): readonly ChecklistItem[] {
  if (state.initiation === 'single-justice-procedure') return singleJusticeProcedure;
  if (state.kind === 'traffic') return traffic;
  return state.anticipatedPlea === 'guilty' ? guiltyPlea : notGuilty;
}

/**
 * Every material request that a case has made so far, with what became of it: the checklist of its kind, what a not
 * guilty plea, an action plan, a file check or a caseworker asked for. Pure.
 */
export function desiredRequests(state: CaseState, calendar: HolidayCalendar): DesiredRequest[] {
  const requests: DesiredRequest[] = [];
  const ask = (key: string, material: string, why: string, dueOn: CivilDate, cause: Cause) =>
    requests.push({
      key,
      material,
      why,
      dueOn,
      requestedBy: cause.eventId,
      defectCode: null,
      state: 'outstanding',
      closedBy: null,
      answer: null,
    });
  const applies = (items: readonly ChecklistItem[]) => items.filter(({ only }) => only?.(state) ?? true);
  const due = fileDue(state, calendar);
  for (const item of applies(checklistOf(state)))
    ask(`file:${item.material}`, item.material, item.why, due, state.registered);
  const plea = firstNotGuiltyPlea(state);
  if (plea !== undefined)
    for (const item of applies(upgrade))
      ask(`upgrade:${item.material}`, item.material, item.why, workingDayAfter(calendar, plea.on, 10), plea);
  for (const asked of state.requests) ask(asked.key, asked.material, asked.why, asked.dueOn, asked);
  for (const occurrence of state.decisions) applyToRequests(requests, occurrence, state, calendar);
  if (state.finalised !== undefined) closeAll(requests, state.finalised.eventId);
  return requests;
}

/**
 * When the file is due: five working days after charge and never less than five before the hearing; in custody, the
 * next working day. No national figure was found: a default of the hub, grade P. Never before the working day after
 * the case was received, since nobody could meet that.
 */
function fileDue(state: CaseState, calendar: HolidayCalendar): CivilDate {
  const received = civilDateOf(state.registered.receivedAt);
  const soonest = workingDayAfter(calendar, received, 1);
  if (custody(state)) return soonest;
  const charged = state.defendants
    .flatMap(({ offences }) => offences.map(({ chargedOn }) => chargedOn))
    .filter((day) => day !== undefined)
    .sort()[0];
  const hearing = state.hearings.map(({ on }) => on).sort()[0];
  const fromCharge = workingDayAfter(calendar, charged ?? received, 5);
  const beforeHearing = hearing === undefined ? fromCharge : workingDayAfter(calendar, hearing, -5);
  const due = fromCharge < beforeHearing ? fromCharge : beforeHearing;
  return due < soonest ? soonest : due;
}

function firstNotGuiltyPlea(state: CaseState): (OffenceState['plea'] & object) | undefined {
  return state.defendants
    .flatMap(({ offences }) => offences.map(({ plea }) => plea))
    .filter((plea) => plea?.plea === 'not-guilty')
    .sort((a, b) => ((a?.on ?? '') < (b?.on ?? '') ? -1 : 1))[0];
}

function applyToRequests(
  requests: DesiredRequest[],
  event: CaseState['decisions'][number],
  state: CaseState,
  calendar: HolidayCalendar,
): void {
  const data = event.data as {
    request?: string;
    answer?: DesiredRequest['answer'];
    until?: string;
    code?: string;
    note?: string;
    result?: 'accepted' | 'rejected';
    defects?: { material: string; code: string; note?: string }[];
  };
  const request = requests.find(({ key }) => key === data.request);
  const again = () => workingDayAfter(calendar, event.on, custody(state) ? 1 : 5);
  switch (event.type) {
    case 'material-received':
    case 'material-not-required':
      if (request)
        close(request, event.eventId, event.type === 'material-received' ? 'received' : 'not-required');
      return;
    case 'material-rejected':
      if (request)
        Object.assign(request, {
          state: 'outstanding',
          closedBy: null,
          answer: null,
          defectCode: data.code ?? null,
          dueOn: again(),
          why: sayRejected(data.code, data.note),
        });
      return;
    case 'officer-answered':
      if (request?.state === 'outstanding') {
        request.answer = data.answer ?? null;
        if (data.answer === 'late' && data.until !== undefined) request.dueOn = data.until;
      }
      return;
    case 'file-checked':
      if (data.result === 'accepted') {
        for (const one of requests) if (one.key.startsWith('file:')) close(one, event.eventId, 'received');
        return;
      }
      (data.defects ?? []).forEach((defect, i) => {
        for (const one of requests)
          if (one.material === defect.material && one.state === 'outstanding')
            close(one, event.eventId, 'withdrawn');
        requests.push({
          key: `defect:${event.eventId}:${i + 1}`,
          material: defect.material,
          why: sayRejected(defect.code, defect.note),
          dueOn: again(),
          requestedBy: event.eventId,
          defectCode: defect.code,
          state: 'outstanding',
          closedBy: null,
          answer: null,
        });
      });
      return;
    default:
  }
}

function sayRejected(code: string | undefined, note: string | undefined): string {
  const reason = code === undefined ? 'it was rejected' : `it was rejected: ${sayDefect(code)}`;
  return note === undefined ? reason : `${reason} (${note})`;
}

function close(request: DesiredRequest, by: string, state: 'received' | 'not-required' | 'withdrawn'): void {
  if (request.state !== 'outstanding') return;
  request.state = state;
  request.closedBy = by;
}

function closeAll(requests: DesiredRequest[], by: string): void {
  for (const request of requests) close(request, by, 'withdrawn');
}

/** Beyond the loaded bank holidays a chase goes by weekdays alone: it is nobody's legal limit. */
function workingDayAfter(calendar: HolidayCalendar, from: CivilDate, days: number): CivilDate {
  const day = addBusinessDays(calendar, from, days);
  if (typeof day === 'string') return day;
  const start = businessDayOnOrAfter(calendar, from);
  return typeof start === 'string' ? start : from;
}

/** "Witness statements (MG11): it was rejected: ...": one line of what is asked. */
export function sayRequest(request: { material: string; why: string }): string {
  return `${sayMaterial(request.material)}: ${request.why}`;
}
