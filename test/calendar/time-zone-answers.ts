/** Prints answers that must not depend on the TZ of the process, for time-zones.test.ts. */
import { actionDue } from '../../src/calendar/action-due.ts';
import { ENGLAND_AND_WALES as cal } from '../../src/calendar/bank-holidays-data.ts';
import { addDays, addMonths, sayDay } from '../../src/calendar/civil-date.ts';
import { countBusinessDays, countCustody, countHours, countMonths } from '../../src/calendar/counting.ts';
import {
  civilDateOf,
  endOfDay,
  instantAt,
  parseInstant,
  sayInstant,
  toLondonOffset,
} from '../../src/calendar/london-time.ts';
import { deemedService } from '../../src/calendar/service.ts';

const starts = Array.from({ length: 400 }, (_, index) => addDays('2026-01-01', index));
const answers = starts.map((date) => {
  const late = instantAt(date, '23:30');
  return [
    sayDay(date),
    addMonths(date, 6),
    countCustody(cal, [{ from: date }], 56),
    countBusinessDays(cal, date, 20),
    countMonths(date, 6),
    countHours(late, 2),
    deemedService(cal, { method: 'email', at: instantAt(date, '14:30') }),
    actionDue(cal, endOfDay(date)),
    [civilDateOf(late), sayInstant(late), toLondonOffset(late), parseInstant(`${date}T01:30`)],
  ];
});
process.stdout.write(
  JSON.stringify({
    zone: new Date(Date.UTC(2026, 6, 1)).getTimezoneOffset(),
    doubled: instantAt('2026-10-25', '01:30'),
    answers,
  }),
);
