import type { CaseState, Occurrence, PersonState } from '../case-state.ts';
import { contactMade } from '../conditions.ts';
import { workingDaysFromReceipt } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perPersonEach } from '../starts.ts';

const id = 'vc-contact-person';

/** Told by any answer to the talk about that change: reached, or they did not want to know. */
function wasTold(state: CaseState, person: PersonState, change: Occurrence): boolean {
  return state.attempts.some(
    ({ personId, rule, clock, result }) =>
      personId === person.id &&
      rule === id &&
      clock === change.eventId &&
      (result === 'reached' || result === 'declined'),
  );
}

/**
 * The changes of which a person was told, and the last one where the caseworker is now another than the one whom they
 * know: a case that went and came back before anybody rang is no news. Each with the change since which the one whom they
 * know does not have the case: they wait no longer where it goes on to a third.
 */
function newsOfCaseworker(
  state: CaseState,
  person: PersonState,
): { change: Occurrence; since: Occurrence }[] {
  const changes = state.decisions.filter(({ type }) => type === 'caseworker-changed');
  const news: { change: Occurrence; since: Occurrence }[] = [];
  let known = changes[0]?.data['from'];
  let since: Occurrence | undefined;
  for (const [place, change] of changes.entries()) {
    const to = change.data['to'] ?? null;
    if (to === known) since = undefined;
    else if (to !== null) since ??= change;
    const isTold = wasTold(state, person, change);
    const isNewsNow = place === changes.length - 1 && to !== null && to !== known;
    if (!isTold && !isNewsNow) continue;
    news.push({ change, since: since ?? change });
    if (isTold) [known, since] = [to, undefined];
  }
  return news;
}

export const contactPerson: readonly Rule[] = [
  {
    id,
    version: 1,
    title: 'Tell the victim who looks after the case now',
    authority: {
      instrument: 'Code of Practice for Victims of Crime (in force 1 April 2021)',
      provision: 'no period for another person to ring; the hub allows what Right 6 does for other news',
      grade: 'P',
    },
    inForce: { from: '2021-04-01' },
    owner: 'hub',
    about: 'person',
    consequence: 'victim',
    danger: false,
    contact: { reason: 'contact-person' },
    starts: perPersonEach(
      'a case with a victim goes to another caseworker than the one whom the victim knows; time runs from the first such move',
      (person, state) =>
        person.role === 'victim'
          ? newsOfCaseworker(state, person).map(({ change, since }) => ({
              cause: change,
              clock: change.eventId,
              facts: { receivedAt: since.receivedAt, enhancedRights: person.enhanced },
            }))
          : [],
    ),
    meets: [contactMade],
    ends: [],
    period: workingDaysFromReceipt(5, 1),
    warnings: [],
    task: {
      kind: 'victim-contact',
      title: 'Tell the victim that you look after the case now',
      when: 'at-once',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'The victim rings somebody who does not have the case any more.',
    examples: [
      { facts: { receivedAt: '2026-12-24T10:00:00.000Z' }, legalDue: '2027-01-05', why: 'over Christmas' },
      {
        facts: { receivedAt: '2026-12-24T10:00:00.000Z', enhancedRights: true },
        legalDue: '2026-12-29',
        why: 'one working day with enhanced rights; the 25th and 28th are bank holidays',
      },
    ],
  },
];
