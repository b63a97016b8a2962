import { z } from 'zod';
import { mostBytes } from '../../court-results/decode-xml.ts';
import { readMessage } from '../../court-results/receive-message.ts';
import { recordCourtMessage } from '../../court-results/record-court-message.ts';
import { recordRefusal } from '../../court-results/store.ts';
import type { Refusal } from '../../court-results/court-message.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

/** What a message did, or what settling an exception did. */
export const effectSchema = z
  .strictObject({
    kind: z.enum(['event', 'deadline', 'task', 'contact', 'exception']),
    id: z.string(),
    what: z.string().meta({ description: 'Type of event, rule, kind of task, or what is in doubt' }),
    caseUrn: z.string().nullable(),
    change: z.enum(['added', 'moved', 'met', 'withdrawn', 'superseded']).optional(),
    trigger: z.string().optional().meta({ example: 'TRPR0006' }),
    code: z.string().optional().meta({ example: 'HO100304' }),
    on: z.string().optional(),
    dueOn: z.string().nullable().optional(),
    task: z.string().optional(),
  })
  .meta({ id: 'CourtEffect' });

const route = defineRoute({
  method: 'post',
  path: '/api/court-results',
  access: ['feed'],
  maxBytes: mostBytes,
  around: async (c, next) => {
    await next();
    if ([400, 413, 415, 422].includes(c.res.status)) await keepRefusal(c);
  },
  tags: ['Courts'],
  summary: 'Take in a court’s results: an SPI ResultedCaseMessage, bare or in its envelope',
  description:
    'The same message again gives the same answer and changes nothing. What is not well-formed XML, has a document type or is too large is refused, and nothing of it is kept.',
  request: {
    body: {
      required: true,
      content: {
        'application/xml': { schema: z.string().meta({ description: 'ResultedCaseMessage' }) },
        'text/xml': { schema: z.string() },
      },
    },
    headers: idempotencyHeader,
  },
  responses: {
    202: jsonAnswer(
      'Taken in, and everything that it did',
      z.strictObject({
        messageId: z.string(),
        caseUrn: z.string().nullable(),
        effects: z.array(effectSchema),
      }),
    ),
    422: problemAnswer('It is XML, and no ResultedCaseMessage'),
  },
});

/** `POST /api/court-results` */
export const courtResults: Routes = (app) => {
  app.openapi(route, async (c) => {
    const charset = /charset\s*=\s*"?([\w.-]+)/i.exec(c.req.header('Content-Type') ?? '')?.[1];
    const read = readMessage(new Uint8Array(await c.req.arrayBuffer()), charset);
    if (read.kind === 'refused') return problem(c, failureOf(read));
    return change(c, async (tx, actor) => {
      const recording = await recordingOf(tx, actor);
      const { answer, caseIds } = await recordCourtMessage(tx, read.message, read.body, recording);
      await recordAccess(tx, {
        ...{ staff: actor.staff, caseId: caseIds, action: 'change' },
        ...{ route: c.get('routeName'), requestId: actor.requestId },
      });
      return { status: 202, body: answer };
    });
  });
};

const kinds = {
  malformed: 'malformed',
  'too-large': 'too-large',
  unsupported: 'unsupported-type',
  invalid: 'invalid',
} as const;

function failureOf({ why, reason }: Refusal): Failure {
  return { kind: kinds[why], detail: reason };
}

async function keepRefusal(c: Context): Promise<void> {
  const { detail } = (await c.res.clone().json()) as { detail: string };
  const length = Number(c.req.header('Content-Length'));
  await recordRefusal(c.get('hub').db, {
    receivedFrom: c.get('staff').id,
    reason: detail,
    bytes: Number.isSafeInteger(length) && length <= 2_147_483_647 ? length : null,
  });
}
