import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import type { CaseState, Occurrence } from '../deadlines/case-state.ts';
import { explainDefect } from './defect-codes.ts';
import { newRequest, type Ask, type DesiredRequest } from './desired-request.ts';
import { resupplyDue } from './due-days.ts';

/** `data` of `file-checked`. What names no `request` is one of its own; of what names no file the first is meant. */
export type FileCheckData = {
  result: 'accepted' | 'rejected';
  of?: 'first' | 'upgrade';
  /** Materials that will do, of a file that was rejected for others. */
  accepted?: readonly string[];
  defects?: readonly CheckedDefect[];
};
export type CheckedDefect = { material: string; code: string; note?: string; request?: string };

type RequestData = {
  request?: string;
  material?: string;
  code?: string;
  note?: string;
  answer?: DesiredRequest['answer'];
  until?: string;
};

/** Which request a defect of a check is: the one that it names, which was rejected before, or its own. */
export function defectKey(check: string, defect: CheckedDefect, index: number): string {
  return defect.request ?? `defect:${check}:${index + 1}`;
}

/** Whether a check rejects again what a request asked for. */
export function opensAgain({ defects = [] }: FileCheckData, key: string): boolean {
  return defects.some(({ request }) => request === key);
}

/**
 * What becomes of everything that is asked for, event by event: each thing is asked from the event on that asks, and
 * is received, rejected or answered by those after it. What has been received stays so where the event that asked for
 * it is corrected later. Pure.
 */
export function followRequests(
  asks: readonly Ask[],
  state: CaseState,
  calendar: HolidayCalendar,
): DesiredRequest[] {
  const requests = new Map<string, DesiredRequest>();
  /** Received, though nothing that stands asks for them. */
  const unasked = new Set<string>();
  const asked = (event: string) => {
    for (const ask of asks.filter(({ cause }) => cause.eventId === event)) {
      unasked.delete(ask.key);
      const before = requests.get(ask.key);
      if (before === undefined) requests.set(ask.key, newRequest(ask));
      else Object.assign(before, { ...newRequest(ask), state: before.state, closedBy: before.closedBy });
    }
  };
  asked(state.registered.eventId);
  for (const event of state.decisions) {
    asked(event.eventId);
    apply(event, requests, unasked, state, calendar);
  }
  for (const key of unasked) {
    const request = requests.get(key);
    if (request !== undefined) close(request, request.requestedBy, 'withdrawn');
  }
  const all = [...requests.values()];
  if (state.finalised !== undefined)
    for (const request of all) close(request, state.finalised.eventId, 'withdrawn');
  return all;
}

function apply(
  event: Occurrence,
  requests: Map<string, DesiredRequest>,
  unasked: Set<string>,
  state: CaseState,
  calendar: HolidayCalendar,
): void {
  const data = event.data as RequestData;
  const request = requests.get(data.request ?? '');
  switch (event.type) {
    case 'material-received':
      if (request) close(request, event.eventId, 'received');
      else keepReceived(event, data, requests, unasked);
      return;
    case 'material-not-required':
      if (request) close(request, event.eventId, 'not-required');
      return;
    case 'material-rejected':
      if (request) reject(request, event, data, state, calendar);
      return;
    case 'officer-answered':
      if (request?.state === 'outstanding') {
        request.answer = data.answer ?? null;
        if (data.answer === 'late' && data.until !== undefined)
          Object.assign(request, { dueOn: data.until, dueWhy: 'the day that the officer gave' });
      }
      return;
    case 'file-checked':
      checkFile(event, requests, state, calendar);
      return;
    default:
  }
}

/** What has come is there, whatever becomes of the plea or the plan that asked for it. */
function keepReceived(
  event: Occurrence,
  { request: key, material }: RequestData,
  requests: Map<string, DesiredRequest>,
  unasked: Set<string>,
): void {
  const known = material ?? /^(?:file|upgrade):(.+)$/.exec(key ?? '')?.[1];
  if (key === undefined || known === undefined) return;
  const kept = newRequest({
    key,
    material: known,
    why: 'it was asked for by what has been corrected since',
    dueOn: event.on,
    dueWhy: 'the day on which it was received',
    basis: { kind: 'caseworker' },
    cause: event,
  });
  requests.set(key, { ...kept, state: 'received', closedBy: event.eventId });
  unasked.add(key);
}

function reject(
  request: DesiredRequest,
  event: Occurrence,
  { code, note }: { code?: string; note?: string },
  state: CaseState,
  calendar: HolidayCalendar,
): void {
  Object.assign(request, {
    state: 'outstanding',
    closedBy: null,
    answer: null,
    defectCode: code ?? null,
    why: explainDefect(code),
    note: note ?? null,
    rejections: request.rejections + 1,
    ...resupplyDue(event.on, state, calendar),
  });
}

/**
 * The whole file, or the materials named, will do: what was asked for it is received. Each defect asks for what is
 * wrong, by itself, instead of what the standard asks for in that file; the same defect again is the same request.
 */
function checkFile(
  event: Occurrence,
  requests: Map<string, DesiredRequest>,
  state: CaseState,
  calendar: HolidayCalendar,
): void {
  const { result, of = 'first', accepted = [], defects = [] } = event.data as FileCheckData;
  const prefix = of === 'upgrade' ? 'upgrade:' : 'file:';
  for (const one of requests.values()) {
    const isOfFile = one.key.startsWith(prefix) || one.basis.kind === 'file-check';
    if (isOfFile && (result === 'accepted' || accepted.includes(one.material)))
      close(one, event.eventId, 'received');
  }
  defects.forEach((defect, i) => {
    const key = defectKey(event.eventId, defect, i);
    const before = requests.get(key);
    for (const one of requests.values())
      if (
        one.key.startsWith(prefix) &&
        one.key !== key &&
        one.material === defect.material &&
        one.basis.kind === 'file-standard'
      )
        close(one, event.eventId, 'withdrawn');
    const request = before ?? askedByCheck(key, defect, event, state, calendar);
    requests.set(key, request);
    reject(request, event, defect, state, calendar);
  });
}

function askedByCheck(
  key: string,
  { material, code }: CheckedDefect,
  event: Occurrence,
  state: CaseState,
  calendar: HolidayCalendar,
): DesiredRequest {
  return newRequest({
    key,
    material,
    why: explainDefect(code),
    ...resupplyDue(event.on, state, calendar),
    basis: { kind: 'file-check', event: event.eventId },
    cause: event,
  });
}

function close(request: DesiredRequest, by: string, state: 'received' | 'not-required' | 'withdrawn'): void {
  if (request.state !== 'outstanding') return;
  request.state = state;
  request.closedBy = by;
}
