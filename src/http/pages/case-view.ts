import { glanceAt, type CaseGlance, type CaseJson } from './case-glance.ts';
import { deadlineFacts, sayDue, type DeadlineFacts } from './deadline-facts.ts';
import { attemptPath, pathOf } from './person/person-view.ts';
import { subjectNames } from './subject-names.ts';
import { bandTags, sayDayOf, sayMoment } from './say.ts';

type DeadlineView = DeadlineFacts & { id: string; about: string; metHref: string };
type Material = {
  href: string;
  title: string;
  why: string;
  due: string;
  state: string;
  officer: string;
  /** When it was chased last and of whom, when it is chased next, and what the officer said. */
  lastChaser: string;
  nextChaser: string;
  answer: string;
};
/** What happened, by whom; `href` is where more of it is told. */
type Happened = { at: string; what: string; by: string; href: string | null };

/** What the interface tells of one thing that happened. */
export type TimelineJson = {
  at: string;
  kind: string;
  title: string;
  by: string;
  detail: Record<string, unknown>;
  event?: { id: string };
};

/** What a page of a case shows beside the case. */
export type AroundCase = {
  past: readonly TimelineJson[];
  /** Names of staff by id. */
  names: ReadonlyMap<string, string>;
  /** The day it is, London. */
  today: string;
  /** Where what happened before is, and where what happened last; null where there is none. */
  olderHref: string | null;
  newestHref: string | null;
};

/** The view model of a case. */
export type CaseView = {
  urn: string;
  isOpen: boolean;
  /** Who alone sees it; null where it is not restricted. */
  seenBy: string | null;
  glance: CaseGlance;
  offences: { defendant: string; title: string; code: string; class: string; plea: string; result: string }[];
  running: DeadlineView[];
  over: { id: string; title: string; about: string; due: string; state: string }[];
  materials: Material[];
  people: {
    id: string;
    href: string;
    attemptHref: string;
    name: string;
    role: string;
    entitlement: string;
    safe: string;
    owed: string[];
    /** What there is of them to print. */
    prints: { text: string; href: string }[];
  }[];
  tasks: {
    href: string;
    title: string;
    tag: { text: string; classes: string };
    due: string;
    /** Until when it is put off; empty where it is not. */
    putOff: string;
    with: string;
  }[];
  hearings: { on: string; where: string; type: string; state: string }[];
  timeline: Happened[];
  olderHref: string | null;
  newestHref: string | null;
  custodyLogHref: string;
  /** What else is kept of the case, each on a page of its own. */
  links: { text: string; href: string }[];
};

const kept = [
  { text: 'Decisions', name: 'decisions' },
  { text: 'Police records', name: 'records' },
  { text: 'Letters and messages', name: 'correspondence' },
  { text: 'Questions', name: 'queries' },
  { text: 'Hand-overs', name: 'hand-overs' },
];

const classNames: Record<string, string> = {
  'summary-only': 'Summary only',
  'either-way': 'Either way',
  'indictable-only': 'Indictable only',
};

const stateNames: Record<string, string> = {
  outstanding: 'Outstanding',
  received: 'Received',
  'not-required': 'Not required',
  withdrawn: 'Withdrawn',
  met: 'Met',
  missed: 'Missed',
};

/** A case as it is shown, what runs before what is over. */
export function caseView(found: CaseJson, around: AroundCase): CaseView {
  const { past, names, today, olderHref, newestHref } = around;
  const aboutOf = subjectNames(found);
  const byDue = found.deadlines.toSorted((one, other) =>
    (one.legalDue ?? '9') < (other.legalDue ?? '9') ? -1 : 1,
  );
  return {
    urn: found.urn,
    isOpen: found.state === 'open',
    seenBy: found.restricted ? found.visibleTo.map((id) => names.get(id) ?? id).join(', ') : null,
    glance: glanceAt(found, today),
    offences: found.defendants.flatMap((defendant) =>
      defendant.offences.map((offence) => ({
        defendant: defendant.name,
        title: offence.title,
        code: offence.code,
        class: classNames[offence.class] ?? offence.class,
        plea: offence.plea === null ? 'Not entered' : offence.plea.replace('-', ' '),
        result: offence.result ?? 'None yet',
      })),
    ),
    running: byDue
      .filter(({ state }) => state === 'pending')
      .map((deadline) => ({
        ...deadlineFacts(deadline),
        id: deadline.id,
        about: aboutOf(deadline.subject),
        metHref: `/cases/${found.urn}/deadlines/${deadline.id}/met`,
      })),
    over: byDue
      .filter(({ state }) => state === 'met' || state === 'missed')
      .map((deadline) => ({
        id: deadline.id,
        title: deadline.title,
        about: aboutOf(deadline.subject),
        due: sayDue(deadline.legalDue),
        state: stateNames[deadline.state] ?? deadline.state,
      })),
    materials: found.materials
      .filter(({ state }) => state !== 'withdrawn')
      .map((material) => ({
        href: `/cases/${found.urn}/materials/${material.id}`,
        title: material.title,
        why: material.why,
        due: sayDayOf(material.dueOn),
        state: stateNames[material.state] ?? material.state,
        officer: material.officer,
        ...sayChasing(material),
      })),
    people: [...found.victims, ...found.witnesses].map((person) => ({
      id: person.id,
      href: pathOf(person),
      attemptHref: attemptPath(person),
      name: person.name,
      role: person.role === 'victim' ? 'Victim' : 'Witness',
      entitlement: person.entitlement === 'enhanced' ? 'Enhanced rights' : 'Standard',
      safe: person.safeContact?.note ?? '',
      owed: found.contacts
        .filter((contact) => contact.person.id === person.id && contact.state === 'owed')
        .map(
          ({ reason, dueAt }) =>
            `${reason.replaceAll('-', ' ')}${dueAt === null ? '' : `, by ${sayMoment(dueAt)}`}`,
        ),
      prints: printsOf(person, found),
    })),
    tasks: found.tasks
      .filter(({ state }) => state === 'open' || state === 'claimed' || state === 'deferred')
      // What is put off is not next, however urgent it is.
      .toSorted((one, other) => Number(one.state === 'deferred') - Number(other.state === 'deferred'))
      .map((task) => ({
        href: `/tasks/${task.id}`,
        title: task.title,
        tag: bandTags[task.band],
        due: sayDayOf(task.dueAt),
        putOff: task.state === 'deferred' && task.deferredUntil !== null ? sayMoment(task.deferredUntil) : '',
        with: sayWith(task, names),
      })),
    hearings: found.hearings.map(({ on, courtName, type, state }) => ({
      on: sayDayOf(on),
      where: courtName,
      type: type.replaceAll('-', ' '),
      state: state === 'listed' ? '' : 'Vacated',
    })),
    timeline: past.map((entry) => happened(entry, found)),
    olderHref,
    newestHref,
    custodyLogHref: `/api/cases/${found.urn}/custody-log`,
    links: kept.map(({ text, name }) => ({ text, href: `/cases/${found.urn}/${name}` })),
  };
}

/** In whose hands a task is: whoever has started it, whose it is, or the team. */
function sayWith(
  { assignee, claimedBy }: CaseJson['tasks'][number],
  names: ReadonlyMap<string, string>,
): string {
  const nameOf = (id: string) => names.get(id) ?? id;
  if (claimedBy !== null) return `${nameOf(claimedBy)}, started`;
  return assignee === null ? 'The team' : nameOf(assignee);
}

const answered: Record<string, string> = {
  sent: 'Sent, they say',
  late: 'Will be late',
  'not-mine': 'Not theirs',
  cannot: 'Cannot be had',
};

function sayChasing({
  state,
  answer,
  held,
  lastChaser,
  nextChaserAt,
  chasingFailed,
}: CaseJson['materials'][number]): Pick<Material, 'lastChaser' | 'nextChaser' | 'answer'> {
  const isWanted = state === 'outstanding';
  const next = nextChaserAt === null ? 'None to come' : sayDayOf(nextChaserAt);
  return {
    lastChaser: lastChaser === null ? 'Not yet' : `${sayDayOf(lastChaser.at)}, ${lastChaser.level}`,
    nextChaser: !isWanted
      ? ''
      : `${chasingFailed ? 'Everybody was asked' : next}${held === null ? '' : ` (held until ${sayDayOf(held.until)})`}`,
    answer: answer === null ? (isWanted ? 'None yet' : '') : (answered[answer] ?? answer),
  };
}

/** An entry of the history, with whom its deadline is about where that is not plain. */
function happened({ at, title, by, detail, event }: TimelineJson, found: CaseJson): Happened {
  const id = detail['entity'] === 'deadline' ? detail['entityId'] : detail['deadlineId'];
  const deadline = found.deadlines.find((one) => one.id === id);
  const about = deadline === undefined ? 'The case' : subjectNames(found)(deadline.subject);
  return {
    at: sayMoment(at),
    what: about === 'The case' ? title : `${title}. About ${about}`,
    by,
    href: event === undefined ? null : `/cases/${found.urn}/events/${event.id}`,
  };
}

/** The record of contact; and while something is owed and they may be written to, the letter that says to ring. */
function printsOf(
  person: CaseJson['victims'][number],
  { contacts }: CaseJson,
): CaseView['people'][number]['prints'] {
  const { id, safeContact, refused, representative } = person;
  const owed = contacts.find((one) => one.person.id === id && one.state === 'owed');
  const { contact } = representative?.instead === true ? representative : person;
  const mayWrite =
    contact.address !== undefined && safeContact?.doNotMessage !== true && !refused.includes('letter');
  return [
    { text: 'Record of contact, to print', href: `/api/people/${id}/record` },
    ...(owed !== undefined && mayWrite
      ? [{ text: 'Letter, to print', href: `/api/contacts/${owed.id}/letter` }]
      : []),
  ];
}
