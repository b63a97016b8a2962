import type { CivilDate } from '../../calendar/civil-date.ts';
import type { Need } from './needs.ts';

export const standardIds = [
  'guilty-plea',
  'not-guilty',
  'upgrade',
  'traffic',
  'single-justice-procedure',
  'custody',
  'domestic-abuse',
  'hate-crime-or-sexual-offence',
] as const;
export type StandardId = (typeof standardIds)[number];

/** One thing that a file holds: what, why, and in which cases the hub asks for it of its own accord. */
export type StandardItem = {
  material: string;
  /** Completes "it is needed because": read by the officer who is asked. */
  why: string;
  need: Need;
  /** In the least that a court must have at a first hearing: for everyone, or for a defendant who was on bail. */
  firstHearing?: 'everyone' | 'on-bail';
};

/**
 * What a file of one kind holds, after the National File Standard. A new version is a new object beside the old one,
 * never an edit: files that came in under the old one go by it still.
 */
export type FileStandard = {
  id: StandardId;
  version: number;
  title: string;
  /** What brings it into a case. */
  when: string;
  authority: { instrument: string; provision: string; grade: 'A' | 'B' | 'C' | 'P' };
  inForce: { from: CivilDate; to?: CivilDate };
  items: readonly StandardItem[];
};

/** The version of a standard in force on a day; for a day before them all the first one. Pure. */
export function standardOn(
  standards: readonly FileStandard[],
  id: StandardId,
  day: CivilDate,
): FileStandard | undefined {
  const versions = standards.filter((standard) => standard.id === id).sort((a, b) => a.version - b.version);
  return versions.findLast(({ inForce }) => inForce.from <= day) ?? versions[0];
}

/** The contents of files are general knowledge of the Guidance; a force checks them against annexes 4 and 5. */
export const nationalFileStandard = {
  instrument: 'Director’s Guidance on Charging, 6th edition (National File Standard)',
  provision: 'annexes 4 and 5',
  grade: 'C',
} as const;

/** The sixth edition came into force on 31 December 2020; no seventh was found. */
export const sinceSixthEdition = { from: '2020-12-31' };
export const underRulesOf2020 = { from: '2020-12-31', to: '2025-10-05' };
export const underRulesOf2025 = { from: '2025-10-06' };

/**
 * The two versions of a standard that cites the Criminal Procedure Rules: those of 2020 until 5 October 2025, those of
 * 2025 since. The numbers that are cited are the same in both.
 */
export function underBothRules(
  standard: (rules: 'CrimPR 2020' | 'CrimPR 2025') => Omit<FileStandard, 'version' | 'inForce'>,
): readonly FileStandard[] {
  return [
    { ...standard('CrimPR 2020'), version: 1, inForce: underRulesOf2020 },
    { ...standard('CrimPR 2025'), version: 2, inForce: underRulesOf2025 },
  ];
}
