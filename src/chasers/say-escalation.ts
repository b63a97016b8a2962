import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { groupBy } from '../platform/group-by.ts';
import type { AskedItem } from './asked-items.ts';
import { byUrgency, sayCount, sayItem } from './say-items.ts';

/** So many items are written out in one message; of the others only how many they are, since nobody reads hundreds. */
const mostWrittenOut = 20;

/**
 * What those above an officer are told: first what this message is for, then what they were told of before and is still
 * owed, and apart from both what is not due yet, of officers who are away. Most urgent first; of what is too much to be
 * written out, how much it is and since when, by officer. Pure.
 */
export function sayEscalation(
  items: readonly AskedItem[],
  today: CivilDate,
  calendar: HolidayCalendar,
): { subject: string; body: string } {
  const inOrder = items.toSorted((a, b) => Number(b.isNew) - Number(a.isNew) || byUrgency(a, b));
  const written = new Set(inOrder.slice(0, mostWrittenOut));
  const isLate = ({ dueOn }: AskedItem) => dueOn < today;
  const late = inOrder.filter(isLate);
  const part = (heading: string, of: readonly AskedItem[]) => {
    if (of.length === 0) return [];
    const lines = of.filter((item) => written.has(item));
    const rest = of.filter((item) => !written.has(item));
    return [
      heading,
      ...lines.map((item) => `${item.officer}: ${sayItem(item, today, calendar)}`),
      ...sayRest(rest, lines.length > 0),
    ];
  };
  const also = late.some(({ isNew }) => isNew) ? 'You were told of these before, and they have not come' : '';
  return {
    subject:
      late.length === items.length
        ? `Overdue from your officers: ${sayCount(items.length)}`
        : `Owed by your officers: ${sayCount(items.length)}, ${late.length} overdue`,
    body: [
      ...part(
        'These were asked for and have not come:',
        late.filter(({ isNew }) => isNew),
      ),
      ...part(
        also === '' ? 'These were asked for and have not come:' : `${also}:`,
        late.filter(({ isNew }) => !isNew),
      ),
      ...part(
        'These are not late yet. You are told because whoever should be asked is away:',
        inOrder.filter((item) => !isLate(item)),
      ),
      'Please see that they are sent. The caseworker decides next what to do without them.',
    ].join('\n\n'),
  };
}

function sayRest(items: readonly AskedItem[], isMore: boolean): string[] {
  return [...groupBy(items, ({ officer }) => officer)].map(([officer, of]) => {
    const cases = new Set(of.map(({ caseId }) => caseId)).size;
    const earliest = of.map(({ dueOn }) => dueOn).toSorted()[0] ?? '';
    const how = `${sayCount(of.length)}${isMore ? ' more' : ''} in ${cases === 1 ? '1 case' : `${cases} cases`}`;
    return `${officer}: ${how}, the earliest due on ${sayDate(earliest)}.`;
  });
}
