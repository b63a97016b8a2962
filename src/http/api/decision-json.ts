import { z } from 'zod';
import type { Answerable } from '../../cases/read-answerable.ts';
import { decisionSubjects, reviewOutcomes, type Decision } from '../../decisions/decisions-of.ts';
import {
  decisionHeadingNames,
  decisionHeadings,
  nationalDecisionModel,
  type DecisionHeading,
} from '../../decisions/national-decision-model.ts';

export const decisionStates = ['stands', 'replaced', 'taken-back'] as const;

/** A decision as the API shows it. */
export const decisionSchema = z
  .strictObject({
    id: z.uuid(),
    caseUrn: z.string(),
    about: z.enum(decisionSubjects),
    decision: z.string(),
    rationale: z
      .array(
        z.strictObject({
          heading: z.enum(decisionHeadingNames as [DecisionHeading, ...DecisionHeading[]]),
          title: z.string(),
          words: z.string(),
        }),
      )
      .meta({ description: 'Why, under the headings of the National Decision Model' }),
    authority: z.strictObject({ instrument: z.string(), provision: z.string() }),
    at: z.string().meta({ description: 'When it was taken' }),
    decidedBy: z.string().nullable().meta({ description: 'Where it is not whoever recorded it' }),
    reviews: z.uuid().nullable().meta({ description: 'The earlier decision that this one reviews' }),
    outcome: z.enum(reviewOutcomes).nullable(),
    reviewOn: z.string().nullable(),
    reviewedBy: z.array(z.uuid()),
    state: z.enum(decisionStates),
    recordedBy: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: 'Decision' });

export function decisionJson(
  { entry, isTakenBack, said }: Answerable<Decision>,
  caseUrn: string,
): z.input<typeof decisionSchema> {
  const { id, about, at, reviews, outcome, reviewOn } = entry;
  return {
    ...{ id, caseUrn, about, at, reviews, outcome, reviewOn },
    decision: said?.words ?? '',
    rationale: decisionHeadingNames.map((heading) => ({
      heading,
      title: decisionHeadings[heading].title,
      words: said?.parts?.[heading] ?? '',
    })),
    authority: nationalDecisionModel,
    decidedBy: said?.who ?? null,
    reviewedBy: entry.reviewedBy.map(({ eventId }) => eventId),
    state: isTakenBack ? 'taken-back' : entry.closedBy === null ? 'stands' : 'replaced',
    recordedBy: said?.recordedBy ?? '',
    recordedAt: said?.recordedAt ?? '',
  };
}
