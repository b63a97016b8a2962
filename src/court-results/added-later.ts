import { sayDate } from '../calendar/civil-date.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { CaseSitting } from './case-results.ts';
import type { Choices, Doubt } from './doubts.ts';

/**
 * Results of a charge from a hearing before the day on which it was added to the case: they cannot take effect until
 * somebody gives the right day. Pure.
 */
export function addedLater(
  sittings: readonly CaseSitting[],
  { decisions }: CaseState,
  choices: Choices,
): Doubt[] {
  const days = new Map(
    decisions.flatMap(({ type, offenceId, on }) =>
      type === 'charge-added' && offenceId !== undefined ? [[offenceId, on] as const] : [],
    ),
  );
  if (days.size === 0) return [];
  return sittings.flatMap((sitting) =>
    sitting.defendants.flatMap(({ ref, offences }) =>
      offences.flatMap(({ offenceId, key, sequence, code }): Doubt[] => {
        const addedOn = days.get(offenceId);
        const source = `contradicts:charge:${sitting.key}:${ref}:${key}`;
        if (addedOn === undefined || addedOn <= sitting.on || choices.has(source)) return [];
        return [
          {
            kind: 'contradicts',
            source,
            facts: {
              why: `The charge was added on ${sayDate(addedOn)}, after this hearing: supersede that with the right day, and this takes effect.`,
              ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, sequence, offence: code },
            },
          },
        ];
      }),
    ),
  );
}
