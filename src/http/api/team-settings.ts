import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { invalid } from '../../platform/failure.ts';
import { traits } from '../../workload/case-traits.ts';
import { lockTeamSettings, readRota, readTeamSettings, rotaErrors, setRota } from '../../workload/rota.ts';
import { ruleErrors, setRules } from '../../workload/set-rules.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { clockField } from './staff-pattern.ts';
import { skillField } from './staff-skills.ts';

const teamParam = z.object({ team: z.enum(['crime', 'traffic']).meta({ example: 'crime' }) });
const staffId = z.string().min(1).max(40);

const rotaSchema = z
  .strictObject({
    cover: z
      .array(z.strictObject({ on: civilDateField, staffId, start: clockField, end: clockField }))
      .max(400),
  })
  .meta({ id: 'Rota' });

const ruleSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  traits: z.array(z.enum(traits)).default([]),
  stations: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
  skills: z.array(skillField).max(10).default([]),
  to: z.array(staffId).max(50).default([]),
});
const rulesSchema = z.strictObject({ rules: z.array(ruleSchema).max(50) }).meta({ id: 'AssignmentRules' });

const usual = {
  412: problemAnswer('It was changed after it was read'),
  428: problemAnswer('If-Match is missing'),
};

const rotaRoute = { path: '/api/teams/{team}/rota', tags: ['Seniors'] };
const readRotaRoute = defineRoute({
  ...rotaRoute,
  method: 'get',
  access: ['caseworker', 'senior', 'administrator'],
  summary: 'Who covers custody cases on weekends and bank holidays, from today on',
  request: { params: teamParam },
  responses: { 200: jsonAnswer('The rota', rotaSchema) },
});
const setRotaRoute = defineRoute({
  ...rotaRoute,
  method: 'put',
  access: ['senior'],
  summary: 'Set who covers custody cases on weekends and bank holidays, from today on',
  request: { params: teamParam, body: jsonBody(rotaSchema), headers: ifMatchHeader },
  responses: { 200: jsonAnswer('The rota', rotaSchema), ...usual },
});

const rulesRoute = { path: '/api/teams/{team}/assignment-rules', tags: ['Seniors'] };
const readRulesRoute = defineRoute({
  ...rulesRoute,
  method: 'get',
  access: ['senior', 'administrator'],
  summary: 'By which rules a team’s cases are given out',
  request: { params: teamParam },
  responses: { 200: jsonAnswer('The rules', rulesSchema) },
});
const setRulesRoute = defineRoute({
  ...rulesRoute,
  method: 'put',
  access: ['senior'],
  summary: 'Set by which rules a team’s cases are given out: what they take, and who is to have them',
  request: { params: teamParam, body: jsonBody(rulesSchema), headers: ifMatchHeader },
  responses: {
    200: jsonAnswer(
      'The rules',
      rulesSchema.extend({
        changedCases: z.number().int().meta({ description: 'Open cases that take other skills than before' }),
      }),
    ),
    ...usual,
  },
});

const rotaTag = (team: string, version: number) => etagOf(`${team}:rota`, version);
const rulesTag = (team: string, version: number) => etagOf(`${team}:assignment-rules`, version);

/** `GET|PUT /api/teams/:team/rota`, `/assignment-rules` */
export const teamSettings: Routes = (app) => {
  app.openapi(readRotaRoute, async (c) => {
    const { db } = c.get('hub');
    const { team } = c.req.valid('param');
    const { rotaVersion } = await readTeamSettings(db, team);
    const cover = await readRota(db, team, civilDateOf(await readNow(db)));
    return c.json({ cover }, 200, { ETag: rotaTag(team, rotaVersion) });
  });

  app.openapi(setRotaRoute, (c) =>
    change(c, async (tx, { id, requestId }) => {
      const { team } = c.req.valid('param');
      const { cover } = c.req.valid('json');
      await lockTeamSettings(tx, team);
      const stale = checkIfMatch(c, rotaTag(team, (await readTeamSettings(tx, team)).rotaVersion));
      if (stale) return stale;
      const now = await readNow(tx);
      const errors = await rotaErrors(tx, team, cover, await loadCalendar(tx), now);
      if (errors.length > 0) return invalid(errors);
      const version = await setRota(tx, team, cover, { actor: { id, requestId }, now });
      const body = { cover: await readRota(tx, team, civilDateOf(now)) };
      return { status: 200, headers: { ETag: rotaTag(team, version) }, body };
    }),
  );

  app.openapi(readRulesRoute, async (c) => {
    const { team } = c.req.valid('param');
    const { rules, rulesVersion } = await readTeamSettings(c.get('hub').db, team);
    return c.json({ rules }, 200, { ETag: rulesTag(team, rulesVersion) });
  });

  app.openapi(setRulesRoute, (c) =>
    change(c, async (tx, { id, requestId }) => {
      const { team } = c.req.valid('param');
      const { rules } = c.req.valid('json');
      await lockTeamSettings(tx, team);
      const stale = checkIfMatch(c, rulesTag(team, (await readTeamSettings(tx, team)).rulesVersion));
      if (stale) return stale;
      const errors = await ruleErrors(tx, team, rules);
      if (errors.length > 0) return invalid(errors);
      const by = { actor: { id, requestId }, now: await readNow(tx) };
      const { version, changedCases } = await setRules(tx, team, rules, by);
      return { status: 200, headers: { ETag: rulesTag(team, version) }, body: { rules, changedCases } };
    }),
  );
};
