import type { CivilDate } from './civil-date.ts';
import { addDays, sayDateWithoutYear, sayDay, sayDayWithoutYear, yearOf } from './civil-date.ts';
import type { Holiday, HolidayCalendar } from './holiday-calendar.ts';
import { closedWeekdaysIn } from './holiday-calendar.ts';

/** "5 days", "1 day" */
export function sayCount(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** "5 days end", "1 day ends" */
export function sayCountEnds(n: number, unit: string): string {
  return `${sayCount(n, unit)} ${n === 1 ? 'ends' : 'end'}`;
}

/** "The day of the offence, Monday 1 June 2026, is not counted" */
export function sayNotCounted(date: CivilDate, label?: string): string {
  return label === undefined ? `${sayDay(date)} is not counted` : `${label}, ${sayDay(date)}, is not counted`;
}

/**
 * "Good Friday 3 April and Easter Monday 6 April are not business days"; nothing where there are none between
 * the dates.
 */
export function sayClosedWeekdays(
  cal: HolidayCalendar,
  from: CivilDate,
  to: CivilDate,
  unit: 'business day' | 'working day',
): string[] {
  const closed = closedWeekdaysIn(cal, from, to);
  if (closed.length === 0) return [];
  const oneYear = yearOf(from) === yearOf(to);
  const list = sayList(closed.map((holiday) => sayHoliday(holiday, !oneYear)));
  return [`${list} ${closed.length === 1 ? `is not a ${unit}` : `are not ${unit}s`}`];
}

function sayHoliday({ date, name }: Holiday, withYear: boolean): string {
  return `${name} ${sayDateWithoutYear(date)}${withYear ? ` ${yearOf(date)}` : ''}`;
}

/** "Saturday 7 March moves back to Friday 6 March", with the names of the holidays passed over. */
export function sayMove(cal: HolidayCalendar, from: CivilDate, to: CivilDate): string[] {
  if (from === to) return [];
  const back = to < from;
  const say = yearOf(from) === yearOf(to) ? sayDayWithoutYear : sayDay;
  const holiday = closedWeekdaysIn(cal, from, from)[0];
  const start = `${say(from)}${holiday === undefined ? '' : `, ${holiday.name},`}`;
  const passed = back
    ? closedWeekdaysIn(cal, addDays(to, 1), addDays(from, -1))
    : closedWeekdaysIn(cal, addDays(from, 1), addDays(to, -1));
  const over = passed.length === 0 ? '' : ` past ${sayList(passed.map((day) => sayHoliday(day, false)))}`;
  return [`${start} moves ${back ? 'back' : 'forward'}${over} to ${say(to)}`];
}

function sayList(parts: string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
