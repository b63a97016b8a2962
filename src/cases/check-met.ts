import { type CivilDate } from '../calendar/civil-date.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import type { Instant } from '../platform/clock.ts';
import { invalid, invalidField, type Failure } from '../platform/failure.ts';
import { futureErrors } from './check-future.ts';

/**
 * Whether a person may say that a deadline was met, for what no event shows. A limit that only events meet or end (a custody
 * time limit goes on until bail, a plea or a finding) is not closed by somebody's word. Pure.
 * @param on the day on which it is said to have been met
 * @returns `conflict` where only an event meets it, `invalid` where the day is to come or before the offence
 */
export function refuseMet(
  deadline: Pick<DeadlineRow, 'rule' | 'ruleVersion' | 'defendantId' | 'offenceId'>,
  on: CivilDate,
  state: CaseState,
  now: Instant,
): Failure | null {
  const rule = ruleOf(deadline);
  if (!rule.task.meets && rule.contact === undefined) {
    const says = [...new Set([...rule.meets, ...rule.ends].map((condition) => condition.says))];
    return {
      kind: 'conflict',
      detail: `Nobody’s word meets this deadline: record what happened. What meets or ends it: ${says.join('; ')}.`,
    };
  }
  const future = futureErrors({ on }, now);
  if (future.length > 0) return invalid(future);
  const offences = state.defendants
    .filter(({ id }) => deadline.defendantId === null || id === deadline.defendantId)
    .flatMap((defendant) => defendant.offences)
    .filter(({ id }) => deadline.offenceId === null || id === deadline.offenceId);
  const committed = offences.map(({ committedOn }) => committedOn).sort()[0];
  return committed !== undefined && on < committed
    ? invalidField('on', 'is before the offence was committed')
    : null;
}
