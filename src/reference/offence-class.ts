import type { OffenceClass } from './types.ts';

/**
 * The categories of the criminal justice system's offence list that say where an offence can be tried, by the
 * descriptions in `offence-category.json` of the Ministry of Justice's bichard7-next-data: CS "Summary Non-motoring",
 * CM "Summary Motoring", CE "Either Way", CI "Indictable". The others (breaches, civil applications, licensing, fines,
 * local codes that police systems ignore) are not classes of offence.
 */
export const classOfCategory: Readonly<Partial<Record<string, OffenceClass>>> = {
  CS: 'summary-only',
  CM: 'summary-only',
  CE: 'either-way',
  CI: 'indictable-only',
};

/** The class that follows from an offence's category; null where none does, and the case itself has to say. */
export function offenceClass(category: string): OffenceClass | null {
  return Object.hasOwn(classOfCategory, category) ? (classOfCategory[category] ?? null) : null;
}

/**
 * The class that follows from an offence as the standing data has it. Either-way is often only a placeholder there: for
 * local codes, which begin with digits, and for titles in capitals, which come from lists that nobody keeps up ("RAPE",
 * which is indictable only). Of those the class does not follow, and the case itself has to say it.
 */
export function classOfOffence(offence: {
  code: string;
  title: string | null;
  category: string;
}): OffenceClass | null {
  const found = offenceClass(offence.category);
  if (found !== 'either-way') return found;
  const isPlaceholder =
    /^\d/.test(offence.code) || offence.title === null || offence.title === offence.title.toUpperCase();
  return isPlaceholder ? null : found;
}
