import { describe, expect, test } from 'vitest';
import { matchDefendants, matchOffences, type Match } from '../../src/court-results/match-to-case.ts';

const idOf = (match: Match | undefined): string => (match?.kind === 'match' ? match.id : 'nobody');

describe('a defendant of a message', () => {
  const who = (name: string, dateOfBirth: string, known: [string, string | null][]) =>
    idOf(
      matchDefendants(
        [{ ref: 'r', name, dateOfBirth, linkedTo: null }],
        known.map(([name, born], i) => ({ id: `d${i + 1}`, name, dateOfBirth: born })),
      ).get('r'),
    );

  test.each<[string, string, string, [string, string | null][], string]>([
    [
      'by name and date of birth',
      'ORSINO BLENKHURST',
      '1990-04-12',
      [['Orsino Blenkhurst', '1990-04-12']],
      'd1',
    ],
    [
      'whatever the accents, hyphens and apostrophes',
      'Zoé O’Blenk-Hurst',
      '1990-04-12',
      [['Zoe OBlenk Hurst', '1990-04-12']],
      'd1',
    ],
    [
      'with a middle name that one side leaves out',
      'Orsino Percival Blenkhurst',
      '1990-04-12',
      [['Mr Orsino Blenkhurst', '1990-04-12']],
      'd1',
    ],
    [
      'by name where nobody has the date of birth',
      'Orsino Blenkhurst',
      '',
      [['Orsino Blenkhurst', '1990-04-12']],
      'd1',
    ],
    [
      'but not with a middle name then',
      'Orsino Percival Blenkhurst',
      '',
      [['Orsino Blenkhurst', null]],
      'nobody',
    ],
    [
      'but not with another date of birth',
      'Orsino Blenkhurst',
      '1990-12-04',
      [['Orsino Blenkhurst', '1990-04-12']],
      'nobody',
    ],
    [
      'but not by the surname',
      'Osric Blenkhurst',
      '1990-04-12',
      [['Orsino Blenkhurst', '1990-04-12']],
      'nobody',
    ],
    [
      'the one of two brothers who was born that day',
      'O Blenkhurst',
      '1991-01-01',
      [
        ['O Blenkhurst', '1990-04-12'],
        ['O Blenkhurst', '1991-01-01'],
      ],
      'd2',
    ],
    [
      'but nobody of two who are alike',
      'O Blenkhurst',
      '',
      [
        ['O Blenkhurst', '1990-04-12'],
        ['O Blenkhurst', '1991-01-01'],
      ],
      'nobody',
    ],
  ])('is found %s', (_how, name, born, known, id) => {
    expect(who(name, born, known)).toBe(id);
  });

  test('is the one that a person said, whatever the name', () => {
    const spoken = [{ ref: 'r', name: 'Otto Nemo', dateOfBirth: '', linkedTo: 'd1' }];
    expect(idOf(matchDefendants(spoken, []).get('r'))).toBe('d1');
  });
});

describe('an offence of a message', () => {
  const charges = (...all: [string, string][]) =>
    all.map(([code, committedOn], i) => ({ id: `o${i + 1}`, code, committedOn }));
  const said = (...all: [string, string, string][]) =>
    all.map(([sequence, code, committedOn]) => ({ key: sequence, sequence, code, committedOn }));
  const found = (spoken: ReturnType<typeof said>, known: ReturnType<typeof charges>) =>
    [...matchOffences(spoken, known).values()].map(idOf);

  test.each<[string, [string, string, string][], [string, string][], string[]]>([
    [
      'by its place and code',
      [
        ['1', 'A', '2026-01-01'],
        ['2', 'A', '2026-01-01'],
      ],
      [
        ['A', '2026-01-01'],
        ['A', '2026-01-01'],
      ],
      ['o1', 'o2'],
    ],
    [
      'by its code and day, whatever its number',
      [['7', 'A', '2026-01-02']],
      [
        ['A', '2026-01-01'],
        ['A', '2026-01-02'],
      ],
      ['o2'],
    ],
    [
      'by its code alone, where both have it once',
      [
        ['4', 'A', '2026-05-05'],
        ['5', 'B', ''],
      ],
      [
        ['B', '2026-01-01'],
        ['A', '2026-01-01'],
      ],
      ['o2', 'o1'],
    ],
    [
      'but not where two could be meant',
      [['7', 'A', '']],
      [
        ['A', '2026-01-01'],
        ['A', '2026-01-02'],
      ],
      ['nobody'],
    ],
    ['but not for an attempt at it', [['1', 'AA', '2026-01-01']], [['A', '2026-01-01']], ['nobody']],
    [
      'once: a second of the same code was added in court',
      [
        ['1', 'A', '2026-01-01'],
        ['2', 'A', '2026-01-01'],
      ],
      [['A', '2026-01-01']],
      ['o1', 'nobody'],
    ],
  ])('is found %s', (_how, spoken, known, ids) => {
    expect(found(said(...spoken), charges(...known))).toEqual(ids);
  });
});
