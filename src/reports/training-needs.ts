import { sayDefect } from '../materials/defect-codes.ts';
import type { StationDefect } from './store.ts';
import { rounded } from './quality-figures.ts';
import { trainingTopic } from './training-topics.ts';

/** A reason that stands in the files of a station more often than chance and the force explain. */
export type TrainingNeed = {
  station: string;
  code: string;
  title: string;
  files: number;
  of: number;
  rate: number;
  forceRate: number;
  /** The least that the station's own rate is likely to be. */
  atLeast: number;
  topic: string | null;
  sentence: string;
};

/** Counts that are too small to mean something. A default of the hub, grade P. */
const leastFiles = 20;
const leastDefects = 5;
/** The standard normal quantile of a two-sided interval of 95 %. */
const z = 1.96;

/** The rule, in words. */
export const trainingRule = `A reason in at least ${leastDefects} files of at least ${leastFiles} at the station, where the lower bound of the 95 % Wilson interval of the station’s rate is above the rate of all files counted. With many reasons and stations some will stand out by chance: a place to look, not a finding`;

/** The reasons that stand out at a station, the furthest above the force first. Pure. */
export function trainingNeeds(rows: readonly StationDefect[]): TrainingNeed[] {
  return rows
    .filter(({ files, of }) => files >= leastDefects && of >= leastFiles)
    .map((row) => ({ row, forceRate: row.forceFiles / row.forceOf, atLeast: wilsonLower(row.files, row.of) }))
    .filter(({ atLeast, forceRate }) => atLeast > forceRate)
    .map(({ row: { station, code, files, of }, forceRate, atLeast }) => ({
      station,
      code,
      title: sayDefect(code),
      files,
      of,
      rate: rounded(files / of, 3),
      forceRate: rounded(forceRate, 3),
      atLeast: rounded(atLeast, 3),
      topic: trainingTopic(code),
      sentence: `${station}: ${sayDefect(code)} in ${files} of ${of} files (${percent(files / of)}; all files ${percent(forceRate)})`,
    }))
    .sort(
      (one, other) =>
        other.rate - other.forceRate - (one.rate - one.forceRate) ||
        (one.station + one.code < other.station + other.code ? -1 : 1),
    );
}

/**
 * The lower bound of the Wilson score interval of a share: E. B. Wilson, Journal of the American Statistical
 * Association 22 (1927), 209-212. It stays honest for small counts, where the plain rate does not.
 */
export function wilsonLower(hits: number, of: number): number {
  if (of === 0) return 0;
  const share = hits / of;
  const centre = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * of)) / of);
  return Math.max(0, (centre - spread) / (1 + (z * z) / of));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
