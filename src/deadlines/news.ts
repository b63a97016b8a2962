import type { Instant } from '../platform/clock.ts';
import type { CaseState, Occurrence, PersonState } from './case-state.ts';
import type { Start, Starter } from './rule.ts';

/**
 * From when news is owed to a person: from its receipt; from when the hub learned of the person, where that is later.
 */
export function owedFrom({ joined }: Pick<PersonState, 'joined'>, receivedAt: Instant): Instant {
  return joined !== undefined && joined.receivedAt > receivedAt ? joined.receivedAt : receivedAt;
}

/**
 * Runs for each person and each day's news: an update owed to a person. Events of one day that arrive before the
 * person has been told are one conversation; what arrives afterwards, such as a correction, is another; so is all that
 * the hub knew before it learned of the person. The clock is the first of the events, and the period runs from its
 * receipt.
 */
export function perPersonAndNews(
  says: string,
  isNews: (occurrence: Occurrence, state: CaseState) => boolean,
  who: (person: PersonState, occurrence: Occurrence, state: CaseState) => boolean,
): Starter {
  return {
    says,
    find: (state) => {
      const news = state.decisions.filter((occurrence) => isNews(occurrence, state));
      return state.people.flatMap((person) =>
        conversations(
          state,
          person,
          news.filter((occurrence) => who(person, occurrence, state)),
        ).map(([first]) => ({
          subject: { personId: person.id },
          clock: first.eventId,
          facts: { receivedAt: owedFrom(person, first.receivedAt), enhancedRights: person.enhanced },
          on: first.on,
          by: first.eventId,
        })),
      );
    },
  };
}

/** The events that one clock of `perPersonAndNews` stands for. */
export function newsOf(
  state: CaseState,
  start: Start,
  isNews: (occurrence: Occurrence, state: CaseState) => boolean,
): Occurrence[] {
  const person = state.people.find(({ id }) => id === start.subject.personId);
  if (!person) return [];
  const all = conversations(
    state,
    person,
    state.decisions.filter((occurrence) => isNews(occurrence, state)),
  );
  return all.find(([first]) => first.eventId === start.clock) ?? [];
}

type Conversation = [first: Occurrence, ...rest: Occurrence[]];

function conversations(state: CaseState, person: PersonState, news: readonly Occurrence[]): Conversation[] {
  const inOrder = news
    .map((occurrence, i) => ({ occurrence, i }))
    .sort((a, b) =>
      a.occurrence.receivedAt === b.occurrence.receivedAt
        ? a.i - b.i
        : a.occurrence.receivedAt < b.occurrence.receivedAt
          ? -1
          : 1,
    );
  const isOld = ({ receivedAt }: Occurrence) =>
    person.joined !== undefined && receivedAt <= person.joined.receivedAt;
  const isOneTalk = (first: Occurrence, other: Occurrence) =>
    first.on === other.on || (isOld(first) && isOld(other));
  const all: Conversation[] = [];
  for (const { occurrence } of inOrder) {
    const open = all.find(
      ([first]) => isOneTalk(first, occurrence) && !toldBefore(state, person, first, occurrence),
    );
    if (open) open.push(occurrence);
    else all.push([occurrence]);
  }
  return all;
}

function toldBefore(
  state: CaseState,
  person: PersonState,
  first: Occurrence,
  occurrence: Occurrence,
): boolean {
  return state.attempts.some(
    (attempt) =>
      attempt.personId === person.id &&
      attempt.clock === first.eventId &&
      (attempt.result === 'reached' || attempt.result === 'declined') &&
      (attempt.at ?? attempt.receivedAt) <= occurrence.receivedAt,
  );
}
