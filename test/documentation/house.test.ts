import { describe, expect, it } from 'vitest';
import { projectFiles, textOf } from './project-files.ts';

const mostLines = 300;
const nameless = ['util', 'utils', 'helper', 'helpers', 'common', 'lib', 'misc'];
/** Written by a program, or a list rather than something to read. */
const generated = /^db\/(migrations|reference\/data)\//;

const files = projectFiles();
const code = files.filter((path) => /^(src|workers|db|test|bench)\//.test(path) && !generated.test(path));

describe('the house', () => {
  it('has its code where these tests look for it', () => {
    expect(code).toEqual(
      expect.arrayContaining(['src/platform/config.ts', 'db/connect.ts', 'test/documentation/house.test.ts']),
    );
    expect(files.some((path) => /^(node_modules|\.git)\//.test(path))).toBe(false);
  });

  it(`has no file of more than ${mostLines} lines`, () => {
    const lengths = code.map((path) => ({ path, lines: lineCount(textOf(path) ?? '') }));
    expect(lengths.filter(({ lines }) => lines > mostLines)).toEqual([]);
  });

  it('has no folder whose name says nothing', () => {
    const isNameless = (path: string) =>
      path
        .split('/')
        .slice(0, -1)
        .some((folder) => nameless.includes(folder));
    expect(files.filter(isNameless)).toEqual([]);
  });
});

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
