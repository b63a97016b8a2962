import {
  nationalFileStandard,
  underBothRules,
  type FileStandard,
  type StandardItem,
} from './file-standard.ts';

type Rules = 'CrimPR 2020' | 'CrimPR 2025';

/** The initial details that the court and the defence must have by the first hearing: r.8.3. */
const initialDetails = (rules: Rules) => `the prosecutor must have it for the first hearing (${rules} r.8.3)`;

/** Rows of the table of contents that both kinds of file have, in its order. */
const bothPleas = (rules: Rules): readonly StandardItem[] => [
  { material: 'charges', why: initialDetails(rules), need: 'always', firstHearing: 'everyone' },
  { material: 'case-summary', why: initialDetails(rules), need: 'always', firstHearing: 'everyone' },
  {
    material: 'charging-report',
    why: 'it says what the prosecutor was told when the charge was decided',
    need: 'charged-by-cps',
  },
  { material: 'previous-convictions', why: initialDetails(rules), need: 'always', firstHearing: 'everyone' },
  { material: 'driver-record', why: 'the court needs it for sentence', need: 'if-relevant' },
];

/** Rows that are "as applicable" whatever the plea, and the victim's statement. */
const asApplicable: readonly StandardItem[] = [
  {
    material: 'special-measures-assessment',
    why: 'an application for special measures has a time limit',
    need: 'if-relevant',
  },
  { material: 'bad-character', why: 'notice of it has a time limit', need: 'if-relevant' },
  {
    material: 'offences-taken-into-consideration',
    why: 'the court must have them before sentence',
    need: 'if-relevant',
  },
  { material: 'compensation', why: 'the court must have the figures before sentence', need: 'if-relevant' },
  { material: 'orders-on-conviction', why: 'an order has to be applied for in time', need: 'if-relevant' },
  {
    material: 'victim-personal-statement',
    why: 'the court must have it before sentence',
    need: 'victim',
    firstHearing: 'on-bail',
  },
  { material: 'forensic-report', why: 'the findings prove part of the case', need: 'if-relevant' },
  { material: 'medical-evidence', why: 'it proves the injury', need: 'if-relevant' },
  { material: 'body-worn-video', why: 'it shows what happened as it happened', need: 'if-relevant' },
  {
    material: 'closed-circuit-television',
    why: 'it shows what happened as it happened',
    need: 'if-relevant',
  },
];

/** For a defendant who is expected to plead guilty. */
const guiltyPlea = underBothRules((rules) => ({
  id: 'guilty-plea',
  title: 'File for an expected guilty plea',
  when: 'a crime case is received in which a guilty plea is expected',
  authority: nationalFileStandard,
  items: [
    ...bothPleas(rules),
    {
      material: 'case-information',
      why: 'it says whether a Victim Personal Statement was offered, and the views on bail and orders',
      need: 'if-relevant',
    },
    {
      material: 'witness-statements',
      why: 'the key ones are initial details where they are material to plea or sentence',
      need: 'if-relevant',
      firstHearing: 'on-bail',
    },
    { material: 'exhibit-list', why: 'it says what proves the case', need: 'if-relevant' },
    {
      material: 'exhibits-and-media',
      why: 'the key ones are initial details where they are material to plea or sentence',
      need: 'if-relevant',
      firstHearing: 'on-bail',
    },
    {
      material: 'disclosure-certificate',
      why: 'the duty of disclosure begins with the file',
      need: 'always',
    },
    ...asApplicable,
  ],
}));

/** For a defendant who is expected to deny the charge, or of whom nothing is known. */
const notGuilty = underBothRules((rules) => ({
  id: 'not-guilty',
  title: 'File for an expected not guilty plea',
  when: 'a crime case is received in which a guilty plea is not expected',
  authority: nationalFileStandard,
  items: [
    ...bothPleas(rules),
    {
      material: 'case-information',
      why: 'it says whether a Victim Personal Statement was offered, and the views on bail and orders',
      need: 'always',
    },
    {
      material: 'witness-statements',
      why: initialDetails(rules),
      need: 'always',
      firstHearing: 'on-bail',
    },
    { material: 'witness-list', why: 'a trial date depends on it', need: 'always' },
    { material: 'witness-availability', why: 'a trial date depends on it', need: 'always' },
    { material: 'exhibit-list', why: 'it says what proves the case', need: 'always' },
    {
      material: 'exhibits-and-media',
      why: 'key exhibits must be clipped and playable',
      need: 'always',
      firstHearing: 'on-bail',
    },
    { material: 'interview-record', why: 'the interview is key to the case', need: 'if-relevant' },
    {
      material: 'non-sensitive-schedule',
      why: `disclosure follows a not guilty plea at once (${rules} r.15.2)`,
      need: 'always',
    },
    {
      material: 'sensitive-schedule',
      why: 'disclosure cannot be completed without it; it says so where there is none',
      need: 'always',
    },
    {
      material: 'disclosure-officer-report',
      why: 'disclosure cannot be completed without it',
      need: 'always',
    },
    {
      material: 'rebuttable-presumption-material',
      why: 'it is presumed to be disclosable',
      need: 'always',
    },
    ...asApplicable,
  ],
}));

/** What a file holds when it first comes in, in a crime case. */
export const firstFiles: readonly FileStandard[] = [...guiltyPlea, ...notGuilty];
