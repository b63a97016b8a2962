import { z } from 'zod';
import { readLearned } from '../../workload/learn-effort.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const effortSchema = z
  .strictObject({
    team: z.string(),
    kind: z.string(),
    complexity: z.enum(['simple', 'standard', 'complex']),
    p50: z.number().int().meta({ description: 'Minutes within which half are done; what is planned with' }),
    p80: z.number().int().meta({ description: 'Minutes within which four in five are done' }),
    samples: z.number().int(),
    learnedAt: z.string(),
  })
  .meta({ id: 'LearnedEffort' });

const route = defineRoute({
  method: 'get',
  path: '/api/effort',
  access: ['senior'],
  tags: ['Seniors'],
  summary: 'How long work takes, as each team has learned from what it completed; never by person',
  responses: {
    200: jsonAnswer(
      'Where a kind is not there the default of its rule is planned with',
      z.strictObject({ items: z.array(effortSchema), next: z.null() }),
    ),
  },
});

/** `GET /api/effort` */
export const effort: Routes = (app) => {
  app.openapi(route, async (c) => {
    const rows = await readLearned(c.get('hub').db);
    const items = rows.map(({ team, kind, complexity, p50, p80, samples, learnedAt }) => {
      const how = complexity as 'simple' | 'standard' | 'complex';
      return { team, kind, complexity: how, p50, p80, samples, learnedAt };
    });
    return c.json({ items, next: null }, 200);
  });
};
