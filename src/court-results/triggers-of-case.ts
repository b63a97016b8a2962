import { isCivilDate } from '../calendar/civil-date.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { CaseSitting, StandingData } from './case-results.ts';
import type { Choices } from './doubts.ts';
import type { Trigger } from './triggers.ts';

/**
 * Triggers that need the case beside the message: TRPR0018, where the court gives another day for an offence than the
 * charge has that the hub holds in place of the record of the Police National Computer; TRPS0011, where the court added
 * an offence of which that keeps a record, since nothing here writes to it. Pure.
 */
export function triggersOfCase(
  sittings: readonly CaseSitting[],
  state: CaseState,
  choices: Choices,
  standing: StandingData,
): Trigger[] {
  const charges = new Map(
    state.defendants.flatMap(({ offences }) => offences.map((offence) => [offence.id, offence] as const)),
  );
  const added = new Set([...choices.values()].flatMap((made) => (made.choice === 'add' ? [made.to] : [])));
  return sittings.flatMap(({ key: sitting, on, defendants }) =>
    defendants.flatMap(({ ref, offences }) =>
      offences.flatMap((offence): Trigger[] => {
        const charge = charges.get(offence.offenceId);
        if (charge === undefined || !standing.isForPnc(offence.code)) return [];
        const one = (code: string): Trigger => ({
          ...{ code, sitting, on, ref, offence: offence.key, results: [] },
        });
        const { committedOn } = offence;
        return [
          ...(isCivilDate(committedOn) && committedOn !== charge.committedOn ? [one('TRPR0018')] : []),
          ...(added.has(charge.id) && charge.chargedBy.on === on ? [one('TRPS0011')] : []),
        ];
      }),
    ),
  );
}
