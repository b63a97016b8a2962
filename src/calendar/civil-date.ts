/**
 * Civil dates: days of the calendar with no time and no zone, written 'YYYY-MM-DD'.
 * Arithmetic is on whole days since 1970-01-01, so no clock change and no TZ setting can move it.
 */
export type CivilDate = string;

/** ISO 8601: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A real day of the years 1900 to 2999, written 'YYYY-MM-DD'; 31 February is refused. */
export function isCivilDate(text: string): boolean;
export function isCivilDate(text: unknown): text is CivilDate;
export function isCivilDate(text: unknown): boolean {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false;
  const year = yearOf(text);
  return year >= FIRST_YEAR && year <= LAST_YEAR && dateOfDayNumber(dayNumber(text)) === text;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

function monthOf(date: CivilDate): number {
  return Number(date.slice(5, 7));
}

function dayOfMonth(date: CivilDate): number {
  return Number(date.slice(8, 10));
}

/** Dates met so far, by day number and the other way round: the same few thousand come again and again. */
const dayNumbers = new Map<CivilDate, number>();
const dates = new Map<number, CivilDate>();
const said = new Map<CivilDate, string>();
const rememberedAtMost = 20_000;

/** Whole days since 1970-01-01, which is day 0. */
export function dayNumber(date: CivilDate): number {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  const ms = Date.UTC(yearOf(date), monthOf(date) - 1, dayOfMonth(date));
  if (Number.isNaN(ms)) throw new RangeError(`Not a civil date: ${date}`);
  if (dayNumbers.size >= rememberedAtMost) dayNumbers.clear();
  dayNumbers.set(date, ms / DAY_MS);
  return ms / DAY_MS;
}

/** The date of a day number; the inverse of `dayNumber`. */
export function dateOfDayNumber(day: number): CivilDate {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const moment = new Date(day * DAY_MS);
  const date = civilDate(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
  if (dates.size >= rememberedAtMost) dates.clear();
  dates.set(day, date);
  return date;
}

export function civilDate(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/**
 * The same-numbered day of the month that many months on (or back), or the last day of that month where it
 * has no such day. The corresponding date rule: Dodds v Walker [1981] 1 WLR 1027 (HL); DPP v Jackson [2025]
 * EWHC 2797 (Admin).
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const monthsSinceYearZero = yearOf(date) * 12 + (monthOf(date) - 1) + months;
  const year = Math.floor(monthsSinceYearZero / 12);
  const month = monthsSinceYearZero - year * 12 + 1;
  return civilDate(year, month, Math.min(dayOfMonth(date), daysInMonth(year, month)));
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Days from one date to another: 1 for tomorrow, -1 for yesterday. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function weekday(date: CivilDate): Weekday {
  return weekdayOfDayNumber(dayNumber(date));
}

export function weekdayOfDayNumber(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

export function isWeekend(date: CivilDate): boolean {
  return weekday(date) >= 6;
}

/** Negative, zero or positive, for sorting. */
export function compare(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function earliest(first: CivilDate, ...others: CivilDate[]): CivilDate {
  return others.reduce((least, date) => (date < least ? date : least), first);
}

export function latest(first: CivilDate, ...others: CivilDate[]): CivilDate {
  return others.reduce((most, date) => (date > most ? date : most), first);
}

/** "6 March 2026" */
export function sayDate(date: CivilDate): string {
  return `${sayDateWithoutYear(date)} ${yearOf(date)}`;
}

/** "6 March" */
export function sayDateWithoutYear(date: CivilDate): string {
  return `${dayOfMonth(date)} ${MONTHS[monthOf(date) - 1]}`;
}

/** "Friday 6 March 2026" */
export function sayDay(date: CivilDate): string {
  const known = said.get(date);
  if (known !== undefined) return known;
  const words = `${WEEKDAYS[weekday(date) - 1]} ${sayDate(date)}`;
  if (said.size >= rememberedAtMost) said.clear();
  said.set(date, words);
  return words;
}

/** "Friday 6 March" */
export function sayDayWithoutYear(date: CivilDate): string {
  return `${WEEKDAYS[weekday(date) - 1]} ${sayDateWithoutYear(date)}`;
}
