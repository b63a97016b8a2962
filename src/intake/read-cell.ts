import { isCivilDate } from '../calendar/civil-date.ts';
import type { Column } from './columns.ts';

/** What a cell says: nothing, a value of the case's body, or something that cannot be read, and why. */
export type ReadCell =
  { kind: 'blank' } | { kind: 'value'; value: unknown } | { kind: 'wrong'; message: string };

/**
 * Reads the text of a cell. Days are day, month, year, or year, month, day; month, day, year is never guessed. What
 * begins as a formula is refused, and never worked out. No message repeats the cell. Pure.
 */
export function readCell(column: Column, written: string): ReadCell {
  // Spreadsheets put an apostrophe before what they are not to work out.
  const text = written.trim().replace(/^'(?=[=+\-@\d])/, '');
  if (text === '') return { kind: 'blank' };
  if (text.startsWith('=')) return wrong('is a formula: put there what it comes to');
  if (/^#(REF|N\/A|VALUE|NAME|DIV\/0|NUM|NULL|SPILL|CALC)/.test(text) || /^#{2,}$/.test(text))
    return wrong('is an error of the spreadsheet');
  switch (column.kind) {
    case 'urn':
      return /^\d(\.\d+)?E\+\d+$/i.test(text)
        ? wrong('was turned into a number by the spreadsheet: give the column the format Text')
        : value(text.toUpperCase().replaceAll(/[\s/]/g, ''));
    case 'text':
      return value(text);
    case 'date':
      return readDate(text);
    case 'date-and-time':
      return readDateAndTime(text);
    case 'time':
      return readTime(text);
    case 'yes-or-no':
      return readYesOrNo(text);
    case 'choice':
      return readChoice(text, column.choices);
    case 'list':
      return value(listOf(text));
    case 'phone':
      return readPhone(text);
    case 'number':
      return /^\d{1,3}$/.test(text) ? value(Number(text)) : wrong('must be a whole number');
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const likeDates = 'write it like 06/03/2026 (day, month, year) or 2026-03-06';

/** A day, also with the midnight that spreadsheets add to it. */
function readDate(text: string): ReadCell {
  const day = text.replace(/[T ]0?0:00(:00(\.0+)?)?$/, '');
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(day);
  if (yearFirst) return civil(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(day);
  if (dayFirst) return civil(dayFirst[3], dayFirst[2], dayFirst[1]);
  const named = /^(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4})$/.exec(day);
  if (named) {
    const month = months.indexOf((named[2] ?? '').slice(0, 3).toLowerCase()) + 1;
    return month === 0 ? wrong(`is not a date: ${likeDates}`) : civil(named[3], String(month), named[1]);
  }
  if (/^\d{1,2}[-/. ]\w{1,9}[-/. ]\d{2}$/.test(day)) return wrong('needs a year of four digits');
  if (/^\d{4,5}([.,]\d+)?$/.test(day))
    return wrong('is a number, which is how spreadsheets keep dates: give the column the format of a date');
  return wrong(`is not a date: ${likeDates}`);
}

function civil(year = '', month = '', day = ''): ReadCell {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isCivilDate(date)) return value(date);
  if (Number(month) > 12) return wrong(`has no such month: ${likeDates}`);
  return wrong('is not a day of the calendar');
}

/** A day and a time of day, as text that `POST /api/cases` reads; without an offset it is London time. */
function readDateAndTime(text: string): ReadCell {
  const parts =
    /^(\S+(?: [A-Za-z]+ \d{4})?)[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!parts) {
    const day = readDate(text);
    return day.kind === 'value' ? wrong('needs a time of day too, such as 06/03/2026 09:30') : day;
  }
  const [, dayText = '', timeText = '', offset = ''] = parts;
  const day = readDate(dayText);
  if (day.kind !== 'value') return day;
  const time = timeText.padStart(timeText.indexOf(':') === 1 ? timeText.length + 1 : 0, '0');
  return value(`${String(day.value)}T${time}${offset}`);
}

function readTime(text: string): ReadCell {
  const parts = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(text);
  const [, hour = '', minute = ''] = parts ?? [];
  if (!parts || Number(hour) > 23 || Number(minute) > 59) return wrong('must be a time of day such as 09:30');
  return value(`${hour.padStart(2, '0')}:${minute}`);
}

function readYesOrNo(text: string): ReadCell {
  if (/^(yes|y|true|1)$/i.test(text)) return value(true);
  if (/^(no|n|false|0)$/i.test(text)) return value(false);
  return wrong('must be Yes or No');
}

function readChoice(text: string, choices: readonly string[]): ReadCell {
  const key = text
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[\s_-]+/g, '-');
  const found = choices.find((choice) => choice === key || `${choice}-court` === key);
  return found === undefined ? wrong(`must be one of: ${choices.join(', ')}`) : value(found);
}

function listOf(text: string): string[] {
  return text
    .split(/[;|\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Spreadsheets take a telephone number for a number, and drop its first 0. */
function readPhone(text: string): ReadCell {
  if (/^[1-9]\d{8,9}$/.test(text) || /E\+/i.test(text))
    return wrong('has lost its first 0 in the spreadsheet: give the column the format Text');
  return value(text);
}

function value(read: unknown): ReadCell {
  return { kind: 'value', value: read };
}

function wrong(message: string): ReadCell {
  return { kind: 'wrong', message };
}
