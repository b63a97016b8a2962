import { z } from 'zod';
import { weekday } from '../../calendar/civil-date.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { invalid, type FieldError } from '../../platform/failure.ts';
import { setPattern } from '../../staff/set-attendance.ts';
import { clockMinutes, fullWeek, minutesOf, type WorkingPattern } from '../../staff/working-pattern.ts';
import type { Routes } from '../app-context.ts';
import { staffResource } from './staff-resource.ts';

export const clockField = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00')
  .meta({ example: '09:00' });

const shiftSchema = z
  .strictObject({ start: clockField, end: clockField, breakMinutes: z.number().int().min(0).max(480) })
  .meta({ id: 'Shift' });

const fields = {
  from: civilDateField.meta({ description: 'The Monday with which the first week begins' }),
  weeks: z
    .array(z.array(shiftSchema.nullable()).length(7, 'must have seven days, from Monday; null for a day off'))
    .min(1)
    .max(8)
    .meta({ description: 'Weeks that repeat, one after another' }),
  flexitime: z.strictObject({ latest: clockField }).nullable().meta({
    description: 'The minutes of a day count, and it may end as late as this; null for fixed hours',
  }),
  worksBankHolidays: z.boolean(),
};
const bodySchema = z.strictObject(fields).meta({ id: 'WorkingPatternBody' });
export const patternSchema = z
  .strictObject({
    ...fields,
    isRecorded: z
      .boolean()
      .meta({ description: 'False where nobody has recorded it: a full week is assumed' }),
    minutesAWeek: z.array(z.number().int()),
  })
  .meta({ id: 'WorkingPattern' });

/** `GET|PUT /api/staff/:id/working-pattern` */
export const staffPattern: Routes = (app) =>
  staffResource(app, {
    name: 'working-pattern',
    read: 'When somebody works: full or part time, flexitime, weekends',
    change: 'Record when somebody works',
    answer: patternSchema,
    body: bodySchema,
    show: async (_c, _id, { pattern }) => shown(pattern),
    versionOf: ({ patternVersion }) => patternVersion,
    set: async (tx, id, pattern, by) => {
      const errors = patternErrors(pattern);
      if (errors.length > 0) return invalid(errors);
      return { version: await setPattern(tx, id, pattern, by), body: shown(pattern) };
    },
  });

function shown(pattern: WorkingPattern | null): z.input<typeof patternSchema> {
  const known = pattern ?? fullWeek;
  const minutesAWeek = known.weeks.map((week) =>
    week.reduce((sum, shift) => sum + (shift === null ? 0 : minutesOf(shift)), 0),
  );
  return { ...known, isRecorded: pattern !== null, minutesAWeek };
}

function patternErrors({ from, weeks, flexitime }: WorkingPattern): FieldError[] {
  const ofShifts = weeks.flatMap((week, w) =>
    week.flatMap((shift, d) => {
      if (shift === null) return [];
      const path = `weeks.${w}.${d}`;
      if (shift.end <= shift.start) return [{ path: `${path}.end`, message: 'is not after start' }];
      const length = clockMinutes(shift.end) - clockMinutes(shift.start);
      const isLong = shift.breakMinutes >= length;
      return isLong ? [{ path: `${path}.breakMinutes`, message: 'is as long as the shift' }] : [];
    }),
  );
  const isMonday = weekday(from) === 1;
  const ends = weeks.flat().flatMap((shift) => shift?.end ?? []);
  const isEarly = flexitime !== null && ends.some((end) => flexitime.latest < end);
  return [
    ...(isMonday ? [] : [{ path: 'from', message: 'is not a Monday' }]),
    ...ofShifts,
    ...(isEarly ? [{ path: 'flexitime.latest', message: 'is before the end of a shift' }] : []),
  ];
}
