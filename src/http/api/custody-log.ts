import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { readCustodyLog } from '../../cases/custody-log.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { openCase } from '../case-access.ts';
import { defineRoute, problemAnswer } from '../define-route.ts';
import { custodyLogPage } from '../pages/custody-log.ts';
import { problem } from '../problem.ts';
import { answerPlainPage } from '../plain-page.ts';
import { urnParam } from './cases.ts';

const text = z.string().nullable();

const limitSchema = z.strictObject({
  deadlineId: z.uuid(),
  rule: z.string(),
  title: z.string(),
  authority: z.string(),
  state: z.enum(['pending', 'met', 'missed', 'withdrawn']),
  endedWhy: text,
  limitDays: z.number().int().nullable(),
  daysUsed: z.number().int().meta({ description: 'By today, or by the day on which it expired' }),
  expiresOn: text,
  explanation: z.array(z.string()),
  warnings: z.array(
    z.strictObject({
      step: z.string(),
      at: text,
      to: z.array(z.string()).meta({ description: 'Staff ids' }),
    }),
  ),
});

const logSchema = z
  .strictObject({
    urn: z.string(),
    at: z.string(),
    officer: z.string(),
    caseworker: text,
    defendants: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        remand: z.string(),
        custody: z.array(
          z.strictObject({
            from: z.string(),
            to: text,
            recordedBy: z.string(),
            recordedAt: text,
            assumed: text,
          }),
        ),
        charges: z.array(
          z.strictObject({
            id: z.uuid(),
            code: z.string(),
            title: z.string(),
            class: z.string(),
            limits: z.array(limitSchema),
            extensions: z.array(
              z.strictObject({
                decision: z.enum(['granted', 'refused']),
                on: z.string(),
                until: text,
                expiresOn: text,
                recordedBy: z.string(),
                recordedAt: z.string(),
              }),
            ),
          }),
        ),
        confirmations: z.array(
          z.strictObject({
            result: z.enum(['confirmed', 'differs']),
            dueOn: z.string(),
            by: z.string(),
            at: z.string(),
            figures: z.array(z.strictObject({ by: z.string(), dueOn: text, method: text, note: text })),
          }),
        ),
      }),
    ),
    chases: z.array(
      z.strictObject({
        at: z.string(),
        material: z.string(),
        why: z.string(),
        dueOn: z.string(),
        askedAt: z.string(),
        state: z.string(),
        step: z.string(),
        level: z.string(),
        recipient: text,
        sentAt: text,
      }),
    ),
    answers: z.array(
      z.strictObject({
        at: z.string(),
        on: z.string(),
        by: z.string(),
        material: text,
        what: z.string(),
        until: text,
        reason: text,
      }),
    ),
    tasks: z.array(
      z.strictObject({
        id: z.uuid(),
        kind: z.string(),
        title: z.string(),
        createdAt: z.string(),
        state: z.string(),
        assignee: text,
        closedAt: text,
        closedBy: text,
        outcome: text,
        note: text,
      }),
    ),
  })
  .meta({ id: 'CustodyLog' });

const route = defineRoute({
  method: 'get',
  path: '/api/cases/{urn}/custody-log',
  access: ['caseworker', 'senior'],
  tags: ['Cases'],
  summary:
    'The custody-limit log of a case: what is used, by what count, who confirmed, how the police were chased',
  request: { params: urnParam },
  responses: {
    200: {
      description: 'The log; a page to print for those who accept text/html',
      content: { 'application/json': { schema: logSchema }, 'text/html': { schema: z.string() } },
    },
    404: problemAnswer('There is no such case'),
  },
});

/** `GET /api/cases/:urn/custody-log` */
export const custodyLog: Routes = (app) => {
  app.openapi(route, async (c) => {
    const row = await openCase(c, c.req.valid('param').urn);
    if (isFailure(row)) return problem(c, row);
    const { db } = c.get('hub');
    const log = await readCustodyLog(db, row, await readNow(db));
    c.header('Vary', 'Accept');
    if (c.req.header('Accept')?.includes('text/html') !== true) return c.json(log, 200);
    return answerPlainPage(c, (nonce) => custodyLogPage(log, nonce));
  });
};
