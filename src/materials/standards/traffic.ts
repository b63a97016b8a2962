import {
  nationalFileStandard,
  underBothRules,
  type FileStandard,
  type StandardItem,
} from './file-standard.ts';

type Rules = 'CrimPR 2020' | 'CrimPR 2025';

/** The column for traffic and the Single Justice Procedure, and the packs of particular offences. */
const trafficItems = (rules: Rules): readonly StandardItem[] => [
  {
    material: 'charges',
    why: `the prosecutor must have it for the first hearing (${rules} r.8.3)`,
    need: 'always',
    firstHearing: 'everyone',
  },
  {
    material: 'case-summary',
    why: `the prosecutor must have the facts for the first hearing (${rules} r.8.3)`,
    need: 'always',
    firstHearing: 'everyone',
  },
  { material: 'driver-record', why: 'the court needs it for sentence', need: 'traffic' },
  {
    material: 'witness-statements',
    why: 'the officer’s statement, in a form that can be read to the court, proves the offence',
    need: 'always',
    firstHearing: 'on-bail',
  },
  { material: 'case-information', why: 'it says what else the prosecutor must know', need: 'if-relevant' },
  {
    material: 'exhibits-and-media',
    why: 'the photograph or film shows the offence',
    need: 'speeding',
    firstHearing: 'on-bail',
  },
  {
    material: 'device-certificate',
    why: 'a measured speed is proved by the device’s certificate, its calibration and the checks before and after',
    need: 'speeding',
  },
  {
    material: 'station-procedure',
    why: 'the specimen can be relied on only where the procedure was followed',
    need: 'drink-or-drug-driving',
  },
  {
    material: 'forensic-report',
    why: 'the printout or the certificate of analysis proves the amount (s.16 Road Traffic Offenders Act 1988)',
    need: 'drink-or-drug-driving',
  },
  { material: 'blood-sample-record', why: 'it shows that the sample was divided', need: 'if-relevant' },
  {
    material: 'database-enquiry-prints',
    why: 'they show that there was no cover, and the day on which that was learnt starts the time limit (s.6 Road Traffic Offenders Act 1988)',
    need: 'uninsured',
  },
  {
    material: 'section-11-certificate',
    why: 'it proves who was driving or owned the vehicle (s.11 Road Traffic Offenders Act 1988)',
    need: 'if-relevant',
  },
  {
    material: 'driver-identity-reply',
    why: 'signed, it proves who was driving (s.12 Road Traffic Offenders Act 1988)',
    need: 'if-relevant',
  },
  {
    material: 'certificate-of-service',
    why: 'the offence is not to answer a notice, so its service has to be proved',
    need: 'driver-not-named',
  },
  { material: 'collision-report', why: 'it says how the collision happened', need: 'if-relevant' },
  { material: 'sketch-plan', why: 'it shows where the collision happened', need: 'if-relevant' },
  {
    material: 'forensic-collision-report',
    why: 'it explains the cause of the collision',
    need: 'if-relevant',
  },
  { material: 'vehicle-examination', why: 'a defect of the vehicle may be a defence', need: 'if-relevant' },
  { material: 'scene-media', why: 'it shows the scene as it was', need: 'if-relevant' },
  { material: 'driver-accounts', why: 'the drivers’ first accounts are evidence', need: 'if-relevant' },
  {
    material: 'special-measures-assessment',
    why: 'an application for special measures has a time limit',
    need: 'if-relevant',
  },
  { material: 'bad-character', why: 'notice of it has a time limit', need: 'if-relevant' },
  { material: 'orders-on-conviction', why: 'an order has to be applied for in time', need: 'if-relevant' },
  {
    material: 'victim-personal-statement',
    why: 'the court must have it before sentence',
    need: 'victim',
    firstHearing: 'on-bail',
  },
];

const authority = {
  ...nationalFileStandard,
  instrument: `${nationalFileStandard.instrument}; packs by offence from general knowledge`,
};

const traffic = underBothRules((rules) => ({
  id: 'traffic',
  title: 'Traffic file',
  when: 'a traffic case is received that is not under the Single Justice Procedure',
  authority,
  items: trafficItems(rules),
}));

const singleJusticeProcedure = underBothRules((rules) => ({
  id: 'single-justice-procedure',
  title: 'Single Justice Procedure file',
  when: 'a case is received under the Single Justice Procedure',
  authority,
  items: [
    ...trafficItems(rules).filter(({ material }) => material !== 'certificate-of-service'),
    {
      material: 'certificate-of-service',
      why: `the court must have it (${rules} r.24.9)`,
      need: 'always',
    },
  ],
}));

export const trafficFiles: readonly FileStandard[] = [...traffic, ...singleJusticeProcedure];
