/** What kind of thing a material is, as the CPS groups what it asks the police for. */
export const materialCategories = [
  'documents-and-forms',
  'footage',
  'statements',
  'forensic-evidence',
  'medical-evidence',
  'records',
  'exhibits',
  'other',
] as const;
export type MaterialCategory = (typeof materialCategories)[number];

export type MaterialType = {
  /** The key that is stored; the Digital Case File programme is expected to absorb form numbers. */
  type: string;
  title: string;
  category: MaterialCategory;
  /** MG form numbers and other short names by which police know it, the best known first. */
  aliases: readonly string[];
};

const of =
  (category: MaterialCategory) =>
  (type: string, title: string, ...aliases: string[]): MaterialType => ({ type, title, category, aliases });
const form = of('documents-and-forms');
const footage = of('footage');
const statement = of('statements');
const forensic = of('forensic-evidence');
const record = of('records');

/**
 * Materials of a prosecution file. Names of MG forms: College of Policing and Home Office lists as of 2025/26, grade B:
 * form numbers are aliases, never the key. There is no MG1: the front sheet is not in the Home Office's list of June
 * 2026. MG22 is the family of streamlined forensic reports (grade C). MGDD forms, device, collision and enquiry
 * papers: grade C.
 */
export const materialTypes: readonly MaterialType[] = [
  form('charges', 'Charge sheet, requisition or Single Justice Procedure notice', 'MG4', 'MG4D', 'MG4E'),
  form('bail-papers', 'Grant or variation of bail by the police', 'MG4A'),
  form('bail-variation-request', 'Request to vary police bail', 'MG4B'),
  form('surety', 'Surety or security', 'MG4C'),
  form('no-further-action-notice', 'Notice that no further action is taken', 'MG4F'),
  form('charging-report', 'Report to the prosecutor for a charging decision', 'MG3', 'MG3A'),
  form('supervisor-comments', 'Supervisor’s comments on the file'),
  form('case-summary', 'Police report with the interview account', 'MG5'),
  form('case-information', 'Case file evidence and information', 'MG6'),
  form('pre-interview-briefing', 'Briefing before interview', 'MG6A'),
  form('officer-misconduct', 'Misconduct of officers or staff', 'MG6B'),
  form('non-sensitive-schedule', 'Schedule of non-sensitive unused material', 'MG6C'),
  form('sensitive-schedule', 'Schedule of sensitive material', 'MG6D'),
  form('disclosure-officer-report', 'Disclosure officer’s report', 'MG6E'),
  form('rebuttable-presumption-material', 'Rebuttable presumption material'),
  form('disclosure-certificate', 'Streamlined or nil disclosure certificate'),
  form('unused-material', 'Unused material that is to be disclosed'),
  form('third-party-material', 'Material held by third parties'),
  form('remand-application', 'Remand application', 'MG7'),
  form('breach-of-bail', 'Breach of bail', 'MG8'),
  form('witness-list', 'Witness list', 'MG9'),
  form('witness-availability', 'Witness non-availability', 'MG10'),
  statement('witness-statements', 'Witness statements', 'MG11'),
  statement(
    'victim-personal-statement',
    'Victim Personal Statement, or the record that it was refused',
    'VPS',
  ),
  form('exhibit-list', 'Exhibit list', 'MG12'),
  of('exhibits')('exhibits-and-media', 'Exhibits and media, clipped and playable'),
  footage('body-worn-video', 'Body-worn video, clipped and playable', 'BWV'),
  footage('closed-circuit-television', 'Closed-circuit television footage, clipped and playable', 'CCTV'),
  footage('scene-media', 'Photographs and footage of the scene'),
  form('orders-on-conviction', 'Application for orders on conviction', 'MG13'),
  form('conditional-caution', 'Conditional caution', 'MG14'),
  form('interview-record', 'Record of interview', 'MG15', 'ROTI'),
  form('bad-character', 'Bad character evidence', 'MG16'),
  form('proceeds-of-crime-review', 'Proceeds of crime review', 'MG17'),
  form('offences-taken-into-consideration', 'Offences taken into consideration', 'MG18', 'TIC'),
  form('compensation', 'Compensation claim', 'MG19'),
  form('additional-evidence-report', 'Additional evidence covering report', 'MG20'),
  forensic('forensic-submission', 'Forensic submission', 'MG21', 'MG21A'),
  forensic('forensic-report', 'Forensic report or certificate of analysis', 'MG22', 'SFR1', 'SFR2'),
  of('medical-evidence')('medical-evidence', 'Medical evidence'),
  form('special-measures-assessment', 'Special measures assessment', 'MG2'),
  form('risk-checklist', 'Domestic abuse, hate crime or sexual offence checklist', 'DASH', 'DARA'),
  record('previous-convictions', 'Previous convictions', 'PNC print', 'PND print'),
  record('witness-previous-convictions', 'Previous convictions of victims and witnesses'),
  record('driver-record', 'Driver record', 'DVLA record', 'DVLA print'),
  record(
    'database-enquiry-prints',
    'Prints of enquiries of insurers, DVLA and DVSA',
    'MIB print',
    'MOT print',
  ),
  record('driver-identity-reply', 'Signed reply that says who was driving', 's.172 reply'),
  record('section-11-certificate', 'Constable’s certificate of the driver or owner', 's.11 certificate'),
  form('station-procedure', 'Drink or drug drive station procedure', 'MGDD/A', 'MGDD/B', 'MGDD/C', 'MGDD'),
  forensic('blood-sample-record', 'Record of the blood sample and its division'),
  record('device-certificate', 'Device certificate, calibration and the checks before and after'),
  record('collision-report', 'Collision report'),
  record('sketch-plan', 'Sketch plan of the scene'),
  forensic('forensic-collision-report', 'Forensic collision investigator’s report', 'FCIU report'),
  forensic('vehicle-examination', 'Vehicle examination'),
  statement('driver-accounts', 'Accounts of the drivers'),
  form('certificate-of-service', 'Certificate of service'),
  form('officer-contact-details', 'Contact details of the officer in the case'),
];
