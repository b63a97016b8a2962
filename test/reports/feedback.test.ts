import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternsOf, trainingFor } from '../../src/reports/feedback.ts';
import type { DefectRow } from '../../src/reports/store.ts';

const defect = (caseId: string, code: string, material: string | null = 'witness-statements'): DefectRow => ({
  caseId,
  urn: '21AB1234526',
  on: '2026-06-03',
  isOfCheck: true,
  code,
  material,
  note: null,
});
const [mg11, mg3, exhibit] = ['triage-no-missing-mg11s', 'triage-no-mg3', 'evidential-exhibit'];
const sentences = (defects: DefectRow[], files: number) =>
  patternsOf(defects, files).map(({ sentence }) => sentence);

test('a reason is a pattern in three files, or in two of few, each file counted once', () => {
  const twice = [defect('a', mg11), defect('a', mg11), defect('b', mg11)];
  expect(sentences(twice, 4)).toEqual(['2 of 4 files rejected for: No/missing MG11s']);
  expect(sentences(twice, 5)).toEqual([]);
  expect(sentences([...twice, defect('c', mg11)], 5)).toEqual([
    '3 of 5 files rejected for: No/missing MG11s',
  ]);
  expect(sentences([defect('a', mg11)], 1)).toEqual([]);
});

test('a material that comes back for different reasons is a pattern where no one reason says as much', () => {
  const mixed = [defect('a', mg11), defect('b', exhibit), defect('c', mg3)];
  expect(sentences(mixed, 6)).toEqual(['3 of 6 files rejected over: Witness statements (MG11)']);
  expect(
    trainingFor(patternsOf(mixed, 6), mixed)
      .flatMap(({ codes }) => codes)
      .sort(),
  ).toEqual([mg11, exhibit, mg3].sort());
  expect(sentences([...mixed, defect('d', mg11, null)], 6)).toEqual([
    '3 of 6 files rejected over: Witness statements (MG11)',
  ]);
});

test('no pattern names more files than there are, and each suggests its topic once', () => {
  const defects = fc.array(
    fc
      .tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        fc.constantFrom(mg11, mg3, exhibit),
        fc.constantFrom('x', 'y', null),
      )
      .map(([id, code, material]) => defect(id, code, material)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(defects, (rows) => {
      const files = new Set(rows.map(({ caseId }) => caseId)).size;
      const patterns = patternsOf(rows, files);
      for (const pattern of patterns) {
        expect(pattern.files).toBeGreaterThanOrEqual(2);
        expect(pattern.files).toBeLessThanOrEqual(files);
      }
      const topics = trainingFor(patterns, rows).map(({ topic }) => topic);
      expect(new Set(topics).size).toBe(topics.length);
    }),
  );
});
