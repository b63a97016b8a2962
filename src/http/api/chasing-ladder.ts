import { z } from 'zod';
import { setLadder } from '../../cases/set-ladder.ts';
import { checkLadder } from '../../chasers/check-ladder.ts';
import { defaultLadder, type LadderStep } from '../../chasers/ladder.ts';
import { readLadderRow, type LadderRow } from '../../chasers/store.ts';
import { lockCalendar } from '../../deadlines/store-calendar.ts';
import { invalid } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';

const stepSchema = z.strictObject({
  step: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be a short word in small letters, such as second-reminder'),
  level: z.enum(['officer', 'sergeant', 'inspector', 'caseworker']),
  businessDays: z.number().int().min(-30).max(60).meta({
    description: 'From the day on which the material is due; before it where negative',
  }),
  beforeHearing: z.number().int().min(1).max(30).optional().meta({
    description: 'Never later than so many business days before the next hearing',
  }),
});
const steps = z.array(stepSchema).min(2).max(12);
const days = (most: number) => z.number().int().min(0).max(most);

const ladderFields = {
  ordinary: steps,
  compressed: steps,
  inCustody: z.boolean().meta({ description: 'Compressed wherever a defendant is in custody' }),
  custodyLimitDays: days(182).meta({
    description: 'Compressed where a custody time limit expires within so many days after it is due',
  }),
  timeLimitDays: days(182).meta({
    description: 'The same for another limit that ends a case, such as the six months',
  }),
  hearingWorkingDays: days(60).meta({
    description: 'Compressed where a hearing is within so many business days after it is due',
  }),
};

const bodySchema = z
  .strictObject({
    ...ladderFields,
    note: z.string().trim().min(1).max(1_000).meta({ description: 'Why, and who agreed to it' }),
  })
  .meta({ id: 'ChasingLadderBody' });

const answerFields = {
  ...ladderFields,
  version: z.number().int().meta({ description: '0 for the hub’s own' }),
  note: z.string().nullable(),
  changedBy: z.string().nullable(),
  changedAt: z.string().nullable(),
};
export const ladderSchema = z.strictObject(answerFields).meta({ id: 'ChasingLadder' });

const readRoute = defineRoute({
  method: 'get',
  path: '/api/settings/chasing-ladder',
  access: ['caseworker', 'senior', 'administrator', 'auditor'],
  tags: ['Officers'],
  summary: 'By what steps officers are chased, and when by the shorter ones',
  responses: { 200: jsonAnswer('The ladder in force', ladderSchema) },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/settings/chasing-ladder',
  access: ['administrator'],
  tags: ['Officers'],
  summary: 'Set the steps by which officers are chased; those to come are planned anew, none is sent twice',
  request: { body: jsonBody(bodySchema), headers: ifMatchHeader },
  responses: {
    202: jsonAnswer(
      'Set: follow the planning of live cases at Location',
      z.strictObject({ ...answerFields, recomputation: z.uuid() }),
    ),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET|PUT /api/settings/chasing-ladder` */
export const chasingLadder: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const row = await readLadderRow(c.get('hub').db);
    return c.json(ladderJson(row), 200, { ETag: tagOf(row) });
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const body = c.req.valid('json');
      const wanted = {
        ...body,
        ordinary: body.ordinary.map(asStep),
        compressed: body.compressed.map(asStep),
      };
      const errors = checkLadder(wanted);
      if (errors.length > 0) return invalid(errors);
      await lockCalendar(tx);
      const stale = checkIfMatch(c, tagOf(await readLadderRow(tx)));
      if (stale) return stale;
      const by = { id: actor.id, requestId: actor.requestId };
      const { row, recomputation } = await setLadder(tx, wanted, by);
      return {
        status: 202,
        headers: { Location: `/api/calendar/recomputations/${recomputation.id}`, ETag: tagOf(row) },
        body: { ...ladderJson(row), recomputation: recomputation.id },
      };
    }),
  );
};

const asStep = ({ beforeHearing, ...step }: z.output<typeof stepSchema>): LadderStep =>
  beforeHearing === undefined ? step : { ...step, beforeHearing };

function tagOf(row: LadderRow | undefined): string {
  return etagOf('chasing-ladder', row?.version ?? 0);
}

function ladderJson(row: LadderRow | undefined): z.input<typeof ladderSchema> {
  const { ordinary, compressed, inCustody, ...rest } = row ?? defaultLadder;
  const { version, custodyLimitDays, timeLimitDays, hearingWorkingDays } = rest;
  return {
    ordinary: [...ordinary],
    compressed: [...compressed],
    ...{ inCustody, custodyLimitDays, timeLimitDays, hearingWorkingDays, version },
    note: row?.note ?? null,
    changedBy: row?.changedBy ?? null,
    changedAt: row?.changedAt ?? null,
  };
}
