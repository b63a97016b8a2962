import type { DeadlineJson } from '../api/deadline-json.ts';
import type { CaseJson } from './case-glance.ts';
import { deadlineFacts, sayDue, type DeadlineFacts } from './deadline-facts.ts';
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
  };
  added: DeadlineJson[];
  moved: Moved[];
  met: DeadlineJson[];
  withdrawn: DeadlineJson[];
};

/** The view model of what an event did. */
export type EventResultView = {
  urn: string;
  heading: string;
  when: string;
  added: (DeadlineFacts & { about: string })[];
  moved: { title: string; about: string; before: string; after: string }[];
  met: { title: string; about: string; due: string }[];
  withdrawn: { title: string; about: string; due: string }[];
  isNothing: boolean;
  againHref: string;
  correctHref: string;
};

/** What an event did to the deadlines of its case, with the days before and after. */
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
    when: event.at === null ? sayDayOf(event.on) : sayMoment(event.at),
    added: added.map((deadline) => ({ ...deadlineFacts(deadline), about: aboutOf(deadline.subject) })),
    moved: moved.map((deadline) => ({
      title: deadline.title,
      about: aboutOf(deadline.subject),
      before: sayDue(deadline.before.legalDue),
      after: sayDue(deadline.legalDue),
    })),
    met: met.map(line),
    withdrawn: withdrawn.map(line),
    isNothing: [added, moved, met, withdrawn].every(({ length }) => length === 0),
    againHref: `/cases/${found.urn}/events/new`,
    correctHref: `/cases/${found.urn}/events/new?type=correction&supersedes=${event.id}`,
  };
}
