import type { CivilDate } from './civil-date.ts';
import { addDays, dateOfDayNumber, dayNumber, isCivilDate, sayDate } from './civil-date.ts';
import { londonOffsetMinutes } from './london-offset.ts';

/** A moment, as ISO 8601 in UTC with milliseconds: "2026-03-06T08:00:00.000Z". Sorts as text. */
export type Instant = string;

/** A civil date or an instant; `isCivilDate` tells them apart. */
export type DateOrInstant = CivilDate;

export type ParsedInstant = { kind: 'instant'; instant: Instant } | { kind: 'invalid'; problem: string };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?$/;
const INSTANT = /^([^T]+)T([\d:.,]+)(Z|[+-]\d{2}:?\d{2})?$/i;
const OFFSET = /^([+-])(0\d|1[0-4]):?([0-5]\d)$/;

export function instantOfEpochMs(ms: number): Instant {
  return new Date(ms).toISOString();
}

export function epochMs(instant: Instant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${instant}`);
  return ms;
}

/** London's clock at an instant, as if it were UTC. */
function londonClockMs(instant: Instant): number {
  const ms = epochMs(instant);
  return ms + londonOffsetMinutes(ms) * MINUTE_MS;
}

/** Dates that were worked out, by the hour of UTC: London's clocks change when one begins, so that all of it is on one date. */
const known = new Map<string, CivilDate>();
const mostKnown = 2_000;
const hourOf = (instant: Instant) => instant.slice(0, 'yyyy-mm-ddThh'.length);

/** The date in London at an instant. */
export function civilDateOf(instant: Instant): CivilDate {
  const hour = hourOf(instant);
  let date = known.get(hour);
  if (date === undefined) {
    date = dateOfDayNumber(Math.floor(londonClockMs(instant) / DAY_MS));
    if (known.size >= mostKnown) known.clear();
    known.set(hour, date);
  }
  return date;
}

/**
 * The instant at which London's clocks show a time ('HH:mm', optionally with seconds) on a date. Of the hour
 * that comes twice when the clocks go back the earlier is taken; a time skipped when they go forward is moved
 * on by what was skipped (01:30 is 02:30).
 */
export function instantAt(date: CivilDate, time: string): Instant {
  const timeMs = timeOfDayMs(time);
  if (timeMs === undefined) throw new RangeError(`Not a time of day: ${time}`);
  return instantOfEpochMs(londonClockToEpochMs(dayNumber(date) * DAY_MS + timeMs));
}

/** Decided here and not by Luxon, which reads an ambiguous time by the offset of today. */
function londonClockToEpochMs(clockMs: number): number {
  const before = londonOffsetMinutes(clockMs - DAY_MS);
  const after = londonOffsetMinutes(clockMs + DAY_MS);
  const readings = [before, after]
    .map((minutes) => ({ minutes, ms: clockMs - minutes * MINUTE_MS }))
    .filter(({ minutes, ms }) => londonOffsetMinutes(ms) === minutes);
  if (readings.length === 0) return clockMs - before * MINUTE_MS;
  return Math.min(...readings.map(({ ms }) => ms));
}

function timeOfDayMs(time: string): number | undefined {
  const parts = TIME.exec(time);
  if (parts === null) return undefined;
  const seconds = (Number(parts[1]) * 60 + Number(parts[2])) * 60 + Number(parts[3] ?? 0);
  return seconds * 1000 + Number((parts[4] ?? '').padEnd(3, '0').slice(0, 3));
}

/** The London midnight with which a day ends: the first instant of the next day. */
export function endOfDay(date: CivilDate): Instant {
  return instantAt(addDays(date, 1), '00:00');
}

/** Reads ISO 8601 with an offset, or without one as London time. A civil date alone is not an instant. */
export function parseInstant(text: unknown): ParsedInstant {
  if (typeof text !== 'string') return invalid('must be text such as 2026-03-06T09:30:00+00:00');
  const parts = INSTANT.exec(text);
  if (parts === null) return invalid('must be a date and time such as 2026-03-06T09:30:00+00:00');
  const [, date, time, zone] = parts;
  if (date === undefined || !isCivilDate(date)) return invalid(`${date ?? ''} is not a day of the calendar`);
  const timeMs = timeOfDayMs(time ?? '');
  if (timeMs === undefined) return invalid(`${time ?? ''} is not a time of day`);
  const clockMs = dayNumber(date) * DAY_MS + timeMs;
  if (zone === undefined)
    return { kind: 'instant', instant: instantOfEpochMs(londonClockToEpochMs(clockMs)) };
  const minutes = offsetMinutes(zone);
  if (minutes === undefined) return invalid(`${zone} is not an offset from UTC`);
  return { kind: 'instant', instant: instantOfEpochMs(clockMs - minutes * MINUTE_MS) };
}

function invalid(problem: string): ParsedInstant {
  return { kind: 'invalid', problem };
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const parts = OFFSET.exec(zone);
  if (parts === null) return undefined;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}

/** London's clock in the style of GOV.UK: "9am", "2:30pm", "midday", "midnight". */
export function sayTime(instant: Instant): string {
  const clock = new Date(londonClockMs(instant));
  const hour = clock.getUTCHours();
  const minute = clock.getUTCMinutes();
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}

/**
 * "9am on 3 December 2026"; midnight, which people read either way, is "midnight at the start of 3 December
 * 2026".
 */
export function sayInstant(instant: Instant): string {
  const time = sayTime(instant);
  return `${time} ${time === 'midnight' ? 'at the start of' : 'on'} ${sayDate(civilDateOf(instant))}`;
}

/** ISO 8601 with London's offset and whole seconds: "2026-03-29T03:30:00+01:00". */
export function toLondonOffset(instant: Instant): string {
  const minutes = londonOffsetMinutes(epochMs(instant));
  const clock = new Date(londonClockMs(instant)).toISOString().slice(0, 19);
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  return `${clock}${minutes < 0 ? '-' : '+'}${hours}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
}
