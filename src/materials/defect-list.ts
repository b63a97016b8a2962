/**
 * What can be wrong with a file or a material: `title` as CPS systems word it; in plain words, for the officer, what is
 * `wrong` (follows "it was rejected:") and why it is `needed`; the materials it is `usually` about, none where any.
 */
export type DefectCode = {
  code: string;
  group: string;
  title: string;
  wrong: string;
  needed: string;
  usually: readonly string[];
};

type Entry = readonly [code: string, title: string, wrong: string, needed: string, usually: string];

const breach: readonly Entry[] = [
  [
    'breach-charged-by-police-in-breach-of-the-directors-guidance',
    'Charged by Police in breach of the Director’s Guidance',
    'the police charged what only the CPS may decide to charge',
    'the prosecutor needs the report for a charging decision to review the charge at all',
    'charging-report',
  ],
];
const disclosure: readonly Entry[] = [
  [
    'disclosure-disclosable-unused-material-not-provided',
    'Disclosable unused material not provided',
    'unused material that has to be disclosed did not come',
    'the defence is entitled to it, and the case can be stayed without it',
    'unused-material',
  ],
  [
    'disclosure-information-about-reasonable-lines-of-inquiry-insufficient',
    'Information about reasonable lines of inquiry insufficient',
    'what is said of the lines of inquiry that were followed is not enough',
    'the prosecutor must be able to tell the court that every reasonable line was followed',
    'case-information disclosure-officer-report',
  ],
  [
    'disclosure-information-about-reasonable-lines-of-inquiry-not-provided',
    'Information about reasonable lines of inquiry not provided',
    'nothing is said of the lines of inquiry that were followed',
    'the prosecutor must be able to tell the court that every reasonable line was followed',
    'case-information disclosure-officer-report',
  ],
  [
    'disclosure-rebuttable-presumption-material-not-provided',
    'Rebuttable presumption material not provided',
    'material that is presumed to be disclosable did not come',
    'it goes to the defence unless somebody can say why not',
    'rebuttable-presumption-material',
  ],
  [
    'disclosure-schedules-of-unused-material-not-completed-correctly',
    'Schedules of unused material not completed correctly',
    'the schedules of unused material are not filled in as they should be',
    'the prosecutor decides from them what is disclosed',
    'non-sensitive-schedule sensitive-schedule disclosure-officer-report',
  ],
  [
    'disclosure-schedules-of-unused-material-not-provided',
    'Schedules of unused material not provided',
    'the schedules of unused material did not come',
    'disclosure cannot begin without them',
    'non-sensitive-schedule sensitive-schedule disclosure-officer-report',
  ],
];
const evidential: readonly Entry[] = [
  [
    'evidential-exhibit',
    'Exhibit',
    'an exhibit is missing, or is not as it should be',
    'it proves part of the case',
    'exhibits-and-media exhibit-list',
  ],
  [
    'evidential-forensic',
    'Forensic',
    'forensic evidence is missing, or is not as it should be',
    'it proves part of the case',
    'forensic-report forensic-submission',
  ],
  [
    'evidential-medical-evidence',
    'Medical evidence',
    'medical evidence is missing, or is not as it should be',
    'it proves the injury',
    'medical-evidence',
  ],
  [
    'evidential-multi-media-bwv-not-clipped',
    'Multi-media BWV not clipped',
    'body-worn video is not cut to the part that matters',
    'nobody in court can be asked to watch all of it',
    'body-worn-video exhibits-and-media',
  ],
  [
    'evidential-multi-media-bwv-not-in-playable-format',
    'Multi-media BWV not in playable format',
    'body-worn video does not play on the systems of the CPS and the courts',
    'footage that cannot be played proves nothing',
    'body-worn-video exhibits-and-media',
  ],
  [
    'evidential-multi-media-bwv-not-provided',
    'Multi-media BWV not provided',
    'body-worn video did not come',
    'it shows what happened as it happened, and may be disclosable',
    'body-worn-video exhibits-and-media',
  ],
  [
    'evidential-multi-media-cctv-not-clipped',
    'Multi-media CCTV not clipped',
    'closed-circuit footage is not cut to the part that matters',
    'nobody in court can be asked to watch all of it',
    'closed-circuit-television exhibits-and-media',
  ],
  [
    'evidential-multi-media-cctv-not-in-playable-format',
    'Multi-media CCTV not in playable format',
    'closed-circuit footage does not play on the systems of the CPS and the courts',
    'footage that cannot be played proves nothing',
    'closed-circuit-television exhibits-and-media',
  ],
  [
    'evidential-multi-media-cctv-not-provided',
    'Multi-media CCTV not provided',
    'closed-circuit footage did not come',
    'it shows what happened as it happened, and is soon recorded over',
    'closed-circuit-television exhibits-and-media',
  ],
  [
    'evidential-multi-media-other-not-clipped',
    'Multi-media Other not clipped',
    'a recording is not cut to the part that matters',
    'nobody in court can be asked to go through all of it',
    'exhibits-and-media scene-media',
  ],
  [
    'evidential-multi-media-other-not-in-playable-format',
    'Multi-media Other not in playable format',
    'a recording does not play on the systems of the CPS and the courts',
    'a recording that cannot be played proves nothing',
    'exhibits-and-media scene-media',
  ],
  [
    'evidential-relevant-orders-applications-details-not-provided',
    'Relevant orders/applications, details not provided',
    'the details of an order, or of an application for one, did not come',
    'the prosecutor can neither prove its breach nor apply for it without them',
    'orders-on-conviction exhibits-and-media',
  ],
  [
    'evidential-statement-s',
    'Statement(s)',
    'a statement is missing, or is not as it should be',
    'what the witness saw can be proved only by it',
    'witness-statements',
  ],
];
const victimAndWitness: readonly Entry[] = [
  [
    'victim-and-witness-needs-of-the-victim-witness-special-measures-have-not-been-co',
    'Needs of the victim/witness special measures have not been considered or are inadequate',
    'nobody has considered, or not well enough, which special measures a victim or witness needs',
    'an application to the court has a time limit, and they may not be able to give evidence without it',
    'special-measures-assessment',
  ],
  [
    'victim-and-witness-victim-and-witness-needs-not-special-measures-related',
    'Victim and witness needs (not special measures related)',
    'the other needs of a victim or witness are not dealt with',
    'they may not come to court, or not be able to give their best evidence',
    'case-information witness-availability',
  ],
  [
    'victim-and-witness-vps-no-information-on-whether-vps-offered-not-provided',
    'VPS - no information on whether VPS offered/not provided',
    'nothing says whether the victim was offered a Victim Personal Statement, or it did not come',
    'the court must have it before sentence, and it is the victim’s right to make one',
    'victim-personal-statement',
  ],
];
const triage: readonly Entry[] = [
  [
    'triage-case-material-not-correctly-received',
    'Case Material not correctly received',
    'the CPS could not open or find what was sent',
    'nobody can review what did not arrive',
    '',
  ],
  [
    'triage-no-missing-disclosure-schedule',
    'No/missing Disclosure Schedule',
    'a schedule of unused material is missing',
    'disclosure cannot begin without it',
    'non-sensitive-schedule sensitive-schedule disclosure-officer-report',
  ],
  [
    'triage-no-mg3',
    'No MG3',
    'the report for the charging decision is missing',
    'the prosecutor cannot tell on what the charge was decided',
    'charging-report',
  ],
  [
    'triage-no-incomplete-supervisors-comments',
    'No/Incomplete Supervisors comments',
    'the supervisor’s comments are missing or not finished',
    'they show that somebody has checked the file before the prosecutor does',
    'supervisor-comments',
  ],
  [
    'triage-no-dv-checklist',
    'No DV Checklist',
    'the domestic abuse checklist is missing',
    'the prosecutor decides from it on bail, safety and special measures',
    'risk-checklist',
  ],
  [
    'triage-no-missing-mg11s',
    'No/missing MG11s',
    'one or more witness statements are missing',
    'what the witnesses saw can be proved only by them',
    'witness-statements',
  ],
  [
    'triage-no-missing-exhibits',
    'No missing exhibits',
    'one or more exhibits are missing',
    'they prove part of the case',
    'exhibits-and-media exhibit-list',
  ],
  [
    'triage-no-summary-of-interview',
    'No summary of interview',
    'there is no summary of the interview',
    'the defence is entitled to it before the first hearing, and the prosecutor must know what the defendant said',
    'case-summary interview-record',
  ],
  [
    'triage-missing-suspects-previous-convictions',
    'Missing Suspect’s previous convictions',
    'the defendant’s previous convictions are missing',
    'the court must have them for bail, and for sentence',
    'previous-convictions',
  ],
  [
    'triage-missing-victim-witness-previous-convictions',
    'Missing Victim/Witness previous convictions',
    'the previous convictions of a victim or witness are missing',
    'they may have to be disclosed to the defence',
    'witness-previous-convictions',
  ],
  [
    'triage-hard-media-not-provided',
    'Hard media not provided',
    'discs or other media that cannot be sent by computer did not come',
    'what is on them cannot be reviewed or served',
    'exhibits-and-media',
  ],
  [
    'triage-third-party-material-not-provided',
    'Third party material not provided',
    'material that somebody else holds did not come',
    'it may help the defence, and has to be reviewed',
    'third-party-material',
  ],
  [
    'triage-incompatible-oic-contact-details',
    'Incompatible OIC contact details',
    'the contact details of the officer in the case do not work',
    'the CPS cannot ask the officer anything',
    'officer-contact-details',
  ],
];

const groups: readonly (readonly [group: string, entries: readonly Entry[]])[] = [
  ['Breach failure', breach],
  ['Disclosure failure', disclosure],
  ['Evidential failure', evidential],
  ['Victim and witness failure', victimAndWitness],
  ['Triage rejection', triage],
];

/**
 * Why a file or a material is rejected: the 23 reasons of the Director's Guidance Assessment and the 13 of the CPS's
 * triage, as the public prototypes of CPS systems have them.
 */
export const defectCodes: readonly DefectCode[] = groups.flatMap(([group, entries]) =>
  entries.map(([code, title, wrong, needed, usually]) => ({
    code,
    group,
    title,
    wrong,
    needed,
    usually: usually.split(' ').filter((material) => material !== ''),
  })),
);
