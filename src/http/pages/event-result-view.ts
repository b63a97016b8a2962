import type { DeadlineJson } from '../api/deadline-json.ts';
import type { CaseJson } from './case-glance.ts';
import { isListedMaterial, sayMaterial } from '../../materials/material-types.ts';
import { isRecordable } from './event-types-offered.ts';
import { dataLabel } from './event-view.ts';
import { deadlineFacts, sayDue, type DeadlineFacts } from './deadline-facts.ts';
import { sayName } from './form-field.ts';
import { sayDayOf, sayMoment } from './say.ts';
import { subjectNames } from './subject-names.ts';

type Moved = DeadlineJson & { before: { legalDue: string | null; actionDue: string | null } };

/** What the hub's interface answers of an event. */
export type EventResultJson = {
  event: {
    id: string;
    type: string;
    title: string;
    on: string;
    at: string | null;
    supersedes: string | null;
    receivedAt: string;
    defendant: string | null;
    offence: string | null;
    hearing: string | null;
    person: string | null;
    data: Record<string, unknown>;
  };
  recordedBy: string;
  /** Ids of the tasks that were made with it. */
  opened: string[];
  added: DeadlineJson[];
  moved: Moved[];
  met: DeadlineJson[];
  withdrawn: DeadlineJson[];
};

/** The view model of what an event did. */
export type EventResultView = {
  urn: string;
  heading: string;
  /** What was recorded. */
  facts: { key: string; value: string }[];
  /** What it did to the case, in a line. */
  summary: string;
  opened: { href: string; title: string; due: string }[];
  added: (DeadlineFacts & { about: string })[];
  moved: { title: string; about: string; before: string; after: string }[];
  met: { title: string; about: string; due: string }[];
  withdrawn: { title: string; about: string; due: string }[];
  againHref: string;
  correctHref: string;
};

/** What was recorded, and what it did to the deadlines of its case, with the days before and after. */
export function eventResultView(result: EventResultJson, found: CaseJson): EventResultView {
  const { event, added, moved, met, withdrawn } = result;
  const aboutOf = subjectNames(found);
  const line = (deadline: DeadlineJson) => ({
    title: deadline.title,
    about: aboutOf(deadline.subject),
    due: sayDue(deadline.legalDue),
  });
  return {
    urn: found.urn,
    heading: event.title,
    facts: factsOf(result, found),
    summary: sayChanges(result),
    opened: found.tasks
      .filter(({ id }) => result.opened.includes(id))
      .map(({ id, title, dueAt }) => ({ href: `/tasks/${id}`, title, due: sayDayOf(dueAt) })),
    added: added.map((deadline) => ({ ...deadlineFacts(deadline), about: aboutOf(deadline.subject) })),
    moved: moved.map((deadline) => ({
      title: deadline.title,
      about: aboutOf(deadline.subject),
      before: sayDue(deadline.before.legalDue),
      after: sayDue(deadline.legalDue),
    })),
    met: met.map(line),
    withdrawn: withdrawn.map(line),
    againHref: `/cases/${found.urn}/events/new`,
    correctHref: `/cases/${found.urn}/events/new?type=correction&supersedes=${event.id}`,
  };
}

/** "2 dates added, 1 date changed, 1 task opened". */
function sayChanges({ added, moved, met, withdrawn, opened }: EventResultJson): string {
  const said = [
    [added, 'date', 'added'],
    [moved, 'date', 'changed'],
    [met, 'date', 'met'],
    [withdrawn, 'date', 'no longer owed'],
    [opened, 'task', 'opened'],
  ] as const;
  const lines = said.flatMap(([{ length }, what, how]) =>
    length === 0 ? [] : [`${length} ${what}${length === 1 ? '' : 's'} ${how}`],
  );
  return lines.length === 0
    ? 'It changed no date and opened no task: nothing more to do for it.'
    : `${lines.join(', ')}.`;
}

function factsOf({ event, recordedBy }: EventResultJson, found: CaseJson): EventResultView['facts'] {
  const offences = found.defendants.flatMap(({ name, offences: of }) =>
    of.map(({ id, title }) => ({ id, name: `${name}: ${title}` })),
  );
  const nameIn = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name ?? null;
  const hearing = found.hearings.find(({ id }) => id === event.hearing);
  const told = isRecordable(event.type) ? Object.entries(event.data) : [];
  const rows: [string, string | null][] = [
    ['What happened', event.title],
    ['When', event.at === null ? sayDayOf(event.on) : sayMoment(event.at)],
    ['Defendant', nameIn(found.defendants, event.defendant)],
    ['Offence', nameIn(offences, event.offence)],
    ['Hearing', hearing === undefined ? null : `${sayDayOf(hearing.on)}, ${hearing.courtName}`],
    ['Victim or witness', nameIn([...found.victims, ...found.witnesses], event.person)],
    ...told.map(([name, value]): [string, string | null] => [dataLabel(name), sayValue(value)]),
    ['When the hub heard of it', sayMoment(event.receivedAt)],
    ['Recorded by', recordedBy],
  ];
  return rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }]));
}

/** What was filled in, as people say it; of a list only how much there is. */
function sayValue(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return String(value.length);
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return value.length === 10 ? sayDayOf(value) : sayMoment(value);
  if (isListedMaterial(value)) return sayMaterial(value);
  // A code such as first-class-post; what somebody wrote stays as it is.
  return /^[a-z]+(?:-[a-z0-9]+)+$/.test(value) ? sayName(value) : value;
}
