import { z } from 'zod';
import { applySettings, type RuleSetting } from '../../deadlines/apply-settings.ts';
import { factTitles, type FactName } from '../../deadlines/facts.ts';
import type { Rule } from '../../deadlines/rule.ts';
import { currentRule, rules } from '../../deadlines/rules/register.ts';
import { readForceSettings } from '../../deadlines/store-settings.ts';
import type { Routes } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import { authoritySchema, isToBeChecked } from '../authority-schema.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';
import { pageSchema, wholeListQuery, wholeOrPage } from '../paging.ts';

const neededFactSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  required: z.boolean(),
  oneOf: z.array(z.string()).optional().meta({ description: 'One of these is needed' }),
});

export const ruleSchema = z
  .strictObject({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    authority: authoritySchema,
    owner: z.enum(['police', 'officer', 'hub', 'cps', 'court', 'defence', 'victim']),
    about: z.enum(['case', 'defendant', 'offence', 'person', 'hearing']),
    facts: z.array(neededFactSchema),
    period: z.string().meta({ description: 'The period and how it is counted, in words' }),
    starts: z.string(),
    meets: z.array(z.string()),
    ends: z.array(z.string()),
    inForce: z.strictObject({ from: z.string(), to: z.string().optional() }),
    ifMissed: z.string(),
    warnings: z.array(z.number().int()).meta({ description: 'Days before legalDue' }),
    checkWithForce: z.boolean(),
    enabled: z.boolean().meta({ description: 'False where the force has switched it off' }),
    amount: z.number().int().nullable().meta({ description: 'The number by which this hub counts' }),
    default: z.number().int().nullable().meta({ description: 'The number unless the force sets another' }),
    examples: z.array(
      z.strictObject({
        facts: z.record(z.string(), z.unknown()),
        legalDue: z.string(),
        actionDue: z.string().optional(),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'DeadlineRule' });

const route = defineRoute({
  method: 'get',
  path: '/api/deadline-rules',
  access: everyRole,
  tags: ['Deadlines'],
  summary: 'Every rule that gives a case a deadline, in its current version',
  request: { query: wholeListQuery },
  responses: {
    200: jsonAnswer('The rules', pageSchema(ruleSchema)),
  },
});

/** `GET /api/deadline-rules` */
export const deadlineRules: Routes = (app) => {
  const ids = [...new Set(rules.map(({ id }) => id))];
  const current = ids.flatMap((id) => currentRule(id) ?? []);
  app.openapi(route, async (c) => {
    const settings = await readForceSettings(c.get('hub').db);
    const shown = current.map((rule) => render(rule, settings));
    return c.json(wholeOrPage(shown, c.req.valid('query')), 200);
  });
};

function render(published: Rule, settings: readonly RuleSetting[]): z.input<typeof ruleSchema> {
  const [asSet] = applySettings([published], settings);
  const rule = asSet ?? published;
  return {
    id: rule.id,
    version: rule.version,
    title: rule.title,
    authority: rule.authority,
    owner: rule.owner,
    about: rule.about,
    facts: factsOf(rule),
    period: rule.period.says,
    starts: rule.starts.says,
    meets: rule.meets.map(({ says }) => says),
    ends: rule.ends.map(({ says }) => says),
    inForce: rule.inForce,
    ifMissed: rule.ifMissed,
    warnings: [...rule.warnings],
    checkWithForce: isToBeChecked(rule.authority),
    enabled: asSet !== undefined,
    amount: rule.period.adjust?.amount ?? null,
    default: published.period.adjust?.amount ?? null,
    examples: rule.examples.map(({ facts, legalDue, actionDue, why }) => ({
      facts,
      legalDue,
      actionDue,
      why,
    })),
  };
}

function factsOf({ period }: Rule): z.input<typeof neededFactSchema>[] {
  const fact = (name: FactName, required: boolean) => ({ name, title: factTitles[name], required });
  return [
    ...period.needs.flatMap((names) =>
      names.map((name) =>
        names.length === 1 ? fact(name, true) : { ...fact(name, false), oneOf: [...names] },
      ),
    ),
    ...(period.optional ?? []).map((name) => fact(name, false)),
  ];
}
