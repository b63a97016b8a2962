import { desc, eq, inArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { cases, chasers, materialRequests, officers as officerTable } from '../../../db/schema/index.ts';
import { readOwed } from '../../materials/store.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { recordAccess } from '../access.ts';
import { mayList } from '../case-access.ts';
import { defineRoute, jsonAnswer, problemAnswer } from '../define-route.ts';
import { page, pageQuery, pageSchema, wholeListQuery, wholeOrPage } from '../paging.ts';
import { problem } from '../problem.ts';
import { materialJson, materialSchema } from './material-json.ts';

const collarParam = z.object({ collar: z.string().min(1).max(20).meta({ example: 'PC1001' }) });

const chaserSchema = z
  .strictObject({
    id: z.uuid(),
    at: z.string(),
    step: z.string(),
    level: z.enum(['officer', 'sergeant', 'inspector', 'caseworker']),
    recipient: z.string().nullable(),
    messageId: z.uuid().nullable(),
    material: materialSchema,
  })
  .meta({ id: 'Chaser' });

const requestsRoute = defineRoute({
  method: 'get',
  path: '/api/officers/{collar}/requests',
  access: ['caseworker', 'senior'],
  tags: ['Officers'],
  summary: 'Everything that an officer owes, most urgent first',
  request: { params: collarParam, query: wholeListQuery },
  responses: {
    200: jsonAnswer('Material requests', pageSchema(materialSchema)),
    404: problemAnswer('There is no such officer'),
  },
});

const chasersRoute = defineRoute({
  method: 'get',
  path: '/api/officers/{collar}/chasers',
  access: ['caseworker', 'senior'],
  tags: ['Officers'],
  summary: 'Every chaser for what an officer owes, and every escalation to them, newest first',
  request: { params: collarParam, query: pageQuery(z.tuple([z.string(), z.uuid()])) },
  responses: {
    200: jsonAnswer('A page of chasers', pageSchema(chaserSchema)),
    404: problemAnswer('There is no such officer'),
  },
});

const noOfficer = { kind: 'not-found', detail: 'There is no such officer.' } as const;

/** `GET /api/officers/:collar/requests`, `/chasers` */
export const officers: Routes = (app) => {
  app.openapi(requestsRoute, async (c) => {
    const { db } = c.get('hub');
    const { collar } = c.req.valid('param');
    const [officer] = await db.select().from(officerTable).where(eq(officerTable.collar, collar));
    if (!officer) return problem(c, noOfficer);
    const owed = await readOwed(db, collar);
    const rows =
      owed.length === 0
        ? []
        : await db
            .select()
            .from(cases)
            .where(
              inArray(
                cases.id,
                owed.map(({ caseId }) => caseId),
              ),
            );
    const seen = new Map(rows.filter((row) => mayList(row, staffOf(c))).map((row) => [row.id, row.urn]));
    await recordAccess(db, {
      staff: staffOf(c),
      caseId: [...seen.keys()],
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const items = owed.flatMap((request) => {
      const urn = seen.get(request.caseId);
      return urn === undefined ? [] : [materialJson(request, urn)];
    });
    return c.json(wholeOrPage(items, c.req.valid('query')), 200);
  });

  app.openapi(chasersRoute, async (c) => {
    const { db } = c.get('hub');
    const { collar } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    const [officer] = await db.select().from(officerTable).where(eq(officerTable.collar, collar));
    if (!officer) return problem(c, noOfficer);
    const staff = staffOf(c);
    const rows = await db
      .select({ chaser: chasers, request: materialRequests, row: cases })
      .from(chasers)
      .innerJoin(materialRequests, eq(materialRequests.id, chasers.requestId))
      .innerJoin(cases, eq(cases.id, materialRequests.caseId))
      .where(
        sql`${or(eq(chasers.recipient, collar), eq(materialRequests.officer, collar))}
          and (not ${cases.restricted} or ${staff.id} = any(${cases.visibleTo}))
          and (${staff.role} <> 'caseworker' or ${cases.restricted} or ${cases.team} = ${staff.team})
          and ${cursor === undefined ? sql`true` : sql`(${chasers.at}, ${chasers.id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`}`,
      )
      .orderBy(desc(chasers.at), desc(chasers.id))
      .limit(limit + 1);
    const found = page(rows, limit, ({ chaser }) => [chaser.at, chaser.id]);
    await recordAccess(db, {
      staff,
      caseId: found.items.map(({ row }) => row.id),
      action: 'read',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
    const items = found.items.map(
      ({ chaser: { id, at, step, level, recipient, messageId }, request, row }) => ({
        id,
        at,
        step,
        level,
        recipient,
        messageId,
        material: materialJson(request, row.urn),
      }),
    );
    return c.json({ items, next: found.next }, 200);
  });
};
