import { recordableEvents, recordableTypes, type RecordableType } from '../../cases/event-types.ts';

/** What an event can be about besides the case. */
export type Subject = 'defendant' | 'offence' | 'hearing' | 'person' | 'supersedes';
type Type = { type: string; title: string };

/** The types of event by what people look for them under. A type that is not here is under "Other". */
const groups: readonly { heading: string; types: readonly string[] }[] = [
  {
    heading: 'Custody and bail',
    types: [
      'arrested',
      'interviewed-under-caution',
      'released-without-charge',
      'remanded',
      'bailed',
      'bail-changed',
      'bail-variation-requested',
      'bail-appeal-notice-given',
      'custody-limit-extended',
      'custody-limit-extension-refused',
      'warrant-issued',
    ],
  },
  {
    heading: 'Hearings',
    types: ['hearing-listed', 'trial-listed', 'hearing-moved', 'hearing-vacated', 'court-directions-given'],
  },
  {
    heading: 'Pleas, trial and result',
    types: [
      'plea-entered',
      'summary-trial-chosen',
      'sent-to-crown-court',
      'remitted-to-magistrates',
      'trial-started',
      'convicted',
      'acquitted',
      'sentenced',
      'sentence-deferred',
      'discontinued',
      'appeal-lodged',
      'appeal-decided',
    ],
  },
  {
    heading: 'CPS and file',
    types: [
      'charging-decision-requested',
      'charge-authorised',
      'evidence-sufficient',
      'charged',
      'charge-added',
      'charge-altered',
      'decision-not-to-prosecute',
      'assessment-failed',
      'file-submitted',
      'action-plan-received',
      'action-plan-answered',
      'initial-disclosure-served',
      'document-served',
    ],
  },
  {
    heading: 'Victims and witnesses',
    types: [
      'statement-taken',
      'support-referral-made',
      'witness-required',
      'witness-not-required',
      'special-measures-decided',
    ],
  },
  {
    heading: 'The case',
    types: [
      'officer-changed',
      'correction',
      'defendant-died',
      'property-no-longer-needed',
      'property-dated',
      'pnc-arrest-recorded',
      'pnc-disposal-recorded',
      'finalised',
      'reopened',
    ],
  },
];

const ofDefendant: readonly Subject[] = ['defendant'];
const ofOffence: readonly Subject[] = ['defendant', 'offence'];
const ofCase: readonly Subject[] = [];

/** What each type is about, where that is not a defendant and an offence. */
const subjects: Record<string, readonly Subject[]> = {
  ...of(ofDefendant, [
    ...[
      'remanded',
      'bailed',
      'bail-changed',
      'bail-variation-requested',
      'bail-appeal-notice-given',
      'arrested',
    ],
    ...['warrant-issued', 'defendant-died', 'learned-of-proceedings', 'interviewed-under-caution'],
    ...['released-without-charge', 'pnc-arrest-recorded', 'pnc-disposal-recorded', 'document-served'],
    ...['initial-disclosure-served', 'charge-added'],
  ]),
  ...of(ofCase, [
    ...['hearing-listed', 'trial-listed', 'officer-changed', 'reopened', 'finalised', 'action-plan-received'],
    ...['action-plan-answered', 'file-submitted', 'court-directions-given', 'charging-decision-requested'],
    ...['assessment-failed', 'property-no-longer-needed'],
  ]),
  ...of(['hearing'], ['hearing-moved', 'hearing-vacated']),
  ...of(
    ['person'],
    ['witness-required', 'witness-not-required', 'support-referral-made', 'special-measures-decided'],
  ),
  correction: ['supersedes', 'defendant', 'offence'],
};

function of(about: readonly Subject[], types: readonly string[]): Record<string, readonly Subject[]> {
  return Object.fromEntries(types.map((type) => [type, about]));
}

export function subjectsOf(type: RecordableType): readonly Subject[] {
  return subjects[type] ?? ofOffence;
}

export function isRecordable(type: string | undefined): type is RecordableType {
  return type !== undefined && recordableTypes.includes(type as RecordableType);
}

/** What can be recorded of a case, by group: of one that is over only what brings it back. */
export function offeredTypes(isOpen: boolean): { heading: string; types: Type[] }[] {
  const offered = recordableTypes.filter((type) =>
    isOpen ? type !== 'reopened' : type === 'reopened' || type === 'appeal-lodged',
  );
  const listed = new Set(groups.flatMap(({ types }) => types));
  const others = {
    heading: 'Other',
    types: offered.filter((type) => !listed.has(type)) as readonly string[],
  };
  return [...groups, others]
    .map(({ heading, types }) => ({
      heading,
      types: offered
        .filter((type) => types.includes(type))
        .map((type) => ({ type, title: recordableEvents[type].title })),
    }))
    .filter(({ types }) => types.length > 0);
}
