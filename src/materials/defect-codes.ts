import { z } from 'zod';

export type DefectCode = { code: string; group: string; title: string };

/**
 * Why a file or a material is rejected: the reasons of the Director's Guidance Assessment and of the CPS's triage, as
 * CPS systems word them.
 */
export const defectCodes: readonly DefectCode[] = [
  {
    code: 'breach-charged-by-police-in-breach-of-the-directors-guidance',
    group: 'Breach failure',
    title: 'Charged by Police in breach of the Director’s Guidance',
  },
  {
    code: 'disclosure-disclosable-unused-material-not-provided',
    group: 'Disclosure failure',
    title: 'Disclosable unused material not provided',
  },
  {
    code: 'disclosure-information-about-reasonable-lines-of-inquiry-insufficient',
    group: 'Disclosure failure',
    title: 'Information about reasonable lines of inquiry insufficient',
  },
  {
    code: 'disclosure-information-about-reasonable-lines-of-inquiry-not-provided',
    group: 'Disclosure failure',
    title: 'Information about reasonable lines of inquiry not provided',
  },
  {
    code: 'disclosure-rebuttable-presumption-material-not-provided',
    group: 'Disclosure failure',
    title: 'Rebuttable presumption material not provided',
  },
  {
    code: 'disclosure-schedules-of-unused-material-not-completed-correctly',
    group: 'Disclosure failure',
    title: 'Schedules of unused material not completed correctly',
  },
  {
    code: 'disclosure-schedules-of-unused-material-not-provided',
    group: 'Disclosure failure',
    title: 'Schedules of unused material not provided',
  },
  { code: 'evidential-exhibit', group: 'Evidential failure', title: 'Exhibit' },
  { code: 'evidential-forensic', group: 'Evidential failure', title: 'Forensic' },
  { code: 'evidential-medical-evidence', group: 'Evidential failure', title: 'Medical evidence' },
  {
    code: 'evidential-multi-media-bwv-not-clipped',
    group: 'Evidential failure',
    title: 'Multi-media BWV not clipped',
  },
  {
    code: 'evidential-multi-media-bwv-not-in-playable-format',
    group: 'Evidential failure',
    title: 'Multi-media BWV not in playable format',
  },
  {
    code: 'evidential-multi-media-bwv-not-provided',
    group: 'Evidential failure',
    title: 'Multi-media BWV not provided',
  },
  {
    code: 'evidential-multi-media-cctv-not-clipped',
    group: 'Evidential failure',
    title: 'Multi-media CCTV not clipped',
  },
  {
    code: 'evidential-multi-media-cctv-not-in-playable-format',
    group: 'Evidential failure',
    title: 'Multi-media CCTV not in playable format',
  },
  {
    code: 'evidential-multi-media-cctv-not-provided',
    group: 'Evidential failure',
    title: 'Multi-media CCTV not provided',
  },
  {
    code: 'evidential-multi-media-other-not-clipped',
    group: 'Evidential failure',
    title: 'Multi-media Other not clipped',
  },
  {
    code: 'evidential-multi-media-other-not-in-playable-format',
    group: 'Evidential failure',
    title: 'Multi-media Other not in playable format',
  },
  {
    code: 'evidential-relevant-orders-applications-details-not-provided',
    group: 'Evidential failure',
    title: 'Relevant orders/applications, details not provided',
  },
  { code: 'evidential-statement-s', group: 'Evidential failure', title: 'Statement(s)' },
  {
    code: 'victim-and-witness-needs-of-the-victim-witness-special-measures-have-not-been-co',
    group: 'Victim and witness failure',
    title: 'Needs of the victim/witness special measures have not been considered or are inadequate',
  },
  {
    code: 'victim-and-witness-victim-and-witness-needs-not-special-measures-related',
    group: 'Victim and witness failure',
    title: 'Victim and witness needs (not special measures related)',
  },
  {
    code: 'victim-and-witness-vps-no-information-on-whether-vps-offered-not-provided',
    group: 'Victim and witness failure',
    title: 'VPS - no information on whether VPS offered/not provided',
  },
  {
    code: 'triage-case-material-not-correctly-received',
    group: 'Triage rejection',
    title: 'Case Material not correctly received',
  },
  {
    code: 'triage-no-missing-disclosure-schedule',
    group: 'Triage rejection',
    title: 'No/missing Disclosure Schedule',
  },
  { code: 'triage-no-mg3', group: 'Triage rejection', title: 'No MG3' },
  {
    code: 'triage-no-incomplete-supervisors-comments',
    group: 'Triage rejection',
    title: 'No/Incomplete Supervisors comments',
  },
  { code: 'triage-no-dv-checklist', group: 'Triage rejection', title: 'No DV Checklist' },
  { code: 'triage-no-missing-mg11s', group: 'Triage rejection', title: 'No/missing MG11s' },
  { code: 'triage-no-missing-exhibits', group: 'Triage rejection', title: 'No missing exhibits' },
  { code: 'triage-no-summary-of-interview', group: 'Triage rejection', title: 'No summary of interview' },
  {
    code: 'triage-missing-suspects-previous-convictions',
    group: 'Triage rejection',
    title: 'Missing Suspect’s previous convictions',
  },
  {
    code: 'triage-missing-victim-witness-previous-convictions',
    group: 'Triage rejection',
    title: 'Missing Victim/Witness previous convictions',
  },
  { code: 'triage-hard-media-not-provided', group: 'Triage rejection', title: 'Hard media not provided' },
  {
    code: 'triage-third-party-material-not-provided',
    group: 'Triage rejection',
    title: 'Third party material not provided',
  },
  {
    code: 'triage-incompatible-oic-contact-details',
    group: 'Triage rejection',
    title: 'Incompatible OIC contact details',
  },
];

const byName = new Map<string, string>();
for (const defect of defectCodes) {
  byName.set(defect.code, defect.code);
  byName.set(fold(defect.title), defect.code);
  byName.set(fold(`${defect.group} - ${defect.title}`), defect.code);
}
const titles = new Map(defectCodes.map((defect) => [defect.code, defect.title]));

/** The words of a code; a code that is not in the list says itself. */
export function sayDefect(code: string): string {
  return titles.get(code) ?? code;
}

/** A defect code, or the reason in the words of the list; becomes the code. */
export const defectCodeField = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .transform((text, context) => {
    const code = byName.get(text) ?? byName.get(fold(text));
    if (code === undefined) {
      context.addIssue({ code: 'custom', message: 'is not a defect code or reason that is known here' });
      return z.NEVER;
    }
    return code;
  })
  .meta({ example: 'triage-no-mg3' });

function fold(text: string): string {
  return text.toLowerCase().replaceAll('\u2019', "'").replace(/\s+/g, ' ').trim();
}
