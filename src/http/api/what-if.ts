import { z } from 'zod';
import { civilDateField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { readForceSettings } from '../../deadlines/store-settings.ts';
import { whatIf as ask } from '../../deadlines/what-if.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import { defineRoute, jsonAnswer, jsonBody } from '../define-route.ts';
import { problem } from '../problem.ts';
import { calculatedJson, calculatedSchema, factsSchema } from './calculate-deadline.ts';

const bodySchema = z
  .strictObject({
    facts: factsSchema,
    rules: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(300)
      .optional()
      .meta({ description: 'Ids of rules; every rule whose needed facts are all given, unless named' }),
    on: civilDateField.optional().meta({
      description: 'The day that decides which version of a rule applies; that of its facts unless given',
    }),
  })
  .meta({
    id: 'WhatIfQuestion',
    example: { facts: { custody: [{ from: '2026-06-01' }], sentToCrownCourtOn: '2026-06-08' } },
  });

const answerSchema = z
  .strictObject({
    items: z.array(calculatedSchema),
    notComputed: z.array(
      z.strictObject({
        rule: z.string(),
        missing: z.array(z.string()).meta({ description: 'Facts that it still needs' }),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'WhatIf' });

const route = defineRoute({
  method: 'post',
  path: '/api/deadlines/what-if',
  access: everyRole,
  tags: ['Deadlines'],
  summary: 'Every deadline that facts would give, with no case and nothing saved',
  request: { body: jsonBody(bodySchema) },
  responses: { 200: jsonAnswer('Deadlines, soonest first, and the rules that give none', answerSchema) },
});

/** `POST /api/deadlines/what-if` */
export const whatIf: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { facts, rules, on } = c.req.valid('json');
    const { db } = c.get('hub');
    const [calendar, settings] = await Promise.all([loadCalendar(db), readForceSettings(db)]);
    const answer = ask(facts, { rules, on }, calendar, settings);
    if (isFailure(answer)) return problem(c, answer);
    return c.json({ items: answer.items.map(calculatedJson), notComputed: answer.notComputed }, 200);
  });
};
