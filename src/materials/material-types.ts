import { z } from 'zod';

export type MaterialType = {
  /** The key that is stored; the Digital Case File programme is expected to absorb form numbers. */
  type: string;
  title: string;
  /** MG form numbers by which police know it. */
  aliases: readonly string[];
};

/**
 * Materials of a prosecution file. Names of MG forms: College of Policing and Home Office lists as of 2025/26,
 * grade B: form numbers are aliases, never the key.
 */
export const materialTypes: readonly MaterialType[] = [
  {
    type: 'charges',
    title: 'Charge sheet, requisition or Single Justice Procedure notice',
    aliases: ['MG4', 'MG4D', 'MG4E'],
  },
  { type: 'case-summary', title: 'Police report with the interview account', aliases: ['MG5'] },
  {
    type: 'charging-report',
    title: 'Report to the prosecutor for a charging decision',
    aliases: ['MG3', 'MG3A'],
  },
  { type: 'case-information', title: 'Case file evidence and information', aliases: ['MG6'] },
  { type: 'non-sensitive-schedule', title: 'Schedule of non-sensitive unused material', aliases: ['MG6C'] },
  { type: 'sensitive-schedule', title: 'Schedule of sensitive material', aliases: ['MG6D'] },
  { type: 'disclosure-officer-report', title: 'Disclosure officer’s report', aliases: ['MG6E'] },
  { type: 'rebuttable-presumption-material', title: 'Rebuttable presumption material', aliases: [] },
  { type: 'disclosure-certificate', title: 'Streamlined or nil disclosure certificate', aliases: [] },
  { type: 'remand-application', title: 'Remand application', aliases: ['MG7'] },
  { type: 'breach-of-bail', title: 'Breach of bail', aliases: ['MG8'] },
  { type: 'witness-list', title: 'Witness list', aliases: ['MG9'] },
  { type: 'witness-availability', title: 'Witness non-availability', aliases: ['MG10'] },
  { type: 'witness-statements', title: 'Witness statements', aliases: ['MG11'] },
  {
    type: 'victim-personal-statement',
    title: 'Victim Personal Statement, or the record that it was refused',
    aliases: ['VPS'],
  },
  { type: 'exhibit-list', title: 'Exhibit list', aliases: ['MG12'] },
  { type: 'exhibits-and-media', title: 'Exhibits and media, clipped and playable', aliases: [] },
  { type: 'orders-on-conviction', title: 'Application for orders on conviction', aliases: ['MG13'] },
  { type: 'interview-record', title: 'Record of interview', aliases: ['MG15'] },
  { type: 'bad-character', title: 'Bad character evidence', aliases: ['MG16'] },
  { type: 'proceeds-of-crime-review', title: 'Proceeds of crime review', aliases: ['MG17'] },
  {
    type: 'offences-taken-into-consideration',
    title: 'Offences taken into consideration',
    aliases: ['MG18'],
  },
  { type: 'compensation', title: 'Compensation claim', aliases: ['MG19'] },
  { type: 'additional-evidence-report', title: 'Additional evidence covering report', aliases: ['MG20'] },
  { type: 'forensic-submission', title: 'Forensic submission', aliases: ['MG21', 'MG21A'] },
  { type: 'forensic-report', title: 'Forensic report', aliases: ['MG22', 'SFR1', 'SFR2'] },
  { type: 'special-measures-assessment', title: 'Special measures assessment', aliases: ['MG2'] },
  { type: 'previous-convictions', title: 'Previous convictions', aliases: ['PNC print'] },
  { type: 'driver-record', title: 'Driver record', aliases: ['DVLA record'] },
  {
    type: 'station-procedure',
    title: 'Drink or drug drive station procedure',
    aliases: ['MGDD/A', 'MGDD/B', 'MGDD/C'],
  },
  { type: 'device-certificate', title: 'Device certificate and calibration', aliases: [] },
  { type: 'collision-report', title: 'Collision report', aliases: [] },
  { type: 'risk-checklist', title: 'Domestic abuse, hate crime or sexual offence checklist', aliases: [] },
  { type: 'certificate-of-service', title: 'Certificate of service', aliases: [] },
];

const byName = new Map<string, string>();
for (const material of materialTypes) {
  byName.set(material.type, material.type);
  byName.set(material.title.toLowerCase(), material.type);
  for (const alias of material.aliases) byName.set(alias.toLowerCase(), material.type);
}
const byType = new Map(materialTypes.map((material) => [material.type, material]));

/** The stored key of a material named by its key, title or MG number; what is in no list keeps its own words. */
export function materialTypeOf(name: string): string {
  return byName.get(name.trim().toLowerCase()) ?? name.trim();
}

/** "Witness statements (MG11)": as a caseworker and an officer know it. */
export function sayMaterial(type: string): string {
  const material = byType.get(type);
  if (!material) return type;
  const alias = material.aliases[0];
  return alias ? `${material.title} (${alias})` : material.title;
}

/** A material by its key or MG number; anything else of up to 100 characters is kept in the writer's own words. */
export const materialTypeField = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .transform(materialTypeOf)
  .meta({ example: 'witness-statements' });
