import {
  nationalFileStandard,
  sinceSixthEdition,
  type FileStandard,
  type StandardItem,
} from './file-standard.ts';

const forTrial: readonly StandardItem[] = [
  { material: 'case-summary', why: 'brought up to date, for trial', need: 'always' },
  { material: 'previous-convictions', why: 'brought up to date, for trial', need: 'always' },
  { material: 'driver-record', why: 'brought up to date, for trial', need: 'traffic' },
  { material: 'case-information', why: 'brought up to date, for trial', need: 'always' },
  { material: 'witness-statements', why: 'all that is relied on, typed, for trial', need: 'always' },
  { material: 'witness-list', why: 'brought up to date, for trial', need: 'always' },
  { material: 'witness-availability', why: 'brought up to date, for trial', need: 'always' },
  { material: 'exhibit-list', why: 'all exhibits, for trial', need: 'always' },
  { material: 'exhibits-and-media', why: 'all of them, clipped and playable, for trial', need: 'always' },
  { material: 'interview-record', why: 'in full, where the court orders it', need: 'if-relevant' },
  { material: 'non-sensitive-schedule', why: 'reviewed for trial', need: 'always' },
  { material: 'sensitive-schedule', why: 'reviewed for trial', need: 'always' },
  { material: 'disclosure-officer-report', why: 'reviewed for trial', need: 'always' },
  {
    material: 'special-measures-assessment',
    why: 'an application for special measures has a time limit',
    need: 'victim',
  },
  { material: 'bad-character', why: 'notice of it has a time limit', need: 'if-relevant' },
  { material: 'offences-taken-into-consideration', why: 'as they stand before trial', need: 'if-relevant' },
  { material: 'compensation', why: 'brought up to date, for sentence', need: 'if-relevant' },
  { material: 'orders-on-conviction', why: 'an order has to be applied for in time', need: 'if-relevant' },
  {
    material: 'victim-personal-statement',
    why: 'the victim may bring it up to date before sentence',
    need: 'if-relevant',
  },
  { material: 'forensic-report', why: 'in full, where the findings are disputed', need: 'if-relevant' },
  { material: 'medical-evidence', why: 'in full, where the injury is disputed', need: 'if-relevant' },
  { material: 'risk-checklist', why: 'brought up to date, for trial', need: 'special-checklist' },
];

const upgrade: FileStandard = {
  id: 'upgrade',
  version: 1,
  title: 'Trial-ready (upgrade) file',
  when: 'a charge is denied, or the court directs an upgrade file',
  authority: nationalFileStandard,
  inForce: sinceSixthEdition,
  items: forTrial,
};

const custody: FileStandard = {
  id: 'custody',
  version: 1,
  title: 'Custody papers',
  when: 'a defendant is held in custody',
  authority: nationalFileStandard,
  inForce: sinceSixthEdition,
  items: [
    {
      material: 'remand-application',
      why: 'a defendant is in custody, and the court decides on bail at every hearing',
      need: 'always',
    },
    {
      material: 'case-information',
      why: 'a defendant is in custody: the court must be told of the risks of release',
      need: 'always',
    },
    { material: 'breach-of-bail', why: 'it says which condition was broken, and how', need: 'if-relevant' },
  ],
};

const checklist = {
  material: 'risk-checklist',
  why: 'it is required in this kind of case',
  need: 'always',
} as const;
const notForPolice = {
  material: 'charging-report',
  why: 'the police may not charge such a case themselves: the report says what the prosecutor was told',
  need: 'always',
} as const;

const domesticAbuse: FileStandard = {
  id: 'domestic-abuse',
  version: 1,
  title: 'Domestic abuse papers',
  when: 'a crime case is one of domestic abuse, as a whole or by one of its charges',
  authority: nationalFileStandard,
  inForce: sinceSixthEdition,
  items: [
    checklist,
    notForPolice,
    {
      material: 'body-worn-video',
      why: 'the case may have to be proved without the victim',
      need: 'if-relevant',
    },
  ],
};

const hateOrSexual: FileStandard = {
  id: 'hate-crime-or-sexual-offence',
  version: 1,
  title: 'Hate crime and sexual offence papers',
  when: 'a crime case is one of hate crime or of a sexual offence',
  authority: nationalFileStandard,
  inForce: sinceSixthEdition,
  items: [checklist, { ...notForPolice, need: 'hate-crime' }],
};

/** What an event or the kind of a case adds to the file. */
export const addedFiles: readonly FileStandard[] = [upgrade, custody, domesticAbuse, hateOrSexual];
