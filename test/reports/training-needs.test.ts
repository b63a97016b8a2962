import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defectCodes } from '../../src/materials/defect-codes.ts';
import type { StationDefect } from '../../src/reports/store.ts';
import { trainingNeeds, wilsonLower } from '../../src/reports/training-needs.ts';
import { trainingTopic } from '../../src/reports/training-topics.ts';

const counts = fc.record({
  of: fc.integer({ min: 1, max: 500 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});
const row = (over: Partial<StationDefect>): StationDefect => ({
  station: 'Pennywick police station',
  code: 'triage-no-mg3',
  files: 10,
  of: 40,
  forceFiles: 20,
  forceOf: 400,
  ...over,
});

test('the least that a rate is likely to be is below it, above nothing, and grows with the count', () => {
  // Wilson (1927) for 10 of 20 at 95 %: 0.299 to 0.701.
  expect(wilsonLower(10, 20)).toBeCloseTo(0.2993, 3);
  fc.assert(
    fc.property(counts, ({ of, part }) => {
      const hits = Math.round(of * part);
      const least = wilsonLower(hits, of);
      expect(least).toBeGreaterThanOrEqual(0);
      expect(least).toBeLessThanOrEqual(hits / of + 1e-12);
      if (hits < of) expect(wilsonLower(hits + 1, of)).toBeGreaterThanOrEqual(least);
      expect(wilsonLower(hits * 2, of * 2)).toBeGreaterThanOrEqual(least - 1e-12);
    }),
  );
});

test('a station stands out by a rate above the force’s that is no accident, in counts that mean something', () => {
  expect(trainingNeeds([row({})])).toMatchObject([
    {
      rate: 0.25,
      forceRate: 0.05,
      sentence: 'Pennywick police station: No MG3 in 10 of 40 files (25 %; all files 5 %)',
    },
  ]);
  expect(trainingNeeds([row({ files: 4, of: 40 })])).toEqual([]);
  expect(trainingNeeds([row({ files: 19, of: 19 })])).toEqual([]);
  expect(trainingNeeds([row({ files: 5, of: 40, forceFiles: 40 })])).toEqual([]);
  fc.assert(
    fc.property(counts, ({ of, part }) => {
      const files = Math.round(of * part);
      expect(trainingNeeds([row({ files, of, forceFiles: files, forceOf: of })])).toEqual([]);
    }),
  );
});

test('the station that is furthest above the force comes first', () => {
  const needs = trainingNeeds([row({ station: 'A' }), row({ station: 'B', files: 30 })]);
  expect(needs.map(({ station }) => station)).toEqual(['B', 'A']);
});

test('every reason for which a file is rejected suggests something to learn', () => {
  expect(defectCodes.filter(({ code }) => trainingTopic(code) === null)).toEqual([]);
  expect(trainingTopic('a-reason-that-is-in-no-list')).toBeNull();
});
