import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { invalid } from '../../platform/failure.ts';
import type { Absence } from '../../staff/attendance.ts';
import { absenceErrors } from '../../staff/replace-absences.ts';
import { readAbsences, setAbsences } from '../../staff/set-attendance.ts';
import type { Routes } from '../app-context.ts';
import { clockField } from './staff-pattern.ts';
import { staffResource } from './staff-resource.ts';

export const absenceSchema = z
  .strictObject({
    from: civilDateField,
    to: civilDateField,
    start: clockField
      .optional()
      .meta({ description: 'From when on the first day; from its beginning where left out' }),
    end: clockField.optional().meta({ description: 'Until when on the last day; to its end where left out' }),
    kind: z.enum(['leave', 'sickness', 'court', 'training']),
  })
  .meta({ id: 'Absence', example: { from: '2026-07-06', to: '2026-07-17', kind: 'leave' } });

const schema = z.strictObject({ absences: z.array(absenceSchema).max(200) }).meta({ id: 'Absences' });

/** `GET|PUT /api/staff/:id/absences` */
export const staffAbsences: Routes = (app) =>
  staffResource(app, {
    name: 'absences',
    read: 'When somebody is away, from today on',
    change: 'Record when somebody is away; replaces what is not yet past',
    answer: schema,
    body: schema,
    show: async (c, id) => {
      const { db } = c.get('hub');
      const rows = await readAbsences(db, id, civilDateOf(await readNow(db)));
      return { absences: rows.map(withoutId) };
    },
    versionOf: ({ absencesVersion }) => absencesVersion,
    set: async (tx, id, { absences }, by) => {
      const today = civilDateOf(by.now);
      const errors = absenceErrors(absences, today);
      if (errors.length > 0) return invalid(errors);
      const version = await setAbsences(tx, id, absences, by);
      return { version, body: { absences: (await readAbsences(tx, id, today)).map(withoutId) } };
    },
  });

function withoutId({ from, to, start, end, kind }: Absence): Absence {
  return { from, to, start, end, kind };
}
