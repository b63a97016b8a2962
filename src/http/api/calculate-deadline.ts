import { z } from 'zod';
import { isCivilDate } from '../../calendar/civil-date.ts';
import { toLondonOffset } from '../../calendar/london-time.ts';
import { calculateDeadline as calculate, type Calculated } from '../../deadlines/calculate.ts';
import { factSchemas, factTitles, type FactName } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { readForceSettings } from '../../deadlines/store-settings.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import { authoritySchema, isToBeChecked } from '../authority-schema.ts';
import { defineRoute, jsonAnswer, jsonBody } from '../define-route.ts';
import { problem } from '../problem.ts';

type OptionalFacts = { [Name in FactName]: z.ZodOptional<(typeof factSchemas)[Name]> };

export const factsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(factSchemas).map(([name, schema]) => [
      name,
      schema.optional().meta({ description: factTitles[name as FactName] }),
    ]),
  ) as OptionalFacts,
);

const bodySchema = z.strictObject({ rule: z.string().min(1).max(64), facts: factsSchema }).meta({
  id: 'DeadlineQuestion',
  example: { rule: 'ctl-summary-56', facts: { custody: [{ from: '2026-01-10' }] } },
});

export const calculatedSchema = z
  .strictObject({
    rule: z.string(),
    ruleVersion: z.number().int(),
    title: z.string(),
    legalDue: z.string().nullable().meta({
      description: 'A date, or an instant for a rule counted in hours; null where the clock is not running',
    }),
    actionDue: z.string().nullable().meta({ description: 'The business day on or before it' }),
    authority: authoritySchema,
    checkWithForce: z.boolean(),
    explanation: z.array(z.string()),
  })
  .meta({
    id: 'CalculatedDeadline',
    example: {
      rule: 'ctl-summary-56',
      ruleVersion: 1,
      title: 'Custody time limit, summary-only offence',
      legalDue: '2026-03-06',
      actionDue: '2026-03-06',
      authority: {
        instrument: 'Prosecution of Offences (Custody Time Limits) Regulations 1987 (SI 1987/299)',
        provision: 'note (a) to CrimPR 2020 r.14.18',
        grade: 'A',
      },
      checkWithForce: false,
      explanation: ['First day in custody 10 January 2026 is not counted'],
    },
  });

const route = defineRoute({
  method: 'post',
  path: '/api/deadlines/calculate',
  access: everyRole,
  tags: ['Deadlines'],
  summary: 'A deadline from a rule and facts, with no case, and how it was worked out',
  request: { body: jsonBody(bodySchema) },
  responses: { 200: jsonAnswer('The dates', calculatedSchema) },
});

/** `POST /api/deadlines/calculate` */
export const calculateDeadline: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { rule, facts } = c.req.valid('json');
    const { db } = c.get('hub');
    const [calendar, settings] = await Promise.all([loadCalendar(db), readForceSettings(db)]);
    const calculated = calculate(rule, facts, calendar, { settings });
    return isFailure(calculated) ? problem(c, calculated) : c.json(calculatedJson(calculated), 200);
  });
};

/** What the calculator answers for one rule. */
export function calculatedJson({
  rule,
  legalDue,
  actionDue,
  explanation,
}: Calculated): z.input<typeof calculatedSchema> {
  return {
    rule: rule.id,
    ruleVersion: rule.version,
    title: rule.title,
    legalDue: legalDue === null || isCivilDate(legalDue) ? legalDue : toLondonOffset(legalDue),
    actionDue,
    authority: rule.authority,
    checkWithForce: isToBeChecked(rule.authority),
    explanation,
  };
}
