/**
 * Civil days as the oracle counts them: one after another, with JavaScript's UTC dates and a set of bank holidays as
 * texts. Nothing here is shared with the program that it judges.
 */
export type Day = string;
export type Holidays = ReadonlySet<Day>;

const DAY_MS = 86_400_000;
const neighbours = new Map<string, Day>();

const ofMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** The day after, or before. */
export function step(day: Day, by: 1 | -1): Day {
  const key = `${day}${by}`;
  const known = neighbours.get(key);
  if (known !== undefined) return known;
  const found = ofMs(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS);
  neighbours.set(key, found);
  return found;
}

/** So many calendar days on, or back where negative. */
export function walk(day: Day, days: number): Day {
  let here = day;
  for (let left = Math.abs(days); left > 0; left -= 1) here = step(here, days < 0 ? -1 : 1);
  return here;
}

/** 0 is Sunday and 6 is Saturday. */
export const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The full moon of Easter by golden number: the table of the Book of Common Prayer, good until 2199. */
const paschalFullMoons = [
  '04-14',
  '04-03',
  '03-23',
  '04-11',
  '03-31',
  '04-18',
  '04-08',
  '03-28',
  '04-16',
  '04-05',
  '03-25',
  '04-13',
  '04-02',
  '03-22',
  '04-10',
  '03-30',
  '04-17',
  '04-07',
  '03-27',
];

const easters = new Map<string, Day>();

/** The first Sunday after the full moon. */
export function easterSunday(year: string): Day {
  const known = easters.get(year);
  if (known !== undefined) return known;
  let day = step(`${year}-${paschalFullMoons[Number(year) % 19]}`, 1);
  while (weekday(day) !== 0) day = step(day, 1);
  easters.set(year, day);
  return day;
}

export const goodFriday = (year: string): Day => walk(easterSunday(year), -2);

const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;

/** r.2.2(1): not Saturday, Sunday, Christmas Day, Boxing Day, Good Friday, Easter Monday or a bank holiday. */
export function isWorkingDay(day: Day, holidays: Holidays): boolean {
  if (isWeekend(day) || holidays.has(day)) return false;
  if (day.endsWith('-12-25') || day.endsWith('-12-26')) return false;
  const year = day.slice(0, 4);
  return day !== goodFriday(year) && day !== walk(easterSunday(year), 1);
}

/** Reg 2(5): not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday. */
export function mayCustodyLimitEnd(day: Day, holidays: Holidays): boolean {
  return (
    !isWeekend(day) && !holidays.has(day) && !day.endsWith('-12-25') && day !== goodFriday(day.slice(0, 4))
  );
}

/** The nth working day after a day (before it where n is negative), the day itself never counting. */
export function workingDays(day: Day, n: number, holidays: Holidays): Day {
  let here = day;
  for (let left = Math.abs(n); left > 0;) {
    here = step(here, n < 0 ? -1 : 1);
    if (isWorkingDay(here, holidays)) left -= 1;
  }
  return here;
}

/** The day, or the nearest working day before it. */
export function workingDayBack(day: Day, holidays: Holidays): Day {
  let here = day;
  while (!isWorkingDay(here, holidays)) here = step(here, -1);
  return here;
}

/** The day, or the nearest working day after it. */
export function workingDayForward(day: Day, holidays: Holidays): Day {
  let here = day;
  while (!isWorkingDay(here, holidays)) here = step(here, 1);
  return here;
}

/** The same-numbered day so many months on; where the month has no such day, its last. */
export function months(day: Day, n: number): Day {
  const [year = 0, month = 0, number = 0] = day.split('-').map(Number);
  const wanted = new Date(Date.UTC(year, month - 1 + n, 1));
  for (let last = number; ; last -= 1) {
    const candidate = new Date(wanted);
    candidate.setUTCDate(last);
    if (candidate.getUTCMonth() === wanted.getUTCMonth()) return ofMs(candidate.getTime());
  }
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);
