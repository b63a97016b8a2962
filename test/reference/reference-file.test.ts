import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReferenceFile, writeReferenceFile } from '../../src/reference/reference-file.ts';

const file = {
  list: 'forces',
  source: 'somewhere: a place',
  version: '1.0.0',
  licence: 'MIT',
  columns: ['code', 'name'],
  rows: [
    ['01', 'A'],
    ['02', null],
  ],
} as const;

describe('a reference file', () => {
  it('reads back as it was written', () => {
    expect(readReferenceFile(writeReferenceFile(file))).toEqual(file);
  });

  it('says where its list is from, in lines that anyone can read', () => {
    expect(writeReferenceFile(file).split('\n').slice(0, 5)).toEqual([
      '# list: forces',
      '# source: somewhere: a place',
      '# version: 1.0.0',
      '# licence: MIT',
      'code\tname',
    ]);
  });

  it('is refused when a line of its head is missing', () => {
    expect(() => readReferenceFile('# list: forces\ncode\tname\n')).toThrow('# source: ');
    expect(() => readReferenceFile('')).toThrow('# list: ');
  });

  it('keeps tabs, line ends, backslashes and nulls of a row apart from its own', () => {
    const value = fc.option(fc.string({ unit: fc.constantFrom('\t', '\n', '\r', '\\', 'N', 't', 'é', ' ') }));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value)), (rows) => {
        const text = writeReferenceFile({ ...file, rows });
        expect(text.split('\n')).toHaveLength(rows.length + 6);
        expect(readReferenceFile(text).rows).toEqual(rows);
      }),
    );
  });

  it('tells null from nothing and from the letters of its sign', () => {
    const text = writeReferenceFile({
      ...file,
      rows: [
        [null, ''],
        ['\\N', 'N'],
      ],
    });
    expect(text.split('\n').slice(5)).toEqual(['\\N\t', '\\\\N\tN', '']);
  });
});
