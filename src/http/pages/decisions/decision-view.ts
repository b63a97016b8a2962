import type { z } from 'zod';
import { decisionSubjects } from '../../../decisions/decisions-of.ts';
import { decisionHeadingNames, decisionHeadings } from '../../../decisions/national-decision-model.ts';
import type { decisionSchema, decisionStates } from '../../api/decision-json.ts';
import { sayName, type Field } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type DecisionJson = z.output<typeof decisionSchema>;

const states: Record<(typeof decisionStates)[number], { text: string; classes: string }> = {
  stands: { text: 'Stands', classes: 'govuk-tag--green' },
  replaced: { text: 'Replaced', classes: 'govuk-tag--grey' },
  'taken-back': { text: 'Taken back', classes: 'govuk-tag--grey' },
};

/** A decision as it is shown, with its reasons. */
export type DecisionView = {
  id: string;
  heading: string;
  tag: { text: string; classes: string };
  decision: string;
  lines: string[];
  reasons: { key: string; value: string }[];
  reviewHref: string | null;
};

export function decisionView(one: DecisionJson): DecisionView {
  const who = one.decidedBy === null ? one.recordedBy : `${one.decidedBy}, recorded by ${one.recordedBy}`;
  return {
    id: one.id,
    heading: `${sayName(one.about)}, ${sayMoment(one.at)}`,
    tag: states[one.state],
    decision: one.decision,
    lines: [
      `Taken by ${who}`,
      ...(one.outcome === null
        ? []
        : [`It reviewed an earlier decision, which ${one.outcome === 'stands' ? 'stands' : 'it replaced'}`]),
      ...(one.reviewOn === null ? [] : [`To be looked at again on ${sayDayOf(one.reviewOn)}`]),
      ...(one.reviewedBy.length === 0 ? [] : ['It has been reviewed by a later decision']),
    ],
    reasons: one.rationale.map(({ title, words }) => ({ key: title, value: words })),
    reviewHref: one.state === 'stands' ? `/cases/${one.caseUrn}/decisions/${one.id}/review` : null,
  };
}

const about: Field = {
  kind: 'pick',
  path: 'about',
  label: 'What is it about?',
  choices: decisionSubjects.map((value) => ({ value, text: sayName(value) })),
};

const outcome: Field = {
  kind: 'choose',
  path: 'outcome',
  label: 'What does the review come to?',
  choices: [
    { value: 'stands', text: 'The earlier decision stands' },
    { value: 'replaced', text: 'This decision takes its place' },
  ],
};

/** The fields by which a decision is recorded, its reasons under the headings of the National Decision Model. */
export function decisionFields(isReview: boolean): Field[] {
  return [
    ...(isReview ? [outcome] : [about]),
    { kind: 'words', path: 'decision', label: 'What was decided?', hint: 'In a sentence or two' },
    ...decisionHeadingNames.map((heading): Field => {
      const { title, asks } = decisionHeadings[heading];
      return { kind: 'words', path: `rationale.${heading}`, label: title, hint: asks };
    }),
    {
      kind: 'moment',
      path: 'at',
      label: 'When was it taken?',
      hint: 'Now, unless you say. For example, 27 3 2026 at 14:30',
      isOptional: true,
    },
    {
      kind: 'text',
      path: 'decidedBy',
      label: 'Who took it?',
      hint: 'If it was not you: role and name or number',
      isOptional: true,
    },
    {
      kind: 'date',
      path: 'reviewOn',
      label: 'When is it to be looked at again?',
      hint: 'Makes a task of that day. For example, 27 7 2026',
      isOptional: true,
    },
  ];
}
