import type { RequestBasis } from '../../db/schema/materials.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, Cause, RequestedMaterial } from '../deadlines/case-state.ts';
import type { ComputedDeadline } from '../deadlines/compute.ts';
import { custodyCause, denialCause, domesticAbuseCause, last } from './causes.ts';
import type { Ask } from './desired-request.ts';
import { addedDue, fileDue, setDue, upgradeDue, type DueDay } from './due-days.ts';
import { concernsSince } from './standing-request.ts';
import type { FileStandard, StandardId } from './standards/file-standard.ts';
import { needs } from './standards/needs.ts';
import { standardFor } from './standards/register.ts';

/** A standard that a case goes by, and the event that brought it. */
export type StandardOfCase = { standard: FileStandard; cause: Cause };

/**
 * The standards that a case goes by, each in the version in force when its file was received, or asked for: that of
 * its kind, and what events and the kind of case add to it. Pure.
 * @param computed the deadlines of the case, of which that for the upgrade file may rest on a direction of the court
 */
export function standardsOf(state: CaseState, computed: readonly ComputedDeadline[]): StandardOfCase[] {
  const found: StandardOfCase[] = [];
  const add = (id: StandardId, cause: Cause | undefined) => {
    if (cause === undefined) return;
    const isReceipt = cause.eventId === state.registered.eventId;
    const day = isReceipt ? civilDateOf(cause.receivedAt) : cause.on;
    found.push({ standard: standardFor(id, day), cause });
  };
  const isCrime = state.kind === 'crime' && state.initiation !== 'single-justice-procedure';
  add(kindOfFile(state), state.registered);
  add('custody', custodyCause(state));
  if (isCrime) add('domestic-abuse', domesticAbuseCause(state));
  if (isCrime && (state.hateCrime || state.sexualOffence))
    add('hate-crime-or-sexual-offence', state.registered);
  add('upgrade', denialCause(state) ?? directionCause(state, computed));
  return found;
}

function kindOfFile(state: CaseState): StandardId {
  if (state.initiation === 'single-justice-procedure') return 'single-justice-procedure';
  if (state.kind === 'traffic') return 'traffic';
  return state.anticipatedPlea === 'guilty' ? 'guilty-plea' : 'not-guilty';
}

function directionCause(state: CaseState, computed: readonly ComputedDeadline[]): Cause | undefined {
  const upgrade = computed.find(({ rule, ended }) => rule === 'upgrade-file' && ended === null);
  return state.decisions.find(({ eventId }) => eventId === upgrade?.startedBy);
}

/** Everything that is asked for in a case, by the standards, prosecutors, the CPS and caseworkers. Pure. */
export function asksOf(
  state: CaseState,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): Ask[] {
  const byKey = new Map<string, Ask>();
  for (const ask of [
    ...askedByStandards(state, calendar, computed),
    ...askedByProsecutors(state, calendar, computed),
    ...state.requests.map(askedByEvent),
  ])
    if (!byKey.has(ask.key)) byKey.set(ask.key, ask);
  return [...byKey.values()];
}

function askedByStandards(
  state: CaseState,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): Ask[] {
  const withFile = fileDue(state, calendar, computed);
  return standardsOf(state, computed).flatMap(({ standard, cause: brought }) => {
    const isUpgrade = standard.id === 'upgrade';
    const dueBy = (cause: Cause): DueDay => {
      if (isUpgrade) return upgradeDue(brought, calendar, computed);
      const isReceipt = cause.eventId === state.registered.eventId;
      return isReceipt ? withFile : addedDue(cause, state, calendar);
    };
    const basis: RequestBasis = { kind: 'file-standard', standard: standard.id, version: standard.version };
    return standard.items.flatMap(({ material, why, need }): Ask[] => {
      const holds: boolean | Cause = needs[need].holds(state);
      if (holds === false) return [];
      const cause = holds === true ? brought : last([brought, holds]);
      const key = `${isUpgrade ? 'upgrade' : 'file'}:${material}`;
      return [{ key, material, why, ...dueBy(cause), basis, cause }];
    });
  });
}

function askedByProsecutors(
  state: CaseState,
  calendar: HolidayCalendar,
  computed: readonly ComputedDeadline[],
): Ask[] {
  return state.standingRequests.flatMap(
    ({ id, version, material, why, askedBy, scope, dueInWorkingDays }) => {
      const cause = concernsSince(scope, state);
      if (cause === undefined) return [];
      const isReceipt = cause.eventId === state.registered.eventId;
      const usual = () => (isReceipt ? fileDue(state, calendar, computed) : addedDue(cause, state, calendar));
      const due = dueInWorkingDays === null ? usual() : setDue(dueInWorkingDays, cause, calendar);
      return [
        {
          key: `standing:${id}`,
          material,
          why: `${askedBy} always asks for it in such a case: ${why}`,
          ...due,
          basis: { kind: 'standing-request', id, version, askedBy },
          cause,
        },
      ];
    },
  );
}

function askedByEvent(request: RequestedMaterial): Ask {
  const { key, material, why, dueOn } = request;
  const [kind, event = '', item = ''] = key.split(':');
  return kind === 'action-plan'
    ? {
        ...{ key, material, why, dueOn, cause: request },
        dueWhy: 'the day that the action plan of the CPS gives',
        basis: { kind: 'action-plan', event, item: Number(item) },
      }
    : {
        ...{ key, material, why, dueOn, cause: request },
        dueWhy: 'the day that the caseworker gave',
        basis: { kind: 'caseworker' },
      };
}
