import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { rules } from '../../deadlines/rules/register.ts';
import { invalid, invalidField, type Failure } from '../../platform/failure.ts';
import { usualShares } from '../../tasks/effort.ts';
import type { EffortValue } from '../../tasks/store-effort.ts';
import { moveCostsKey, moveCostsSet, usualMoveCosts } from '../../workload/move-costs.ts';
import {
  lockPlanningSetting,
  readPlanningSetting,
  scopes,
  setPlanning,
  type PlanningSetting,
  type SettingKey,
} from '../../workload/planning-settings.ts';
import { kindErrors, readTaskKinds } from '../../workload/task-kinds.ts';
import type { Context, Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';

const whose = {
  version: z.number().int().meta({ description: '0 for the hub’s own' }),
  changedBy: z.string().nullable(),
  changedAt: z.string().nullable(),
};
const usual = {
  412: problemAnswer('It was changed after it was read'),
  428: problemAnswer('If-Match is missing'),
};
const about = { access: ['senior', 'administrator'] as ('senior' | 'administrator')[], tags: ['Seniors'] };

const minutes = z.number().int().min(1).max(2_400);
const percent = z.number().int().min(10).max(1_000);
const effortBody = z
  .strictObject({
    shares: z
      .strictObject({
        simple: percent.meta({ description: 'What a simple case takes, in hundredths of a usual one' }),
        complex: percent.meta({ description: 'What a complex case takes' }),
        cautious: percent.min(100).meta({
          description:
            'Within what four in five are done, where no team has learned it, in hundredths of the minutes',
        }),
      })
      .optional()
      .meta({ description: 'For the force (hub) alone; the hub’s own where left out' }),
    minutes: z
      .array(
        z.strictObject({
          kind: z.string().min(1).max(60).meta({ example: 'victim-contact' }),
          simple: minutes,
          standard: minutes,
          complex: minutes,
        }),
      )
      .max(300)
      .meta({ description: 'Kinds that are not there have what the force has set, else their default' }),
  })
  .meta({
    id: 'EffortSettingBody',
    example: { minutes: [{ kind: 'victim-contact', simple: 15, standard: 20, complex: 35 }] },
  });
export const effortSettingSchema = effortBody.extend(whose).meta({ id: 'EffortSetting' });

const scopeParam = z.object({ scope: z.enum(scopes).meta({ example: 'hub' }) });
const effortPath = '/api/settings/effort/{scope}';
const readEffortRoute = defineRoute({
  ...{ ...about, method: 'get', path: effortPath },
  summary: 'How long work takes by kind and complexity, as the force (hub) or a team has set it',
  request: { params: scopeParam },
  responses: {
    200: jsonAnswer('What is set; what a team has learned is planned with before it', effortSettingSchema),
  },
});
const setEffortRoute = defineRoute({
  ...{ ...about, method: 'put', path: effortPath },
  summary: 'Set how long work takes by kind and complexity; replaces what was set',
  request: { params: scopeParam, body: jsonBody(effortBody), headers: ifMatchHeader },
  responses: { 200: jsonAnswer('What is set', effortSettingSchema), ...usual },
});

const cost = z.number().int().min(0).max(1_000);
const days = z.number().int().min(0).max(60);
const costsBody = z
  .strictObject({
    costs: z
      .strictObject({
        move: cost.min(1).meta({ description: 'Any change of hands' }),
        contact: cost.meta({ description: 'A victim or witness knows the caseworker' }),
        enhanced: cost.meta({ description: 'and is owed enhanced rights' }),
        hearing: cost.meta({ description: 'A hearing is near' }),
        limit: cost.default(usualMoveCosts.costs.limit).meta({
          description:
            'A custody time limit, or another limit that ends a case, is near or has passed, or nobody has confirmed it',
        }),
        notes: cost.meta({ description: 'Its caseworker wrote notes lately' }),
        complex: cost.meta({ description: 'The case is complex' }),
        changedHands: cost.meta({ description: 'It changed hands lately' }),
        absence: z
          .number()
          .int()
          .min(-1_000)
          .max(0)
          .meta({ description: 'Work falls due while its caseworker is away: taken from the cost' }),
      })
      .meta({ description: 'One unit is a tenth of a usual move' }),
    workingDays: z
      .strictObject({
        hearing: days,
        limit: days.default(usualMoveCosts.workingDays.limit),
        notes: days,
        changedHands: days,
      })
      .meta({
        description: 'How near a hearing or a limit is near, how late a note or a change of hands is late',
      }),
  })
  .meta({ id: 'MoveCostsBody', example: usualMoveCosts });
export const moveCostsSchema = costsBody.extend(whose).meta({ id: 'MoveCosts' });

const readCostsRoute = defineRoute({
  ...{ ...about, method: 'get', path: '/api/settings/move-costs' },
  summary: 'What it costs, in a rebalance, that a case changes hands',
  responses: { 200: jsonAnswer('As the force has set it, else the hub’s own', moveCostsSchema) },
});
const setCostsRoute = defineRoute({
  ...{ ...about, method: 'put', path: '/api/settings/move-costs' },
  summary: 'Set what it costs, in a rebalance, that a case changes hands; proposals from now on weigh by it',
  request: { body: jsonBody(costsBody), headers: ifMatchHeader },
  responses: { 200: jsonAnswer('As it is set', moveCostsSchema), ...usual },
});

const kindsRoute = defineRoute({
  ...{ ...about, method: 'get', path: '/api/effort/kinds' },
  summary: 'The kinds of task, with the default minutes of those that deadlines make',
  responses: {
    200: jsonAnswer(
      'By name',
      z.strictObject({
        items: z.array(
          z.strictObject({
            kind: z.string(),
            usual: z.array(z.number().int()).meta({
              description: 'Minutes in a case that is neither simple nor complex; several where rules differ',
            }),
          }),
        ),
        next: z.null(),
      }),
    ),
  },
});

/** `GET|PUT /api/settings/effort/:scope`, `/api/settings/move-costs`; `GET /api/effort/kinds` */
export const planningSettings: Routes = (app) => {
  app.openapi(kindsRoute, async (c) =>
    c.json({ items: await readTaskKinds(c.get('hub').db, rules), next: null }, 200),
  );

  app.openapi(readEffortRoute, async (c) => {
    const key = { name: 'effort', scope: c.req.valid('param').scope } as const;
    const row = await readPlanningSetting(c.get('hub').db, key);
    return c.json(effortJson(key, row), 200, { ETag: tagOf(key, row) });
  });

  app.openapi(setEffortRoute, (c) => {
    const key = { name: 'effort', scope: c.req.valid('param').scope } as const;
    const value = c.req.valid('json');
    return set(c as Context, key, {
      value,
      check: async (tx) => {
        if (value.shares !== undefined && key.scope !== 'hub')
          return invalidField('shares', 'is for the force to set: leave it out for a team');
        const errors = kindErrors(value.minutes, await readTaskKinds(tx, rules));
        return errors.length === 0 ? null : invalid(errors);
      },
      show: (row) => effortJson(key, row),
    });
  });

  app.openapi(readCostsRoute, async (c) => {
    const row = await readPlanningSetting(c.get('hub').db, moveCostsKey);
    return c.json(costsJson(row), 200, { ETag: tagOf(moveCostsKey, row) });
  });

  app.openapi(setCostsRoute, (c) =>
    set(c as Context, moveCostsKey, {
      value: c.req.valid('json'),
      check: () => Promise.resolve(null),
      show: costsJson,
    }),
  );
};

type Tx = Parameters<Parameters<typeof change>[1]>[0];

/** Sets a setting for whoever knows it as it is, in one transaction. */
function set<T>(
  c: Context,
  key: SettingKey,
  how: {
    value: Record<string, unknown>;
    check: (tx: Tx) => Promise<Failure | null>;
    show: (row: PlanningSetting) => T;
  },
) {
  return change(c, async (tx, { id, requestId }) => {
    await lockPlanningSetting(tx, key);
    const stale = checkIfMatch(c, tagOf(key, await readPlanningSetting(tx, key)));
    if (stale) return stale;
    const wrong = await how.check(tx);
    if (wrong) return wrong;
    const row = await setPlanning(tx, key, how.value, { actor: { id, requestId }, now: await readNow(tx) });
    return { status: 200, headers: { ETag: tagOf(key, row) }, body: how.show(row) };
  });
}

function tagOf({ name, scope }: SettingKey, row: PlanningSetting | undefined): string {
  return etagOf(`${name}:${scope}`, row?.version ?? 0);
}

function whoseJson(row: PlanningSetting | undefined) {
  const { version = 0, changedBy = null, changedAt = null } = row ?? {};
  return { version, changedBy, changedAt };
}

function effortJson({ scope }: SettingKey, row?: PlanningSetting): z.input<typeof effortSettingSchema> {
  const { shares, minutes } = (row?.value ?? { minutes: [] }) as EffortValue;
  const shown = scope === 'hub' ? { shares: shares ?? usualShares } : {};
  return { ...shown, minutes, ...whoseJson(row) };
}

function costsJson(row?: PlanningSetting): z.input<typeof moveCostsSchema> {
  return { ...moveCostsSet(row?.value), ...whoseJson(row) };
}
