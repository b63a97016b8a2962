import { happened, type CaseInput, type DemoCase, type Step } from './play-case.ts';
import type { DemoDays } from './demo-days.ts';
import { inventPeople, type Cast, type DefendantInput } from './invented-people.ts';

type Offence = DefendantInput['offences'][number];
type Hearing = NonNullable<CaseInput['hearings']>[number];

/** Real courts, as the reference data write them; youth courts sit in the same house. */
export const courts = {
  magistrates: "Norwich Magistrates' Court",
  crown: 'Norwich Crown Court',
  youth: "Norwich Magistrates' Court",
} as const;

/** What the cases of a team are written with: its days, its people, and the forms of a file. */
export type Forms = {
  days: DemoDays;
  cast: Cast;
  /** A case; the URN, officer and the like are filled in from where it stands among the others. */
  file: (
    received: string,
    body: Omit<CaseInput, 'urn' | 'kind' | 'officer' | 'receivedAt' | 'initiation' | 'anticipatedPlea'> &
      Partial<CaseInput>,
    ...steps: Step[]
  ) => DemoCase;
  offence: (code: string, committedOn: string, chargedOn?: string, more?: Partial<Offence>) => Offence;
  firstHearing: (on: string, court?: Hearing['court']) => Hearing;
  trialListed: (on: string, trialOn: string, court?: Hearing['court']) => Step;
  listed: (on: string, type: Hearing['type'], hearingOn: string, court?: Hearing['court']) => Step;
  notGuilty: (on: string, defendant?: number) => Step;
};

/** A force and a unit that are nobody’s: no force of the reference data begins a URN with 29. */
const invented = { force: '29', unit: { crime: 'QW', traffic: 'QT' } };
const officersCount = 20;

export function demoForms(kind: CaseInput['kind'], days: DemoDays): Forms {
  const place = { crime: 0, traffic: 120 }[kind];
  let made = 0;
  return {
    days,
    cast: inventPeople(days, place),
    file: (received, body, ...steps) => {
      const index = made++;
      const serial = String(place * 10 + 101 + index * 7).padStart(5, '0');
      return {
        body: {
          urn: `${invented.force}${invented.unit[kind]}${serial}${received.slice(2, 4)}`,
          kind,
          officer: `PC${1001 + ((index * 3 + place) % officersCount)}`,
          initiation: kind === 'crime' ? 'charge' : 'postal-requisition',
          anticipatedPlea: 'not-guilty',
          receivedAt: received.includes('T') ? received : days.at(received, '09:40'),
          ...body,
        },
        steps,
      };
    },
    offence: (code, committedOn, chargedOn, more = {}) => ({
      code,
      committedOn,
      ...(chargedOn === undefined ? {} : { chargedOn }),
      ...more,
    }),
    firstHearing: (on, court = 'magistrates') => ({
      on,
      at: '10:00',
      court,
      courtName: courts[court],
      type: 'first-hearing',
    }),
    trialListed: (on, trialOn, court = 'magistrates') =>
      happened('trial-listed', on, { on: trialOn, at: '10:00', court, courtName: courts[court] }),
    listed: (on, type, hearingOn, court = 'magistrates') =>
      happened('hearing-listed', on, { on: hearingOn, at: '10:00', court, courtName: courts[court], type }),
    notGuilty: (on, defendant) =>
      happened('plea-entered', on, { plea: 'not-guilty' }, defendant === undefined ? {} : { defendant }),
  };
}
