import { sayDate } from '../calendar/civil-date.ts';
import { sayDefect } from '../materials/defect-codes.ts';
import { sayMaterial } from '../materials/material-types.ts';
import type { DefectRow } from './store.ts';
import { trainingTopic } from './training-topics.ts';

/** A reason, or a material, that comes back in an officer's files. */
export type Pattern = {
  kind: 'reason' | 'material';
  /** The defect code, or the key of the material. */
  of: string;
  files: number;
  outOf: number;
  sentence: string;
};

export type Training = { topic: string; codes: string[] };

/** When something is a pattern rather than an accident. A default of the hub, grade P. */
const many = 3;
const few = 2;
const fewOutOf = 4;

/** The same, in words. */
export const patternRule = `The same reason or material in at least ${many} files, or in ${few} of no more than ${fewOutOf}`;

/** "21AB1234526: Witness statements (MG11), file rejected on 3 June 2026: No/missing MG11s". */
export function sayDefectRow({ urn, material, isOfCheck, on, code }: DefectRow): string {
  const what = material === null ? '' : `${sayMaterial(material)}, `;
  return `${urn}: ${what}${isOfCheck ? 'file' : 'material'} rejected on ${sayDate(on)}: ${sayDefect(code)}`;
}

/**
 * What comes back in an officer's files, the most frequent first. Each file counts once however often it was rejected;
 * a material is a pattern of its own where its reasons differ from file to file. Pure.
 * @param files how many files there were in which it could have been wrong
 */
export function patternsOf(defects: readonly DefectRow[], files: number): Pattern[] {
  const reasons = countFiles(defects, ({ code }) => code);
  const materials = countFiles(defects, ({ material }) => material);
  const isPattern = (count: number) => count >= many || (count >= few && files <= fewOutOf);
  const said = (count: number) => `${count} of ${files} ${files === 1 ? 'file' : 'files'}`;
  const ofReasons = [...reasons].map(([code, { size }]): Pattern => {
    const sentence = `${said(size)} rejected for: ${sayDefect(code)}`;
    return { kind: 'reason', of: code, files: size, outOf: files, sentence };
  });
  const ofMaterials = [...materials].flatMap(([material, cases]): Pattern[] => {
    const theirs = new Set(defects.filter((one) => one.material === material).map(({ code }) => code));
    if ([...theirs].some((code) => (reasons.get(code)?.size ?? 0) >= cases.size)) return [];
    const sentence = `${said(cases.size)} rejected over: ${sayMaterial(material)}`;
    return [{ kind: 'material', of: material, files: cases.size, outOf: files, sentence }];
  });
  return [...ofReasons, ...ofMaterials]
    .filter((pattern) => isPattern(pattern.files))
    .sort((one, other) => other.files - one.files || (one.of < other.of ? -1 : 1));
}

/** What the reasons that come back suggest to learn, each topic once. Pure. */
export function trainingFor(patterns: readonly Pattern[], defects: readonly DefectRow[]): Training[] {
  const codes = patterns.flatMap(({ kind, of }) =>
    kind === 'reason' ? [of] : defects.filter(({ material }) => material === of).map(({ code }) => code),
  );
  const byTopic = new Map<string, Set<string>>();
  for (const code of codes) {
    const topic = trainingTopic(code);
    if (topic !== null) byTopic.set(topic, (byTopic.get(topic) ?? new Set()).add(code));
  }
  return [...byTopic].map(([topic, of]) => ({ topic, codes: [...of] }));
}

function countFiles(
  defects: readonly DefectRow[],
  keyOf: (defect: DefectRow) => string | null,
): Map<string, Set<string>> {
  const cases = new Map<string, Set<string>>();
  for (const defect of defects) {
    const key = keyOf(defect);
    if (key !== null) cases.set(key, (cases.get(key) ?? new Set()).add(defect.caseId));
  }
  return cases;
}
