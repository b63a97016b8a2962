import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../../db/schema/cases.ts';
import { messageChannels, messages } from '../../../db/schema/messages.ts';
import { signLinks } from '../../chasers/store-links.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, jsonAnswer } from '../define-route.ts';

const purposes = [
  'chaser',
  'escalation',
  'digest',
  'staff-alert',
  'victim-update',
  'answer-receipt',
] as const;

const messageSchema = z
  .strictObject({
    id: z.string(),
    channel: z.enum(messageChannels),
    to: z.strictObject({ id: z.string(), address: z.string() }),
    subject: z.string(),
    body: z.string(),
    at: z.string().meta({ format: 'date-time' }),
    purpose: z.enum(purposes),
    caseUrns: z.array(z.string()),
  })
  .meta({ id: 'DemoMessage' });

const route = defineRoute({
  method: 'get',
  path: '/demo/messages',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'What would have left the building, the newest last',
  request: {
    query: z.strictObject({
      to: z.string().max(100).optional().meta({ description: 'Id of the recipient', example: 'PC1001' }),
      caseUrn: z.string().max(40).optional().meta({ example: '21AB1234526' }),
    }),
  },
  responses: { 200: jsonAnswer('Messages', z.strictObject({ items: z.array(messageSchema) })) },
});

/** `GET /demo/messages?to=&caseUrn=` */
export const demoMessages: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { to, caseUrn } = c.req.valid('query');
    const { db, config } = c.get('hub');
    const ofCase =
      caseUrn === undefined
        ? undefined
        : await db.select({ id: cases.id }).from(cases).where(eq(cases.urn, caseUrn));
    if (ofCase?.length === 0) return c.json({ items: [] }, 200);
    const sent = await db
      .select()
      .from(messages)
      .where(
        and(
          eq(messages.state, 'sent'),
          to === undefined ? undefined : eq(messages.toId, to),
          ofCase === undefined
            ? undefined
            : sql`${messages.caseIds} @> ${JSON.stringify([ofCase[0]?.id])}::jsonb`,
        ),
      )
      .orderBy(messages.sentAt, messages.createdAt, messages.id);
    const caseIds = [...new Set(sent.flatMap((message) => message.caseIds))];
    const urns = new Map(
      caseIds.length === 0
        ? []
        : (
            await db.select({ id: cases.id, urn: cases.urn }).from(cases).where(inArray(cases.id, caseIds))
          ).map(({ id, urn }) => [id, urn]),
    );
    // What is kept opens nothing; what left did.
    const bodies = await signLinks(
      db,
      sent.map(({ body }) => body ?? ''),
      config.linkSecret ?? '',
    );
    const items = sent.map((message, i) => ({
      id: message.id,
      channel: message.channel,
      to: { id: message.toId, address: message.toAddress },
      subject: message.subject ?? '',
      body: bodies[i] ?? '',
      at: message.sentAt ?? message.createdAt,
      purpose: message.purpose,
      caseUrns: message.caseIds.flatMap((id) => urns.get(id) ?? []),
    }));
    return c.json({ items }, 200);
  });
};
