import type { z } from 'zod';
import type { absenceSchema } from '../../api/staff-absences.ts';
import type { patternSchema } from '../../api/staff-pattern.ts';
import { sayDayOf } from '../say.ts';
import { sayAbsence } from '../senior/workload-view.ts';

export type PatternJson = z.output<typeof patternSchema>;
type Shift = PatternJson['weeks'][number][number];

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** When somebody works, a line for each run of alike days of a week. */
export function sayPattern({ weeks, flexitime, worksBankHolidays, isRecorded, from }: PatternJson): string[] {
  return [
    ...(isRecorded ? [] : ['Nobody has recorded it: a full week is assumed']),
    ...weeks.flatMap((week, n) =>
      runsOf(week).map((line) => (weeks.length === 1 ? line : `Week ${n + 1}: ${line}`)),
    ),
    ...(weeks.length > 1 ? [`The first of ${weeks.length} weeks began on ${sayDayOf(from)}`] : []),
    ...(flexitime === null ? [] : [`Flexitime, until ${flexitime.latest} at the latest`]),
    worksBankHolidays ? 'Works on bank holidays' : 'Does not work on bank holidays',
  ];
}

function runsOf(week: readonly Shift[]): string[] {
  const lines: { from: number; to: number; said: string }[] = [];
  week.forEach((shift, n) => {
    const said =
      shift === null ? 'off' : `${shift.start} to ${shift.end}, ${shift.breakMinutes} minutes’ break`;
    const last = lines.at(-1);
    if (last?.said === said) last.to = n;
    else lines.push({ from: n, to: n, said });
  });
  const name = (n: number) => weekdays[n] ?? '';
  return lines.map(({ from, to, said }) => `${name(from)}${to > from ? ` to ${name(to)}` : ''}: ${said}`);
}

/** When somebody is away, from today on. */
export function sayAbsences({ absences }: { absences: z.output<typeof absenceSchema>[] }): string[] {
  return absences.length === 0 ? ['Not away'] : absences.map(sayAbsence);
}
