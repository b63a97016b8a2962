/** Where the headings come from: the model as the College of Policing publishes it. */
export const nationalDecisionModel = {
  instrument: 'College of Policing, Authorised Professional Practice',
  provision: 'National decision model',
} as const;

/**
 * The headings under which a decision is explained, in the order of the model; the Code of Ethics is at its centre and
 * is asked of each of the others. `asks` is what is to be considered, in the hub's words.
 */
export const decisionHeadings = {
  information: {
    title: 'Gather information and intelligence',
    asks: 'What is known, from where, how reliable it is, and what else is wanted',
  },
  threatAndRisk: {
    title: 'Assess threat and risk and develop a working strategy',
    asks: 'Who may be harmed, how likely and how badly, what happens if nothing is done, and what is to be achieved',
  },
  powersAndPolicy: {
    title: 'Consider powers and policy',
    asks: 'What law, guidance and policy allow and require, and any reason to depart from policy',
  },
  options: {
    title: 'Identify options and contingencies',
    asks: 'What could be done, what speaks for and against each, and what if it does not work',
  },
  action: {
    title: 'Take action and review what happened',
    asks: 'What is done, by whom and when, who is told, and how it will be seen whether it was right',
  },
  ethics: {
    title: 'Code of Ethics',
    asks: 'How it accords with the ethical policing principles, and how it would look to those whom it concerns',
  },
} as const;

export type DecisionHeading = keyof typeof decisionHeadings;
export const decisionHeadingNames = Object.keys(decisionHeadings) as DecisionHeading[];
