import type { Authority } from '../deadlines/rule.ts';

export const askers = ['officer', 'victim', 'witness', 'defendant', 'agency'] as const;
export type Asker = (typeof askers)[number];
export const matters = ['question', 'complaint'] as const;
export type Matter = (typeof matters)[number];

/** In how many working days after it was asked a question is answered, unless another day is given. */
export type AnswerPeriod = {
  asker: Asker;
  about: Matter;
  workingDays: number;
  /** For somebody with enhanced rights under the Victims' Code. */
  enhancedDays?: number;
  authority: Authority;
};

const forceDefault = (provision: string): Authority => ({
  instrument: 'Default of the hub',
  provision,
  grade: 'P',
});
const likeNews = forceDefault(
  'no period is published for answering a question: taken from the one in which news is owed, Victims’ Code (2021), Right 6',
);
const noPeriod = forceDefault('no period is published: to be set by the force');
/** The figure was read for the Code of 2013 alone, in the Ministry of Justice's written answer to Parliament about it. */
const rightToComplain: Authority = {
  instrument: 'Code of Practice for Victims of Crime (2021)',
  provision: 'Right 12: an answer or an acknowledgement in 10 working days (figure of the Code of 2013)',
  grade: 'C',
};

/** By who asks, and whether they ask or complain. */
export const answerPeriods: readonly AnswerPeriod[] = [
  { asker: 'officer', about: 'question', workingDays: 2, authority: noPeriod },
  { asker: 'officer', about: 'complaint', workingDays: 10, authority: noPeriod },
  { asker: 'victim', about: 'question', workingDays: 5, enhancedDays: 1, authority: likeNews },
  { asker: 'victim', about: 'complaint', workingDays: 10, authority: rightToComplain },
  { asker: 'witness', about: 'question', workingDays: 5, enhancedDays: 1, authority: likeNews },
  { asker: 'witness', about: 'complaint', workingDays: 10, authority: noPeriod },
  { asker: 'defendant', about: 'question', workingDays: 5, authority: noPeriod },
  { asker: 'defendant', about: 'complaint', workingDays: 10, authority: noPeriod },
  { asker: 'agency', about: 'question', workingDays: 5, authority: noPeriod },
  { asker: 'agency', about: 'complaint', workingDays: 10, authority: noPeriod },
];

/** The period for one who asks. Throws where the list has none: a bug. */
export function answerPeriod(asker: Asker, about: Matter): AnswerPeriod {
  const period = answerPeriods.find((one) => one.asker === asker && one.about === about);
  if (period === undefined) throw new Error(`no period in which a ${about} of a ${asker} is answered`);
  return period;
}
