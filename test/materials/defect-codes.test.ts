import { expect, it } from 'vitest';
import { defectCodeField, defectCodes, explainDefect } from '../../src/materials/defect-codes.ts';
import { isListedMaterial } from '../../src/materials/material-types.ts';

it('there are the 23 reasons of the assessment and the 13 of triage, each once, each in plain words', () => {
  const groups = defectCodes.map(({ group }) => group);
  expect(groups.filter((group) => group !== 'Triage rejection')).toHaveLength(23);
  expect(groups.filter((group) => group === 'Triage rejection')).toHaveLength(13);
  expect(new Set(defectCodes.map(({ code }) => code)).size).toBe(defectCodes.length);
  for (const { code, wrong, needed, usually } of defectCodes) {
    expect(explainDefect(code)).toBe(`it was rejected: ${wrong}; ${needed}`);
    expect(`${wrong}${needed}`).not.toMatch(/MG\d|BWV|CCTV|OIC|VPS|[.;]/);
    expect(usually.filter((material) => !isListedMaterial(material))).toEqual([]);
  }
});

it.each([
  ['triage-no-mg3', 'triage-no-mg3'],
  ['No MG3', 'triage-no-mg3'],
  ['Evidential failure - Statement(s)', 'evidential-statement-s'],
  ["Missing Suspect's previous convictions", 'triage-missing-suspects-previous-convictions'],
])('“%s” is a reason', (name, code) => {
  expect(defectCodeField.parse(name)).toBe(code);
});

it('a reason that nobody knows is refused', () => {
  expect(defectCodeField.safeParse('the dog ate it').success).toBe(false);
});
