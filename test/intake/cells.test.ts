import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, headingOf, numberedGroups, readHeading } from '../../src/intake/columns.ts';
import { readArguments } from '../../src/intake/read-arguments.ts';
import { readCell } from '../../src/intake/read-cell.ts';
import { day } from './arbitrary-cases.ts';

describe('a cell', () => {
  const column = (heading: string) => readHeading(heading)?.column ?? columns[0]!;
  const cell = (heading: string, text: string) => readCell(column(heading), text);

  test('with a day is read as day, month, year, and never as month, day, year', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        for (const text of [
          date,
          `${dayOfMonth}/${month}/${year}`,
          `${Number(dayOfMonth)}.${Number(month)}.${year}`,
          `${date} 00:00:00`,
        ])
          expect(cell('Charged on', text)).toEqual({ kind: 'value', value: date });
        if (Number(dayOfMonth) > 12)
          expect(cell('Charged on', `${month}/${dayOfMonth}/${year}`).kind).toBe('wrong');
      }),
    );
    expect(cell('Charged on', '6-Mar-2026')).toEqual({ kind: 'value', value: '2026-03-06' });
    for (const text of ['06/03/26', '46087', '31/02/2026', 'tomorrow', '2026-13-01'])
      expect(cell('Charged on', text).kind).toBe('wrong');
  });

  test('with a formula or an error of the spreadsheet is refused, and one that lost its first 0 is told of', () => {
    for (const text of ['=1+1', '=cmd|"/c calc"!A1', '#REF!', '#N/A', '#####'])
      expect(cell('Defendant name', text).kind).toBe('wrong');
    expect(cell('Victim 1 phone', '7700900123').kind).toBe('wrong');
    expect(cell('Victim 1 phone', "'+44 7700 900123")).toEqual({ kind: 'value', value: '+44 7700 900123' });
    expect(cell('URN', '2.11E+10').kind).toBe('wrong');
    expect(cell('URN', '21/ab/12345/26')).toEqual({ kind: 'value', value: '21AB1234526' });
  });

  test('that is wrong is never repeated to whoever sent it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...columns),
        fc.constantFrom('=Squibbleworth', '12/Squibbleworth', 'Squibbleworth 7'),
        (one, text) => {
          const found = readCell(one, text);
          expect(found.kind === 'wrong' ? found.message : '').not.toContain('Squibbleworth');
        },
      ),
    );
  });
});

test('every heading of the template is known again in any letters, and with its number', () => {
  for (const one of columns)
    for (const number of numberedGroups.includes(one.group) ? [1, 7] : [1])
      for (const written of [
        headingOf(one, number),
        ` ${headingOf(one, number).toUpperCase().replaceAll(' ', '_')} `,
      ])
        expect(readHeading(written)).toEqual({ column: one, number });
  expect(readHeading('Victim name 3')).toEqual(readHeading('Victim 3 name'));
  expect(readHeading('Shoe size')).toBeUndefined();
});

test('the command says what is wrong with what it was asked to do', () => {
  expect(
    readArguments(['cases.csv', '--dry-run'], { HUB_URL: 'https://hub.example', HUB_TOKEN: 't' }),
  ).toMatchObject({
    kind: 'order',
    order: { file: 'cases.csv', dryRun: true, token: 't', leaveOut: false },
  });
  for (const wrong of [[], ['a.csv', 'b.csv'], ['a.csv', '--dryrun'], ['a.csv', '--hub', 'ftp://x']])
    expect(readArguments(wrong, {}).kind).toBe('wrong');
});
