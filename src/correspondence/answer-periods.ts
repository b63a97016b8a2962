export const correspondents = [
  'cps',
  'court',
  'defence',
  'probation',
  'prison',
  'youth-justice',
  'laboratory',
  'other-police',
  'other',
] as const;
export type Correspondent = (typeof correspondents)[number];

export const correspondentTitles: Record<Correspondent, string> = {
  cps: 'the CPS',
  court: 'the court',
  defence: 'the defence',
  probation: 'the Probation Service',
  prison: 'the prison',
  'youth-justice': 'the youth justice team',
  laboratory: 'the laboratory',
  'other-police': 'another police force',
  other: 'another agency',
};

/**
 * In how many working days a letter or message that needs an answer is answered, by either side, unless a day is given.
 * No period is published for ordinary letters: defaults of the hub, grade P, to be set by the force. What the court or
 * the Criminal Procedure Rules fix is given as a day, or is a deadline of its own.
 */
export const answerWithinDays: Record<Correspondent, number> = {
  cps: 5,
  court: 3,
  defence: 5,
  probation: 5,
  prison: 5,
  'youth-justice': 5,
  laboratory: 10,
  'other-police': 10,
  other: 10,
};
