import type { CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { FieldError } from '../platform/failure.ts';
import { factLabels, type FactName, type Facts } from './facts.ts';

type DateFact = Extract<FactName, `${string}On` | 'arrestedAt'>;

/** What cannot have happened before what. Only what is so in every case: a person can be remanded after being sent. */
const inOrder: readonly [earlier: DateFact, later: DateFact][] = [
  ['offenceCommittedOn', 'statementOn'],
  ['offenceCommittedOn', 'evidenceSufficientOn'],
  ['offenceCommittedOn', 'arrestedAt'],
  ['offenceCommittedOn', 'chargedOn'],
  ['offenceCommittedOn', 'sentToCrownCourtOn'],
  ['offenceCommittedOn', 'notGuiltyPleaOn'],
  ['offenceCommittedOn', 'convictedOn'],
  ['offenceCommittedOn', 'sentencedOn'],
  ['offenceCommittedOn', 'concludedOn'],
  ['chargedOn', 'sentToCrownCourtOn'],
  ['chargedOn', 'notGuiltyPleaOn'],
  ['chargedOn', 'initialDisclosureOn'],
  ['chargedOn', 'convictedOn'],
  ['chargedOn', 'sentencedOn'],
  ['chargedOn', 'concludedOn'],
  ['notGuiltyPleaOn', 'convictedOn'],
  ['sentToCrownCourtOn', 'remittedOn'],
  ['convictedOn', 'sentencedOn'],
  ['convictedOn', 'concludedOn'],
  ['sentencedOn', 'concludedOn'],
];

/** Facts that cannot all be true, each error naming the later one. */
export function contradictions(facts: Facts): FieldError[] {
  const errors = inOrder.flatMap(([earlier, later]) => {
    const first = dayOf(facts[earlier]);
    const second = dayOf(facts[later]);
    if (first === undefined || second === undefined || second >= first) return [];
    return [{ path: `facts.${later}`, message: `cannot be before ${factLabels[earlier]}` }];
  });
  if (facts.service !== undefined && facts.servedOn !== undefined)
    errors.push({
      path: 'facts.servedOn',
      message: 'cannot be given together with service, from which it follows',
    });
  const firstDay = facts.custody?.[0]?.from;
  if (facts.extendedUntil !== undefined && firstDay !== undefined && facts.extendedUntil < firstDay)
    errors.push({ path: 'facts.extendedUntil', message: 'cannot be before the first day of custody' });
  return errors;
}

function dayOf(value: string | undefined): CivilDate | undefined {
  return value?.includes('T') ? civilDateOf(value) : value;
}
