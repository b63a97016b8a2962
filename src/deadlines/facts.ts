import { z } from 'zod';
import { isCivilDate } from '../calendar/civil-date.ts';
import { parseInstant } from '../calendar/london-time.ts';

/** A civil date that exists: 31 February does not. */
export const civilDateField = z
  .string()
  .refine(isCivilDate, { message: 'must be a date that exists, written like 2026-03-06' })
  .meta({ format: 'date', example: '2026-03-06' });

/** An instant; one written without an offset is London time. Becomes UTC with milliseconds. */
export const instantField = z
  .string()
  .max(40)
  .transform((text, context) => {
    const parsed = parseInstant(text);
    if (parsed.kind === 'invalid') {
      context.addIssue({ code: 'custom', message: parsed.problem });
      return z.NEVER;
    }
    return parsed.instant;
  })
  .meta({ format: 'date-time', example: '2026-03-06T09:30:00+00:00' });

export const serviceMethodField = z.enum([
  'handed-over',
  'left-at-address',
  'first-class-post',
  'document-exchange',
  'email',
  'computer-post',
]);

const dateOrInstantField = z.union([civilDateField, instantField]).meta({ example: '2026-06-11' });

const custodyField = z
  .array(z.strictObject({ from: civilDateField, to: civilDateField.optional() }))
  .min(1)
  .max(50)
  .superRefine((periods, context) => {
    periods.forEach((period, i) => {
      if (period.to !== undefined && period.to < period.from)
        context.addIssue({ code: 'custom', path: [i, 'to'], message: 'released before remanded' });
      const previous = periods[i - 1];
      if (previous && (previous.to === undefined || period.from < previous.to))
        context.addIssue({
          code: 'custom',
          path: [i, 'from'],
          message: 'begins before the period before it has ended',
        });
    });
  });

/** Every fact that a rule's count may need, with the schema that checks it. */
export const factSchemas = {
  custody: custodyField,
  sentToCrownCourtOn: civilDateField,
  offenceCommittedOn: civilDateField,
  statementOn: civilDateField,
  evidenceSufficientOn: civilDateField,
  chargedOn: civilDateField,
  notGuiltyPleaOn: civilDateField,
  initialDisclosureOn: civilDateField,
  servedOn: civilDateField,
  service: z.strictObject({
    method: serviceMethodField,
    at: dateOrInstantField,
    respondedOn: civilDateField.optional(),
  }),
  method: serviceMethodField,
  at: dateOrInstantField,
  hearingOn: civilDateField,
  decisionOn: civilDateField,
  sentencedOn: civilDateField,
  convictedOn: civilDateField,
  concludedOn: civilDateField,
  learnedOn: civilDateField,
  requestedOn: civilDateField,
  expiresOn: civilDateField,
  remittedOn: civilDateField,
  extendedUntil: civilDateField,
  extendedOn: civilDateField,
  dueOn: civilDateField,
  previousStageOn: civilDateField,
  receivedAt: instantField,
  arrestedAt: instantField,
  issuedAt: instantField,
  submittedAt: instantField,
  oralNoticeAt: instantField,
  enhancedRights: z.boolean(),
  furtherRemand: z.boolean(),
  expedited: z.boolean(),
  court: z.enum(['magistrates', 'crown']),
} as const;

export type FactName = keyof typeof factSchemas;
export type Facts = { [Name in FactName]?: z.output<(typeof factSchemas)[Name]> };

/** What each fact means, for the list of rules and the calculator's form. */
export const factTitles: Record<FactName, string> = {
  custody: 'Each period of remand in custody: first day, and day of bail where it has ended',
  sentToCrownCourtOn: 'Day the case was sent to the Crown Court',
  offenceCommittedOn: 'Day of the offence',
  statementOn: 'Day of the complainant’s first statement or video interview',
  evidenceSufficientOn:
    'Day on which evidence sufficient to warrant proceedings came to the prosecutor’s knowledge',
  chargedOn: 'Day of charge',
  notGuiltyPleaOn: 'Day of the not guilty plea',
  initialDisclosureOn: 'Day of initial disclosure, or of the notice that there is none',
  servedOn: 'Day on which the document was served',
  service: 'How and when the document was sent, from which the day of service follows',
  method: 'How the document was sent',
  at: 'When the document was sent, handed over, left, produced or posted',
  hearingOn: 'Day of the hearing',
  decisionOn: 'Day of the decision',
  sentencedOn: 'Day of sentence',
  convictedOn: 'Day of conviction',
  concludedOn: 'Day on which the proceedings concluded',
  learnedOn: 'Day on which the person learned of it',
  requestedOn: 'Day of the request',
  expiresOn: 'Day on which the limit expires',
  remittedOn: 'Day on which the Crown Court sent the case back to the magistrates’ court',
  extendedUntil: 'Day to which the court extended the limit',
  extendedOn: 'Day on which the court first extended the limit',
  dueOn: 'Day that the court or the CPS set',
  previousStageOn: 'Day of the stage before',
  receivedAt: 'When the information was received',
  arrestedAt: 'When the person was arrested, reported or summonsed',
  issuedAt: 'When it was issued',
  submittedAt: 'When it was submitted',
  oralNoticeAt: 'When oral notice was given',
  enhancedRights: 'Whether the person has enhanced rights under the Victims’ Code',
  expedited: 'Whether the judge decided that the appeal should be expedited',
  furtherRemand: 'Whether the person had been remanded in custody for the offence before',
  court: 'Which court: magistrates or crown',
};

/** The same facts as they stand in the middle of a sentence of an explanation. */
export const factLabels: Record<FactName, string> = {
  custody: 'custody',
  sentToCrownCourtOn: 'the day of sending',
  offenceCommittedOn: 'the day of the offence',
  statementOn: 'the day of the statement',
  evidenceSufficientOn: 'the day on which the evidence was sufficient',
  chargedOn: 'the day of charge',
  notGuiltyPleaOn: 'the day of the not guilty plea',
  initialDisclosureOn: 'the day of initial disclosure',
  servedOn: 'the day of service',
  service: 'service',
  method: 'the method of service',
  at: 'sending',
  hearingOn: 'the day of the hearing',
  decisionOn: 'the day of the decision',
  sentencedOn: 'the day of sentence',
  convictedOn: 'the day of conviction',
  concludedOn: 'the day the proceedings concluded',
  learnedOn: 'the day it became known',
  requestedOn: 'the day of the request',
  expiresOn: 'the day of expiry',
  remittedOn: 'the day of remittal',
  extendedUntil: 'the day to which the limit was extended',
  extendedOn: 'the day of the extension',
  dueOn: 'the day that was set',
  previousStageOn: 'the day of the stage before',
  receivedAt: 'the day of receipt',
  arrestedAt: 'arrest',
  issuedAt: 'issue',
  submittedAt: 'submission',
  oralNoticeAt: 'oral notice',
  enhancedRights: 'enhanced rights',
  furtherRemand: 'an earlier remand',
  expedited: 'expedition',
  court: 'the court',
};

/** A fact that the rule needs and the caller has checked to be there. Throws where it is not: a bug, not bad input. */
export function required<Name extends FactName>(facts: Facts, name: Name): NonNullable<Facts[Name]> {
  const value = facts[name];
  if (value === undefined) throw new Error(`the fact ${name} is missing`);
  return value;
}
