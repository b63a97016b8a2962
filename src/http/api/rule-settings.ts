import { z } from 'zod';
import { checkSetting, largestAmount, setRule } from '../../cases/set-rule.ts';
import { isForForce } from '../../deadlines/apply-settings.ts';
import type { Rule } from '../../deadlines/rule.ts';
import { currentRule, rules } from '../../deadlines/rules/register.ts';
import { lockCalendar } from '../../deadlines/store-calendar.ts';
import { readSetting, readSettings, type SettingRow } from '../../deadlines/store-settings.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

const settingFields = {
  rule: z.string(),
  title: z.string(),
  grade: z.enum(['A', 'B', 'C', 'P']),
  enabled: z.boolean(),
  amount: z.number().int().nullable().meta({ description: 'The force’s figure; null for the default' }),
  default: z.number().int().nullable().meta({ description: 'Null where the rule has no single number' }),
  unit: z.string().nullable().meta({ example: 'working day' }),
  note: z.string().nullable(),
  changedBy: z.string().nullable(),
  changedAt: z.string().nullable(),
  etag: z.string().meta({ description: 'To be sent as If-Match with a change' }),
};
export const settingSchema = z.strictObject(settingFields).meta({ id: 'RuleSetting' });

const bodySchema = z
  .strictObject({
    enabled: z.boolean(),
    amount: z
      .number()
      .int()
      .min(1)
      .max(largestAmount)
      .nullable()
      .optional()
      .meta({ description: 'Days, hours or months as the rule counts them; the default where left out' }),
    note: z.string().trim().min(1).max(1_000).meta({ description: 'Why, and who agreed to it' }),
  })
  .meta({ id: 'RuleSettingBody', example: { enabled: true, amount: 7, note: 'Force SLA, agreed in May' } });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/rule-settings',
  access: ['caseworker', 'senior', 'administrator', 'auditor'],
  tags: ['Deadlines'],
  summary: 'Every rule that the force may switch or adjust (grades C and P), and what it has set',
  responses: {
    200: jsonAnswer('The rules', z.strictObject({ items: z.array(settingSchema), next: z.null() })),
  },
});

const ruleParam = z.object({ rule: z.string().min(1).max(64).meta({ example: 'file-to-cps-post-charge' }) });

const readRoute = defineRoute({
  method: 'get',
  path: '/api/rule-settings/{rule}',
  access: ['caseworker', 'senior', 'administrator', 'auditor'],
  tags: ['Deadlines'],
  summary: 'What the force has set for a rule',
  request: { params: ruleParam },
  responses: {
    200: jsonAnswer('The rule', settingSchema),
    404: problemAnswer('There is no such rule of grade C or P'),
  },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/rule-settings/{rule}',
  access: ['administrator'],
  tags: ['Deadlines'],
  summary: 'Switch a rule of grade C or P, or set its figure; live cases are worked out again',
  request: {
    params: ruleParam,
    body: jsonBody(bodySchema),
    headers: ifMatchHeader,
  },
  responses: {
    202: jsonAnswer(
      'Set: follow the recomputation of live cases at Location',
      z.strictObject({ ...settingFields, recomputation: z.uuid() }),
    ),
    404: problemAnswer('There is no such rule'),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET /api/rule-settings`, `GET|PUT /api/rule-settings/:rule` */
export const ruleSettings: Routes = (app) => {
  const forForce = [...new Set(rules.map(({ id }) => id))]
    .flatMap((id) => currentRule(id) ?? [])
    .filter(({ authority }) => isForForce(authority));

  app.openapi(listRoute, async (c) => {
    const settings = new Map((await readSettings(c.get('hub').db)).map((row) => [row.rule, row]));
    return c.json(
      { items: forForce.map((rule) => settingJson(rule, settings.get(rule.id))), next: null },
      200,
    );
  });

  app.openapi(readRoute, async (c) => {
    const rule = forForce.find(({ id }) => id === c.req.valid('param').rule);
    if (!rule) return problem(c, { kind: 'not-found', detail: 'There is no such rule of grade C or P.' });
    const row = await readSetting(c.get('hub').db, rule.id);
    return c.json(settingJson(rule, row), 200, { ETag: tagOf(rule, row) });
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const rule = currentRule(c.req.valid('param').rule);
      if (!rule) return { kind: 'not-found', detail: 'There is no such rule.' };
      const body = c.req.valid('json');
      const wrong = checkSetting(rule, body);
      if (wrong) return wrong;
      await lockCalendar(tx);
      const stale = checkIfMatch(c, tagOf(rule, await readSetting(tx, rule.id)));
      if (stale) return stale;
      const by = { id: actor.id, requestId: actor.requestId };
      const { row, recomputation } = await setRule(tx, rule, body, by);
      return {
        status: 202,
        headers: { Location: `/api/calendar/recomputations/${recomputation.id}`, ETag: tagOf(rule, row) },
        body: { ...settingJson(rule, row), recomputation: recomputation.id },
      };
    }),
  );
};

function tagOf(rule: Rule, row: SettingRow | undefined): string {
  return etagOf(rule.id, row?.version ?? 0);
}

function settingJson(rule: Rule, row: SettingRow | undefined): z.input<typeof settingSchema> {
  const { adjust } = rule.period;
  return {
    rule: rule.id,
    title: rule.title,
    grade: rule.authority.grade,
    enabled: row?.enabled ?? true,
    amount: row?.amount ?? null,
    default: adjust?.amount ?? null,
    unit: adjust?.unit ?? null,
    note: row?.note ?? null,
    changedBy: row?.changedBy ?? null,
    changedAt: row?.changedAt ?? null,
    etag: tagOf(rule, row),
  };
}
