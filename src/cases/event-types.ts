import { z } from 'zod';
import { civilDateField, serviceMethodField } from '../deadlines/facts.ts';
import { finalisedFields } from '../finalisation/items.ts';
import { propertyDatedFields } from '../finalisation/property.ts';
import { materialTypeField } from '../materials/material-types.ts';
import { offenceFields } from './offence-fields.ts';
import type { OwnType } from './own-event-types.ts';

const shortText = z.string().trim().min(1).max(500);
const none = z.strictObject({}).default({});
const courtField = z.enum(['magistrates', 'crown', 'youth']);
const hearingTypeField = z.enum(['first-hearing', 'trial', 'ptph', 'sentence', 'other']);
/** "09:30": London civil time. */
export const timeField = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day written like 09:30')
  .meta({ example: '10:00' });

export const hearingFields = z.strictObject({
  on: civilDateField,
  at: timeField.optional(),
  court: courtField,
  courtName: z.string().trim().min(1).max(200),
  type: hearingTypeField,
});

/** What can be served in a case. Rules name these as what starts or meets them. */
export const documentField = z.enum([
  'initial-details',
  'section-9-statement',
  'section-9-objection',
  'single-justice-procedure-notice',
  'single-justice-procedure-response',
  'written-charge-and-requisition',
  'requisition-copy-to-parent',
  'automatic-online-conviction-acceptance',
  'automatic-online-conviction-withdrawal',
  'section-12-notice',
  'notice-of-intended-prosecution',
  'section-172-notice',
  'section-172-reply',
  'written-guilty-plea',
  'prosecution-evidence',
  'defence-statement',
  'defence-statement-response',
  'defence-response',
  'section-8-application',
  'section-8-response',
  'special-measures-application',
  'special-measures-response',
  'hearsay-notice',
  'hearsay-objection',
  'bad-character-notice',
  'bad-character-objection',
  'non-defendant-bad-character-application',
  'non-defendant-bad-character-objection',
  'section-41-application',
  'section-41-response',
  'expert-summary',
  'expert-summary-response',
  'expert-report',
  'witness-summons-application',
  'witness-summons-response',
  'live-link-application',
  'abuse-of-process-application',
  'abuse-of-process-response',
  'severance-application',
  'severance-response',
  'dismissal-application',
  'dismissal-response',
  'preparatory-hearing-application',
  'evidence-extension-application',
  'evidence-extension-response',
  'custody-limit-extension-notice',
  'custody-limit-appeal-notice',
  'bail-conditions-notice',
  'bail-appeal-notice',
  'bail-variation-notice',
  'bail-withdrawal-application',
  'defence-bail-application',
  'discontinuance-notice',
  'discontinuance-counter-notice',
  'drink-drive-certificate',
  'drink-drive-certificate-counter-notice',
  'section-11-certificate',
  'section-11-counter-notice',
  'previous-convictions-notice',
  'prosecution-appeal-notice',
  'appeal-notice',
  'appeal-respondent-notice',
  'appeal-renewal-application',
  'case-stated-application',
  'case-stated-representations',
  'statutory-declaration',
  'ptph-prosecution-material',
  'voluntary-bill',
  'bankers-books-order',
  'victims-right-to-review-request',
  'expenses-claim',
  'witness-bad-character-disclosure',
  'warrant-papers',
]);
export type DocumentName = z.infer<typeof documentField>;

/** What a court sets a day for. The stages are those of Better Case Management, from the form of the PTPH. */
export const directionField = z.enum(['upgrade-file', 'stage-1', 'stage-2', 'stage-3', 'stage-4']);
export type Direction = z.infer<typeof directionField>;

/** Every type of event that a person or a feed may record: its title in the timeline, and the schema of its `data`. */
export const recordableEvents = {
  remanded: { title: 'Remanded in custody', data: none },
  bailed: {
    title: 'Released on bail',
    data: z
      .strictObject({
        conditions: z.array(shortText).max(30).optional(),
        conditional: z.boolean().optional(),
        /** The prosecution made representations against bail. */
        opposed: z.boolean().optional(),
      })
      .default({}),
  },
  'bail-changed': {
    title: 'Bail conditions changed or cancelled',
    data: z.strictObject({ note: shortText.optional() }).default({}),
  },
  'bail-variation-requested': {
    title: 'Police ask for bail to be varied at a hearing',
    data: z.strictObject({ note: shortText.optional() }).default({}),
  },
  'hearing-listed': { title: 'Hearing listed', data: hearingFields },
  'trial-listed': { title: 'Trial listed', data: hearingFields.partial({ type: true }) },
  'hearing-moved': {
    title: 'Hearing moved',
    data: z.strictObject({
      on: civilDateField,
      at: timeField.optional(),
      court: courtField.optional(),
      courtName: z.string().trim().min(1).max(200).optional(),
      why: shortText.optional(),
    }),
  },
  'hearing-vacated': {
    title: 'Hearing vacated',
    data: z.strictObject({ why: shortText.optional() }).default({}),
  },
  'plea-entered': {
    title: 'Plea entered',
    data: z.strictObject({ plea: z.enum(['guilty', 'not-guilty']) }),
  },
  'summary-trial-chosen': { title: 'Summary trial chosen at allocation', data: none },
  'sent-to-crown-court': { title: 'Sent to the Crown Court', data: none },
  'remitted-to-magistrates': { title: 'Remitted to the magistrates’ court', data: none },
  'statement-taken': { title: 'Complainant’s statement or interview taken', data: none },
  'evidence-sufficient': {
    title: 'Evidence sufficient to prosecute came to the prosecutor’s knowledge',
    data: none,
  },
  'initial-disclosure-served': { title: 'Initial disclosure served', data: none },
  'document-served': {
    title: 'Document served',
    data: z.strictObject({
      document: documentField,
      method: serviceMethodField.optional(),
      note: shortText.optional(),
    }),
  },
  'action-plan-received': {
    title: 'Action plan received from the CPS',
    data: z.strictObject({
      items: z
        .array(z.strictObject({ material: materialTypeField, why: shortText, dueOn: civilDateField }))
        .min(1)
        .max(50),
    }),
  },
  'action-plan-answered': { title: 'Action plan answered', data: none },
  'charging-decision-requested': {
    title: 'Charging decision asked of the CPS',
    data: z.strictObject({ category: z.enum(['red', 'green-priority', 'green']) }),
  },
  'charge-authorised': { title: 'Charge authorised by the CPS', data: none },
  charged: { title: 'Charged', data: none },
  'charge-added': { title: 'Charge added', data: offenceFields },
  'assessment-failed': {
    title: 'Director’s Guidance Assessment failed',
    data: z.strictObject({ reasons: z.array(shortText).max(30).optional() }).default({}),
  },
  'file-submitted': { title: 'Prosecution file sent to the CPS', data: none },
  'court-directions-given': {
    title: 'Directions given by the court',
    data: z.strictObject({
      directions: z
        .array(z.strictObject({ what: directionField, by: civilDateField }))
        .min(1)
        .max(20),
    }),
  },
  'special-measures-decided': {
    title: 'Special measures decided',
    data: z.strictObject({ granted: z.boolean().optional(), note: shortText.optional() }).default({}),
  },
  'preparatory-hearing-proposed': { title: 'Preparatory hearing proposed', data: none },
  'prosecution-appeal-announced': {
    title: 'Judge told that the prosecution will appeal against a ruling',
    data: z.strictObject({ expedited: z.boolean().optional() }).default({}),
  },
  'interviewed-under-caution': { title: 'Interviewed under caution', data: none },
  'released-without-charge': {
    title: 'Released without charge',
    data: z
      .strictObject({ on: z.enum(['bail', 'investigation', 'no-further-action']).optional() })
      .default({}),
  },
  'support-referral-made': { title: 'Victim referred to a support service', data: none },
  'property-no-longer-needed': { title: 'Property no longer needed as evidence', data: none },
  'bail-appeal-notice-given': { title: 'Oral notice of appeal against bail given', data: none },
  'trial-started': { title: 'Trial started', data: none },
  convicted: { title: 'Convicted', data: none },
  acquitted: { title: 'Acquitted', data: none },
  sentenced: {
    title: 'Sentenced',
    data: z.strictObject({ sentence: shortText.optional(), custodial: z.boolean().optional() }).default({}),
  },
  discontinued: {
    title: 'Discontinued or withdrawn',
    data: z.strictObject({ why: shortText.optional() }).default({}),
  },
  'decision-not-to-prosecute': { title: 'Decision not to prosecute', data: none },
  'charge-altered': { title: 'Charge dropped or substantially altered by the CPS', data: none },
  'witness-not-required': { title: 'Witness not required after all', data: none },
  'witness-required': { title: 'Witness required to give evidence', data: none },
  'custody-limit-extended': {
    title: 'Custody time limit extended',
    data: z.strictObject({ until: civilDateField }),
  },
  'custody-limit-extension-refused': {
    title: 'Extension of the custody time limit refused',
    data: z.strictObject({ expiresOn: civilDateField }),
  },
  'sentence-deferred': { title: 'Sentence deferred', data: none },
  arrested: { title: 'Arrested, or reported for summons', data: none },
  'learned-of-proceedings': { title: 'Defendant learned of the proceedings', data: none },
  'pnc-arrest-recorded': { title: 'Arrest or summons recorded on the Police National Computer', data: none },
  'pnc-disposal-recorded': { title: 'Result recorded on the Police National Computer', data: none },
  'appeal-lodged': {
    title: 'Appeal lodged',
    data: z.strictObject({ against: z.enum(['conviction', 'sentence', 'both']).optional() }).default({}),
  },
  'appeal-decided': {
    title: 'Appeal decided',
    data: z
      .strictObject({ outcome: z.enum(['allowed', 'dismissed', 'varied', 'abandoned']).optional() })
      .default({}),
  },
  'warrant-issued': {
    title: 'Warrant issued',
    data: z.strictObject({ outOfHours: z.boolean().optional() }).default({}),
  },
  'defendant-died': { title: 'Defendant died', data: none },
  'officer-changed': {
    title: 'Officer in the case changed',
    data: z.strictObject({ officer: z.string().min(1).max(20) }),
  },
  reopened: { title: 'Case reopened', data: z.strictObject({ why: shortText }) },
  'property-dated': { title: 'Exhibits and property dated', data: propertyDatedFields },
  finalised: { title: 'Case finalised', data: finalisedFields },
  correction: {
    title: 'Correction',
    data: z
      .strictObject({
        why: shortText.optional(),
        committedOn: civilDateField.optional(),
        chargedOn: civilDateField.optional(),
        domesticAbuse: z.boolean().optional(),
        dateOfBirth: civilDateField.optional(),
      })
      .default({}),
  },
} as const;

export type RecordableType = keyof typeof recordableEvents;
export const recordableTypes = Object.keys(recordableEvents) as RecordableType[];

export { ownEvents, type OwnType } from './own-event-types.ts';
export type EventType = RecordableType | OwnType;
