import { daysBetween, sayDate, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { sayDefect } from '../materials/defect-codes.ts';
import { isListedMaterial, sayMaterial } from '../materials/material-types.ts';
import type { AskedItem, Endangered } from './asked-items.ts';
import { businessDaysApart } from './business-hours.ts';

/** What is further off than so many days is not said to be in danger. */
const furthestDays = 56;

const dangersOf = ({ custodyLimit, timeLimit, hearing }: Endangered) =>
  [custodyLimit, timeLimit, hearing].filter((day) => day !== null).sort();

type Ranked = Endangered & Pick<AskedItem, 'dueOn' | 'urn' | 'id'>;

/** Most urgent first: by the nearest limit or hearing that it endangers, then by when it was due. Pure. */
export function byUrgency(a: Ranked, b: Ranked): number {
  const never = '9999-12-31';
  const key = (item: Ranked) => `${dangersOf(item)[0] ?? never} ${item.dueOn} ${item.urn} ${item.id}`;
  return key(a) < key(b) ? -1 : 1;
}

/** What would suffer, nearest first, as "custody limit expires in 9 days (13 June 2026)". Pure. */
export function sayEndangered(item: Endangered, today: CivilDate, calendar: HolidayCalendar): string[] {
  const dangers: { day: CivilDate; words: string }[] = [];
  const add = (day: CivilDate | null, words: (day: CivilDate) => string) => {
    if (day !== null && daysBetween(today, day) <= furthestDays) dangers.push({ day, words: words(day) });
  };
  add(
    item.custodyLimit,
    (day) => `custody limit expires ${sayDays(daysBetween(today, day))} (${sayDate(day)})`,
  );
  add(item.timeLimit, (day) => `time limit expires ${sayDays(daysBetween(today, day))} (${sayDate(day)})`);
  add(item.hearing, (day) => {
    const days = businessDaysApart(calendar, today, day);
    const when = day === today ? 'today' : days === 1 ? 'in 1 working day' : `in ${days} working days`;
    return `hearing on ${sayDate(day)}, ${when}`;
  });
  return dangers.sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ words }) => words);
}

function sayDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

/**
 * One line of a message: URN, item, when it is due or how late it is, what it endangers and why it is needed. Nothing
 * that a person typed: a name could be in it. What is in no list is to be read on the page. Pure.
 */
export function sayItem(item: AskedItem, today: CivilDate, calendar: HolidayCalendar): string {
  const { urn, material, dueOn } = item;
  const what = sayInMessage(material);
  const when = sayDueBy(dueOn, today);
  const endangered = sayEndangered(item, today, calendar);
  const danger = endangered.length === 0 ? '' : ` Endangered: ${endangered.join('; ')}.`;
  return `${urn}: ${what}, ${when}.${danger}${sayWhy(item)}`;
}

/** A material as a message may name it: one of the list; what a person described is to be read on the page. Pure. */
export function sayInMessage(material: string): string {
  return isListedMaterial(material) ? sayMaterial(material) : 'an item that the caseworker has described';
}

/** "1 item", "3 items". Pure. */
export const sayCount = (items: number): string => (items === 1 ? '1 item' : `${items} items`);

/** Why, where that is in the hub's own words. */
function sayWhy({ basis, defectCode, why }: AskedItem): string {
  if (defectCode !== null) return ` Why: what came was rejected: ${sayDefect(defectCode)}.`;
  return basis === 'file-standard' ? ` Why: ${why}.` : '';
}

/** "due by 12 June 2026", "was due on 8 June 2026, 2 days late". Pure. */
export function sayDueBy(dueOn: CivilDate, today: CivilDate): string {
  const late = daysBetween(dueOn, today);
  return late > 0
    ? `was due on ${sayDate(dueOn)}, ${late} ${late === 1 ? 'day' : 'days'} late`
    : `due by ${sayDate(dueOn)}`;
}
