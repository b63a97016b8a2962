import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { invalid } from '../../platform/failure.ts';
import {
  checkDuty,
  isOfficer,
  lockOfficer,
  readOfficerDuty,
  saveOfficerDuty,
  type StandingDuty,
} from '../../staff/officer-absences.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

const absence = z.strictObject({
  from: civilDateField,
  to: civilDateField,
  kind: z.enum(['leave', 'sickness', 'court', 'training']),
});
const restPattern = z
  .strictObject({
    from: civilDateField.meta({ description: 'The day of which the first of `days` speaks' }),
    days: z
      .array(z.enum(['duty', 'rest']))
      .min(1)
      .max(70),
  })
  .meta({ description: 'Days on duty and rest days, which repeat' });

const fields = {
  absences: z.array(absence).max(100),
  restPattern: restPattern.nullable(),
  deputy: z.string().min(1).max(20).nullable().meta({
    description: 'The collar number of whoever is asked while the officer is away or off shift',
  }),
};
const bodySchema = z
  .strictObject({
    absences: fields.absences,
    restPattern: fields.restPattern.default(null),
    deputy: fields.deputy.default(null),
  })
  .meta({
    id: 'OfficerAbsencesBody',
    example: {
      absences: [{ from: '2026-08-03', to: '2026-08-14', kind: 'leave' }],
      restPattern: {
        from: '2026-06-01',
        days: ['duty', 'duty', 'duty', 'duty', 'duty', 'duty', 'rest', 'rest', 'rest', 'rest'],
      },
      deputy: 'PC1002',
    },
  });
const dutySchema = z.strictObject(fields).meta({ id: 'OfficerAbsences' });

const collarParam = z.object({ collar: z.string().min(1).max(20).meta({ example: 'PC1001' }) });
const noOfficer = { kind: 'not-found', detail: 'There is no such officer.' } as const;

const readRoute = defineRoute({
  method: 'get',
  path: '/api/officers/{collar}/absences',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Officers'],
  summary: 'When an officer is away or off shift from today on, and who stands in',
  request: { params: collarParam },
  responses: {
    200: jsonAnswer('Absences, rest days and deputy', dutySchema),
    404: problemAnswer('There is no such officer'),
  },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/officers/{collar}/absences',
  access: ['senior', 'administrator'],
  tags: ['Officers'],
  summary: 'Set when an officer is away or off shift, and who stands in; replaces all that is not yet past',
  request: { params: collarParam, body: jsonBody(bodySchema), headers: ifMatchHeader },
  responses: {
    200: jsonAnswer('Absences, rest days and deputy', dutySchema),
    404: problemAnswer('There is no such officer'),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET|PUT /api/officers/:collar/absences` */
export const officerAbsences: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const { collar } = c.req.valid('param');
    const duty = await readOfficerDuty(db, collar, civilDateOf(await readNow(db)));
    if (!duty) return problem(c, noOfficer);
    return c.json(dutyJson(duty), 200, { ETag: tagOf(collar, duty) });
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const { collar } = c.req.valid('param');
      const body = c.req.valid('json');
      const now = await readNow(tx);
      const today = civilDateOf(now);
      await lockOfficer(tx, collar);
      const before = await readOfficerDuty(tx, collar, today);
      if (!before) return noOfficer;
      const stale = checkIfMatch(c, tagOf(collar, before));
      if (stale) return stale;
      const known = body.deputy === null || (await isOfficer(tx, body.deputy));
      const errors = checkDuty(body, collar, known, today);
      if (errors.length > 0) return invalid(errors);
      const by = { id: actor.id, requestId: actor.requestId };
      await saveOfficerDuty(tx, collar, body, before, by, now, today);
      const after = await readOfficerDuty(tx, collar, today);
      if (!after) return noOfficer;
      return { status: 200, headers: { ETag: tagOf(collar, after) }, body: dutyJson(after) };
    }),
  );
};

function tagOf(collar: string, { version }: StandingDuty): string {
  return etagOf(`duty-${collar}`, version);
}

function dutyJson({ absences, restPattern: pattern, deputy }: StandingDuty): z.input<typeof dutySchema> {
  return { absences, restPattern: pattern, deputy };
}
