import { addDays, sayDate, sayDay } from '../../calendar/civil-date.ts';
import { countCalendarDays } from '../../calendar/counting.ts';
import type { CaseState, Cause, DefendantState } from '../case-state.ts';
import { everyOffence, finding } from '../conditions.ts';
import { required } from '../facts.ts';
import type { Condition, Period, Rule } from '../rule.ts';
import { concernsDefendant, perDefendant } from '../starts.ts';

/** Eight clear days end before the ninth day after; on a further remand the court may go to 28 days. */
const remandPeriod: Period = {
  says: '8 clear days after the first remand, 28 days at the most after a further one',
  needs: [['decisionOn']],
  optional: ['furtherRemand'],
  count: (facts) => {
    const on = required(facts, 'decisionOn');
    if (facts.furtherRemand === true) return countCalendarDays(on, 28, 'The day of remand');
    const due = addDays(on, 9);
    return {
      kind: 'counted',
      due,
      steps: [
        `The day of remand, ${sayDate(on)}, is not counted`,
        `8 clear days are ${sayDate(addDays(on, 1))} to ${sayDate(addDays(on, 8))}`,
        `The next hearing is on the day after them at the latest, ${sayDay(due)}`,
      ],
    };
  },
};

/** Remands of a defendant in custody now, the first as the case gave it or as an event did; never one that was guessed. */
function remandsOf(state: CaseState, defendant: DefendantState): (Cause & { on: string })[] {
  if (defendant.remand !== 'custody') return [];
  const stays = defendant.custody
    .filter(({ assumed }) => assumed === undefined)
    .map(({ from, startedBy }) => ({ ...startedBy, on: from }));
  const events = state.decisions.filter(
    (event) =>
      event.type === 'remanded' &&
      concernsDefendant(event, defendant) &&
      !stays.some(({ eventId }) => eventId === event.eventId),
  );
  return [...stays, ...events].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** What is listed after the remand has run out does not keep it from running out. */
const nextHearingListed: Condition = {
  says: 'a hearing is listed before the remand runs out',
  find: (state, start, _rule, calendar) => {
    const limit = remandPeriod.count(start.facts, calendar);
    if (limit.kind !== 'counted') return null;
    const hearing = state.hearings.find(
      ({ on, state: standing }) => standing === 'listed' && on > start.on && on <= limit.due,
    );
    if (!hearing) return null;
    const { listed } = hearing;
    return finding(listed.on < start.on ? { ...listed, on: start.on } : listed);
  },
};

export const remand: readonly Rule[] = [
  {
    id: 'remand-8-28',
    version: 1,
    title: 'Next hearing of a defendant remanded in custody by the magistrates',
    authority: {
      instrument: 'Magistrates’ Courts Act 1980',
      provision: 'ss.128 and 128A, from general knowledge',
      grade: 'C',
    },
    inForce: { from: '1981-07-06' },
    owner: 'court',
    about: 'defendant',
    consequence: 'hearing',
    danger: false,
    starts: perDefendant(
      'a remand in custody of a defendant with a charge that is still before the magistrates',
      (defendant, state) => {
        const remands = remandsOf(state, defendant);
        const last = remands.at(-1);
        const before = defendant.offences.some(({ sent }) => sent === undefined);
        if (!last || !before) return null;
        const facts = { decisionOn: last.on };
        return { cause: last, facts: remands.length > 1 ? { ...facts, furtherRemand: true } : facts };
      },
    ),
    meets: [nextHearingListed],
    ends: [
      everyOffence(
        'every charge is sent or decided',
        (offence, defendant) =>
          offence.sent ??
          offence.convicted ??
          offence.acquitted ??
          offence.discontinued ??
          offence.sentenced ??
          defendant.died,
      ),
    ],
    period: remandPeriod,
    warnings: [5],
    task: {
      kind: 'remand-hearing',
      title: 'Find out when the defendant next comes before the court',
      when: 'on-alert',
      effortMinutes: 5,
      meets: true,
    },
    ifMissed: 'The remand runs out: the defendant is held without authority.',
    examples: [
      {
        facts: { decisionOn: '2026-06-01' },
        legalDue: '2026-06-10',
        why: 'eight clear days are 2 to 9 June',
      },
      {
        facts: { decisionOn: '2026-03-30', furtherRemand: true },
        legalDue: '2026-04-27',
        why: '28 calendar days over Easter, after an earlier remand',
      },
    ],
  },
];
