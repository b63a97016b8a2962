import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { materialRequests, officerLinks, officers } from '../../../db/schema/index.ts';
import { lockLink, revokeLinks, type LinkRow } from '../../chasers/store-links.ts';
import { instantField } from '../../deadlines/facts.ts';
import { recordHistory } from '../../staff/history.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';

const linkSchema = z
  .strictObject({
    id: z.uuid(),
    officer: z.string(),
    messageId: z.uuid(),
    items: z.number().int().meta({ description: 'How many requests it opens' }),
    issuedAt: z.string(),
    expiresAt: z.string(),
    state: z.enum(['works', 'expired', 'revoked']),
    revokedAt: z.string().nullable(),
    revokedBy: z.string().nullable(),
    revokedWhy: z.string().nullable(),
  })
  .meta({ id: 'OfficerLink' });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/officers/{collar}/links',
  access: ['caseworker', 'senior'],
  tags: ['Officers'],
  summary: 'The links that an officer was sent, the newest first; what opens them is shown nowhere',
  request: {
    params: z.object({ collar: z.string().min(1).max(20).meta({ example: 'PC1001' }) }),
    query: pageQuery(z.tuple([instantField, z.uuid()])),
  },
  responses: {
    200: jsonAnswer('A page of links', pageSchema(linkSchema)),
    404: problemAnswer('There is no such officer'),
  },
});

const revokeRoute = defineRoute({
  method: 'post',
  path: '/api/officer-links/{id}/revoke',
  access: ['caseworker', 'senior'],
  tags: ['Officers'],
  summary: 'Close a link for good, as where its message went astray; again changes nothing',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ reason: z.string().trim().min(1).max(500) })),
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer('The link', linkSchema),
    404: problemAnswer('There is no such link'),
  },
});

/** `GET /api/officers/:collar/links`, `POST /api/officer-links/:id/revoke` */
export const officerLinksApi: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { db } = c.get('hub');
    const { collar } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    const [officer] = await db.select().from(officers).where(eq(officers.collar, collar));
    if (!officer) return problem(c, { kind: 'not-found', detail: 'There is no such officer.' });
    const [now, rows] = await Promise.all([
      readNow(db),
      db
        .select()
        .from(officerLinks)
        .where(
          and(
            eq(officerLinks.officer, collar),
            cursor === undefined
              ? undefined
              : sql`(${officerLinks.issuedAt}, ${officerLinks.id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
          ),
        )
        .orderBy(desc(officerLinks.issuedAt), desc(officerLinks.id))
        .limit(limit + 1),
    ]);
    const found = page(rows, limit, ({ issuedAt, id }) => [issuedAt, id]);
    return c.json({ items: found.items.map((row) => linkJson(row, now)), next: found.next }, 200);
  });

  app.openapi(revokeRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id } = c.req.valid('param');
      const link = await lockLink(tx, id);
      if (!link) return { kind: 'not-found', detail: 'There is no such link.' };
      const now = await readNow(tx);
      const why = c.req.valid('json').reason;
      const [revoked] = await revokeLinks(tx, { id }, { by: actor.id, why }, now);
      if (revoked) await recordHistory(tx, actor, now, await entriesOf(tx, revoked));
      return { status: 200, body: linkJson(revoked ?? link, now) };
    }),
  );
};

/** In the history of each case of which the link opened something. */
async function entriesOf(tx: Transaction, { id, officer, messageId, requests }: LinkRow) {
  const ids = requests.map((request) => request.id);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .selectDistinct({ caseId: materialRequests.caseId })
          .from(materialRequests)
          .where(inArray(materialRequests.id, ids));
  return rows.map(({ caseId }) => ({
    action: 'officer-link-revoked',
    caseId,
    entity: 'officer-link',
    entityId: id,
    detail: { officer, messageId },
  }));
}

function linkJson(row: LinkRow, now: string): z.input<typeof linkSchema> {
  const { id, officer, messageId, requests, issuedAt, expiresAt, revokedAt, revokedBy, revokedWhy } = row;
  return {
    id,
    officer,
    messageId,
    items: requests.length,
    issuedAt,
    expiresAt,
    state: revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : 'works',
    revokedAt,
    revokedBy,
    revokedWhy,
  };
}
