/**
 * What an officer whose files are rejected for a reason may want to learn, by reason. Suggestions of the hub, grade P:
 * no published list ties reasons to training; the force's learning lead sets them.
 */
const topics: readonly (readonly [topic: string, ...codes: string[]])[] = [
  [
    'Charging decisions: what the police may charge, and the report to the prosecutor (MG3)',
    'breach-charged-by-police-in-breach-of-the-directors-guidance',
    'triage-no-mg3',
  ],
  [
    'Disclosure: schedules of unused material and the rebuttable presumption',
    'disclosure-disclosable-unused-material-not-provided',
    'disclosure-rebuttable-presumption-material-not-provided',
    'disclosure-schedules-of-unused-material-not-completed-correctly',
    'disclosure-schedules-of-unused-material-not-provided',
    'triage-no-missing-disclosure-schedule',
  ],
  [
    'Disclosure: recording reasonable lines of inquiry and third party material',
    'disclosure-information-about-reasonable-lines-of-inquiry-insufficient',
    'disclosure-information-about-reasonable-lines-of-inquiry-not-provided',
    'triage-third-party-material-not-provided',
  ],
  [
    'Video evidence: clipping, playable formats and sending it',
    'evidential-multi-media-bwv-not-clipped',
    'evidential-multi-media-bwv-not-in-playable-format',
    'evidential-multi-media-bwv-not-provided',
    'evidential-multi-media-cctv-not-clipped',
    'evidential-multi-media-cctv-not-in-playable-format',
    'evidential-multi-media-cctv-not-provided',
    'evidential-multi-media-other-not-clipped',
    'evidential-multi-media-other-not-in-playable-format',
    'triage-hard-media-not-provided',
  ],
  ['Witness statements (MG11)', 'evidential-statement-s', 'triage-no-missing-mg11s'],
  [
    'Exhibits, forensic and medical evidence: producing and listing them',
    'evidential-exhibit',
    'evidential-forensic',
    'evidential-medical-evidence',
    'triage-no-missing-exhibits',
  ],
  ['Summarising interviews', 'triage-no-summary-of-interview'],
  [
    'Applications for orders on conviction, and previous convictions',
    'evidential-relevant-orders-applications-details-not-provided',
    'triage-missing-suspects-previous-convictions',
    'triage-missing-victim-witness-previous-convictions',
  ],
  [
    'Victims and witnesses: needs, special measures and the Victim Personal Statement',
    'victim-and-witness-needs-of-the-victim-witness-special-measures-have-not-been-co',
    'victim-and-witness-victim-and-witness-needs-not-special-measures-related',
    'victim-and-witness-vps-no-information-on-whether-vps-offered-not-provided',
  ],
  ['Domestic abuse: the risk checklist', 'triage-no-dv-checklist'],
  [
    'Sending a file: what must be in it, the supervisor’s check and contact details',
    'triage-case-material-not-correctly-received',
    'triage-no-incomplete-supervisors-comments',
    'triage-incompatible-oic-contact-details',
  ],
];

const byCode = new Map(topics.flatMap(([topic, ...codes]) => codes.map((code) => [code, topic])));

/** The topic for a reason, or null where the list has none. */
export function trainingTopic(code: string): string | null {
  return byCode.get(code) ?? null;
}
