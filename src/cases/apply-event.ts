import type {
  CaseState,
  Cause,
  ContactAttempted,
  CustodyPeriod,
  DefendantState,
  HearingState,
  HearingType,
  Occurrence,
  OffenceState,
  ServedDocument,
} from '../deadlines/case-state.ts';
import type { AddedCharge, AddedPerson, CaseEvent, Registration } from './events.ts';

type Apply = (state: CaseState, event: CaseEvent, cause: Cause) => void;

/** Changes `state` by one event in force; the fold calls it in order of when things happened. */
export function applyEvent(state: CaseState, event: CaseEvent, cause: Cause): void {
  effects[event.type]?.(state, event, cause);
  state.decisions.push(occurrenceOf(event, cause));
}

/** An event as the rules that read it by its type have it. */
export function occurrenceOf(event: CaseEvent, cause: Cause): Occurrence {
  return {
    ...cause,
    type: event.type,
    data: event.data,
    ...(event.defendantId === null ? {} : { defendantId: event.defendantId }),
    ...(event.offenceId === null ? {} : { offenceId: event.offenceId }),
    ...(event.hearingId === null ? {} : { hearingId: event.hearingId }),
    ...(event.personId === null ? {} : { personId: event.personId }),
  };
}

/** An event that names no defendant concerns them all. */
function defendantsOf(state: CaseState, event: CaseEvent): DefendantState[] {
  if (event.offenceId !== null)
    return state.defendants.filter((defendant) =>
      defendant.offences.some(({ id }) => id === event.offenceId),
    );
  if (event.defendantId === null) return state.defendants;
  return state.defendants.filter((defendant) => defendant.id === event.defendantId);
}

/** An event that names no offence concerns all of its defendants' offences. */
function offencesOf(state: CaseState, event: CaseEvent): OffenceState[] {
  const offences = defendantsOf(state, event).flatMap((defendant) => defendant.offences);
  return event.offenceId === null ? offences : offences.filter((offence) => offence.id === event.offenceId);
}

const eachOffence =
  (change: (offence: OffenceState, cause: Cause, event: CaseEvent) => void): Apply =>
  (state, event, cause) => {
    for (const offence of offencesOf(state, event)) change(offence, cause, event);
  };

const effects: { [Type in CaseEvent['type']]?: Apply } = {
  remanded: (state, event, cause) => {
    const period = { from: cause.on, startedBy: cause, recordedBy: event.recordedBy };
    for (const defendant of defendantsOf(state, event)) enterCustody(defendant, { ...period });
  },
  bailed: (state, event, cause) => {
    for (const defendant of defendantsOf(state, event)) {
      defendant.remand = event.data['conditional'] === false ? 'unconditional-bail' : 'conditional-bail';
      endCustody(defendant, cause);
    }
  },
  'hearing-listed': (state, event, cause) => list(state, event, cause, event.data['type'] as HearingType),
  'trial-listed': (state, event, cause) => list(state, event, cause, 'trial'),
  'hearing-moved': (state, event, cause) => {
    const hearing = state.hearings.find(({ id }) => id === event.hearingId);
    if (!hearing) return;
    const data = event.data as { on: string; at?: string; court?: HearingState['court']; courtName?: string };
    hearing.on = data.on;
    if (data.at !== undefined) hearing.time = data.at;
    if (data.court !== undefined) hearing.court = data.court;
    if (data.courtName !== undefined) hearing.courtName = data.courtName;
    hearing.state = 'listed';
    hearing.listed = cause;
    delete hearing.vacated;
  },
  'hearing-vacated': (state, event, cause) => {
    const hearing = state.hearings.find(({ id }) => id === event.hearingId);
    if (!hearing) return;
    hearing.state = 'vacated';
    hearing.vacated = cause;
  },
  'plea-entered': eachOffence((offence, cause, event) => {
    offence.plea = { ...cause, plea: event.data['plea'] as 'guilty' | 'not-guilty' };
  }),
  charged: eachOffence((offence, cause) => {
    offence.chargedOn = cause.on;
    offence.chargedBy = cause;
  }),
  'charge-added': addCharge,
  'summary-trial-chosen': eachOffence((offence, cause) => (offence.summaryTrialChosen = cause)),
  'sent-to-crown-court': eachOffence((offence, cause) => (offence.sent = cause)),
  'remitted-to-magistrates': eachOffence((offence, cause) => {
    if (offence.sent === undefined) return;
    offence.remitted = { ...cause, sentOn: offence.sent.on };
    delete offence.sent;
  }),
  'statement-taken': eachOffence((offence, cause) => (offence.statementTaken ??= cause)),
  'evidence-sufficient': eachOffence((offence, cause) => (offence.evidenceSufficient ??= cause)),
  'trial-started': eachOffence((offence, cause) => (offence.trialStarted ??= cause)),
  convicted: eachOffence((offence, cause) => (offence.convicted = cause)),
  acquitted: eachOffence((offence, cause) => (offence.acquitted = cause)),
  sentenced: eachOffence((offence, cause) => (offence.sentenced = cause)),
  discontinued: eachOffence((offence, cause) => (offence.discontinued = cause)),
  'initial-disclosure-served': (state, event, cause) => serve(state, event, cause, 'initial-disclosure'),
  'document-served': (state, event, cause) => serve(state, event, cause, event.data['document'] as string),
  'action-plan-received': (state, event, cause) => {
    const items = event.data['items'] as { material: string; why: string; dueOn: string }[];
    items.forEach((item, i) =>
      state.requests.push({ ...cause, ...item, key: `action-plan:${event.id}:${i + 1}` }),
    );
  },
  'material-requested': (state, event, cause) => {
    const { material, why, dueOn } = event.data as { material: string; why: string; dueOn: string };
    state.requests.push({ ...cause, material, why, dueOn, key: `asked:${event.id}` });
  },
  'material-received': settleRequested,
  'material-not-required': settleRequested,
  'material-rejected': (state, event) => delete requested(state, event.data['request'])?.settled,
  'file-checked': (state, event) => {
    for (const { request } of (event.data['defects'] ?? []) as { request?: string }[])
      delete requested(state, request)?.settled;
  },
  'custody-limit-extended': eachOffence((offence, cause, event) => {
    const since = offence.sent?.on ?? offence.remitted?.on;
    const before = offence.custodyLimitExtended;
    const standing = before !== undefined && (since === undefined || before.on >= since) ? before : undefined;
    // An expired limit cannot be extended: s.22(3) Prosecution of Offences Act 1985.
    if (standing !== undefined && cause.on > standing.until) return;
    const firstOn = standing?.firstOn ?? cause.on;
    offence.custodyLimitExtended = { ...cause, until: event.data['until'] as string, firstOn };
  }),
  'warrant-issued': (state, event, cause) => {
    for (const defendant of defendantsOf(state, event)) defendant.warrant = cause;
  },
  'defendant-died': (state, event, cause) => {
    for (const defendant of defendantsOf(state, event)) {
      defendant.died = cause;
      endCustody(defendant, cause);
    }
  },
  'officer-changed': (state, event) => {
    state.officer = event.data['officer'] as string;
  },
  finalised: (state, _event, cause) => {
    state.finalised = cause;
  },
  reopened: (state) => {
    delete state.finalised;
  },
  correction: (state, event) => correct(state, event),
  'contact-attempted': (state, event, cause) => {
    const data = event.data as Pick<ContactAttempted, 'rule' | 'clock' | 'result' | 'channel'>;
    const { rule, clock, result, channel } = data;
    const by = channel === undefined ? {} : { channel };
    state.attempts.push({ ...cause, rule, clock, result, ...by, personId: event.personId ?? '' });
  },
  'deadline-met': meetByHand,
  'record-entered': meetByHand,
  'person-added': (state, event, cause) => {
    const added = { assessed: false, enhanced: false, since: cause, joined: cause };
    state.people.push({ ...(event.data as AddedPerson), ...added });
  },
  'person-changed': (state, event, cause) => {
    const person = state.people.find(({ id }) => id === event.personId);
    if (!person) return;
    const changes = event.data as Partial<Registration['people'][number]> & { assessed?: boolean };
    Object.assign(person, changes);
    if (changes.enhancedRights !== undefined) person.since = cause;
  },
};

function meetByHand(state: CaseState, event: CaseEvent, cause: Cause): void {
  const { rule, subject, clock } = event.data as { rule: string; subject: string; clock: string };
  state.metByHand.push({ ...cause, rule, subject, clock });
}

/** What happened to all charges before this one was added did not happen to it. */
function addCharge(state: CaseState, event: CaseEvent, cause: Cause): void {
  const { offenceId: id, defendantId } = event;
  const defendant = state.defendants.find((one) => one.id === defendantId);
  if (defendant === undefined || id === null) return;
  const { code, committedOn, chargedOn, domesticAbuse, ...data } = event.data as AddedCharge;
  defendant.offences.push({
    ...{ id, defendantId: defendant.id, code, class: data.class, committedOn },
    ...{ chargedOn: chargedOn ?? cause.on, chargedBy: cause, domesticAbuse },
  });
}

function requested(state: CaseState, request: unknown): CaseState['requests'][number] | undefined {
  return state.requests.find(({ key }) => key === request);
}

function settleRequested(state: CaseState, event: CaseEvent, cause: Cause): void {
  const request = requested(state, event.data['request']);
  if (request !== undefined) request.settled = cause;
}

/** A remand while in custody changes nothing; one after bail begins another stay; one takes the place of a guess. */
export function enterCustody(defendant: DefendantState, period: CustodyPeriod): void {
  defendant.remand = 'custody';
  const last = defendant.custody.at(-1);
  if (last?.assumed !== undefined && last.to === undefined)
    defendant.custody[defendant.custody.length - 1] = period;
  else if (last === undefined || last.to !== undefined) defendant.custody.push(period);
}

function endCustody(defendant: DefendantState, cause: Cause): void {
  const last = defendant.custody.at(-1);
  if (last === undefined || last.to !== undefined) return;
  last.to = cause.on < last.from ? last.from : cause.on;
  last.endedBy = cause;
}

function list(state: CaseState, event: CaseEvent, cause: Cause, type: HearingType): void {
  const data = event.data as { on: string; at?: string; court: HearingState['court']; courtName: string };
  state.hearings.push({
    id: event.hearingId ?? event.id,
    on: data.on,
    ...(data.at === undefined ? {} : { time: data.at }),
    court: data.court,
    courtName: data.courtName,
    type,
    state: 'listed',
    listed: cause,
  });
}

function serve(state: CaseState, event: CaseEvent, cause: Cause, document: string): void {
  const served: ServedDocument = { ...cause, document };
  const method = event.data['method'] as ServedDocument['method'];
  if (method !== undefined) served.method = method;
  if (event.defendantId !== null) served.defendantId = event.defendantId;
  if (event.offenceId !== null) served.offenceId = event.offenceId;
  if (event.hearingId !== null) served.hearingId = event.hearingId;
  state.documents.push(served);
}

/** A correction that supersedes an event without replacing it changes nothing else; one with facts changes those. */
function correct(state: CaseState, event: CaseEvent): void {
  const { committedOn, chargedOn, domesticAbuse, dateOfBirth } = event.data as {
    committedOn?: string;
    chargedOn?: string;
    domesticAbuse?: boolean;
    dateOfBirth?: string;
  };
  for (const offence of offencesOf(state, event)) {
    if (committedOn !== undefined) offence.committedOn = committedOn;
    if (chargedOn !== undefined) offence.chargedOn = chargedOn;
    if (domesticAbuse !== undefined) offence.domesticAbuse = domesticAbuse;
  }
  if (dateOfBirth !== undefined)
    for (const defendant of defendantsOf(state, event)) defendant.dateOfBirth = dateOfBirth;
}
