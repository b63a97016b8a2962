import { glanceAt, type CaseGlance, type CaseJson } from './case-glance.ts';
import { deadlineFacts, sayDue, type DeadlineFacts } from './deadline-facts.ts';
import { subjectNames } from './subject-names.ts';
import { bandTags, sayDayOf, sayMoment } from './say.ts';

type DeadlineView = DeadlineFacts & { id: string; about: string };
type Material = { href: string; title: string; why: string; due: string; state: string; officer: string };

/** The view model of a case. */
export type CaseView = {
  urn: string;
  isOpen: boolean;
  glance: CaseGlance;
  offences: { defendant: string; title: string; code: string; class: string; plea: string; result: string }[];
  running: DeadlineView[];
  over: { id: string; title: string; about: string; due: string; state: string }[];
  materials: Material[];
  people: { id: string; name: string; role: string; entitlement: string; safe: string; owed: string[] }[];
  tasks: { href: string; title: string; tag: { text: string; classes: string }; due: string; with: string }[];
  hearings: { on: string; where: string; type: string; state: string }[];
  timeline: { at: string; what: string; href: string | null }[];
  custodyLogHref: string;
};

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
export function caseView(found: CaseJson, timeline: CaseView['timeline'], today: string): CaseView {
  const aboutOf = subjectNames(found);
  const byDue = found.deadlines.toSorted((one, other) =>
    (one.legalDue ?? '9') < (other.legalDue ?? '9') ? -1 : 1,
  );
  return {
    urn: found.urn,
    isOpen: found.state === 'open',
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
      .map(({ id, title, why, dueOn, state, officer }) => ({
        href: `/cases/${found.urn}/materials/${id}`,
        title,
        why,
        due: sayDayOf(dueOn),
        state: stateNames[state] ?? state,
        officer,
      })),
    people: [...found.victims, ...found.witnesses].map((person) => ({
      id: person.id,
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
    })),
    tasks: found.tasks
      .filter(({ state }) => state === 'open' || state === 'claimed' || state === 'deferred')
      .map((task) => ({
        href: `/tasks/${task.id}`,
        title: task.title,
        tag: bandTags[task.band],
        due: sayDayOf(task.dueAt),
        with: task.assignee ?? 'the team',
      })),
    hearings: found.hearings.map(({ on, courtName, type, state }) => ({
      on: sayDayOf(on),
      where: courtName,
      type: type.replaceAll('-', ' '),
      state: state === 'listed' ? '' : 'Vacated',
    })),
    timeline,
    custodyLogHref: `/api/cases/${found.urn}/custody-log`,
  };
}
