import type { Day } from './days.ts';

/** Moments as the oracle reads them: what London's clocks showed, by the time zone data of the machine. */
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** What the clock showed, as "2026-03-06T09:30:00". */
export function shownInLondon(ms: number): string {
  const part = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, value]));
  const [year, month, day] = [part.get('year'), part.get('month'), part.get('day')];
  return `${year}-${month}-${day}T${part.get('hour')}:${part.get('minute')}:${part.get('second')}`;
}

/** The moment of a text with an offset; of one without, the first at which London's clocks showed it. */
export function momentOf(text: string): number {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  const seconds = text.length === 16 ? `${text}:00` : text;
  const asUtc = Date.parse(`${seconds}Z`);
  for (const minutes of [60, 0])
    if (shownInLondon(asUtc - minutes * 60_000) === seconds.slice(0, 19)) return asUtc - minutes * 60_000;
  throw new Error(`London's clocks never showed ${text}`);
}

export const isMoment = (text: string): boolean => text.includes('T');

/** The day in London of a moment, or the day that was written. */
export const dayOf = (text: string): Day =>
  isMoment(text) ? shownInLondon(momentOf(text)).slice(0, 10) : text;

export const hoursAfter = (text: string, hours: number): string =>
  new Date(momentOf(text) + hours * 3_600_000).toISOString();
