import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { lockCase } from '../../cases/settle.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import {
  checkAnswers,
  readAgain,
  readAsked,
  type AskedRequest,
  type OfficerAnswer,
} from '../../chasers/officer-reply.ts';
import { readLink, type OfficerLink } from '../../chasers/officer-link.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { invalid, isFailure, type Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { explainIssues } from '../explain-issues.ts';
import { findUnstorable } from '../find-unstorable.ts';
import { changeAs } from '../idempotency.ts';
import { officerPage, readForm } from './officer-page.ts';
import { problem } from '../problem.ts';
import type { Database, Transaction } from '../../../db/connect.ts';

const answersBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        requestId: z.uuid(),
        answer: z.enum(['sent', 'late', 'not-mine', 'cannot']),
        until: civilDateField.optional(),
        reason: z.string().trim().min(1).max(500).optional(),
      }),
    )
    .min(1)
    .max(200),
});

const askedSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      requestId: z.uuid(),
      caseUrn: z.string(),
      material: z.string(),
      why: z.string(),
      dueOn: z.string(),
      state: z.string(),
      answer: z.string().nullable(),
    }),
  ),
});

const tokenParam = z.object({ token: z.string().max(1_000) });

const readRoute = defineRoute({
  method: 'get',
  path: '/r/{token}',
  access: 'anyone',
  tags: ['Officers'],
  summary: 'What an officer is asked for, by signed link; a page, or JSON for those who accept it',
  request: { params: tokenParam },
  responses: {
    200: jsonAnswer('What is asked for', askedSchema),
    410: problemAnswer('The link has expired'),
  },
});

const answerRoute = defineRoute({
  method: 'post',
  path: '/r/{token}',
  access: 'anyone',
  tags: ['Officers'],
  summary: 'An officer’s answers, by signed link; a form, or JSON',
  request: {
    params: tokenParam,
    headers: idempotencyHeader,
    body: {
      // Of two media types each is checked by its own schema only where the body is not said to be needed.
      required: false,
      content: {
        'application/json': { schema: answersBody },
        'application/x-www-form-urlencoded': { schema: z.record(z.string(), z.string()) },
      },
    },
  },
  responses: {
    200: jsonAnswer('What is asked for, after the answers', askedSchema),
    410: problemAnswer('The link has expired'),
  },
});

/** `GET|POST /r/:token`: nothing changes on GET, so that a mail scanner that opens links answers nothing. */
export const officerAnswers: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const link = await openLink(c, c.req.valid('param').token);
    if (isFailure(link)) return problem(c, link);
    const asked = await showAsked(c, link);
    return wantsPage(c) ? officerPage(c, asked) : c.json(askedJson(asked), 200);
  });

  app.openapi(answerRoute, async (c) => {
    const link = await openLink(c, c.req.valid('param').token);
    if (isFailure(link)) return problem(c, link);
    const isForm = c.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true;
    const given = isForm ? readForm(await c.req.parseBody()) : await readJson(c);
    const parsed = answersBody.safeParse(given);
    const asked = await showAsked(c, link);
    const unstorable = findUnstorable(given);
    if (!parsed.success || unstorable.length > 0) {
      const errors = [...unstorable, ...explainIssues(parsed.error?.issues ?? [], given)];
      return isForm ? officerPage(c, asked, errors) : problem(c, invalid(errors));
    }
    let failed: Failure | undefined;
    const answered = await changeAs(c, `officer:${link.officer}`, async (tx) => {
      const outcome = await recordAnswers(c, tx, link, asked, parsed.data.items);
      if (isFailure(outcome)) {
        failed = outcome;
        return outcome;
      }
      return { status: 200, body: askedJson(outcome) };
    });
    if (!isForm) return answered;
    if (failed) return officerPage(c, asked, failed.errors ?? [{ path: '', message: failed.detail }]);
    return answered.ok ? c.redirect(c.req.path, 303) : answered;
  });
};

async function openLink(c: Context, token: string): Promise<OfficerLink | Failure> {
  const { config, db } = c.get('hub');
  const link = config.linkSecret === undefined ? null : readLink(token, config.linkSecret);
  if (link === null) return { kind: 'not-found', detail: 'This link does not work. Use the newest message.' };
  if (link.expiresAt <= (await readNow(db)))
    return { kind: 'gone', detail: 'This link has expired. Use the newest message.' };
  return link;
}

/** A body that is not there is told by what it should have held. */
async function readJson(c: Context): Promise<unknown> {
  return (await c.req.text()) === '' ? {} : c.req.json();
}

/** What a link asks for, of which is kept that its officer was shown it. */
async function showAsked(c: Context, link: OfficerLink): Promise<AskedRequest[]> {
  const { db } = c.get('hub');
  const asked = await readAsked(db, link.messageId, link.officer);
  const cases = asked.map(({ request }) => request.caseId);
  await noteAccess(c, db, link, cases, 'read');
  return asked;
}

async function noteAccess(
  c: Context,
  db: Database | Transaction,
  { officer }: OfficerLink,
  caseId: string | string[],
  action: 'read' | 'change',
): Promise<void> {
  const [route, requestId] = [c.get('routeName'), c.get('requestId')];
  await recordAccess(db, { staff: `officer:${officer}`, caseId, action, route, requestId });
}

async function recordAnswers(
  c: Context,
  tx: Transaction,
  link: OfficerLink,
  asked: readonly AskedRequest[],
  answers: readonly OfficerAnswer[],
): Promise<AskedRequest[] | Failure> {
  const recording = await recordingOf(tx, {
    id: `officer:${link.officer}`,
    requestId: c.get('requestId'),
  });
  const { now } = recording;
  const byId = new Map(asked.map(({ request }) => [request.id, request]));
  const errors = checkAnswers(answers, byId, civilDateOf(now));
  if (errors.length > 0) return invalid(errors);
  const caseIds = [...new Set(answers.map(({ requestId }) => byId.get(requestId)?.caseId ?? ''))].sort();
  for (const caseId of caseIds) {
    const row = await lockCase(tx, caseId);
    if (!row) continue;
    await noteAccess(c, tx, link, caseId, 'change');
    const fresh = await readAgain(tx, [...byId.keys()]);
    for (const { requestId, answer, until, reason } of answers) {
      const request = fresh.get(requestId);
      if (request?.caseId !== caseId || request.state !== 'outstanding') continue;
      const data = {
        request: request.key,
        answer,
        ...(until === undefined ? {} : { until }),
        ...(reason === undefined ? {} : { reason }),
      };
      await recordOwnEvent(
        tx,
        row,
        { type: 'officer-answered', on: civilDateOf(now), at: now, data },
        recording,
      );
    }
  }
  return readAsked(tx, link.messageId, link.officer);
}

function askedJson(asked: readonly AskedRequest[]): z.input<typeof askedSchema> {
  return {
    items: asked.map(({ request, urn }) => ({
      requestId: request.id,
      caseUrn: urn,
      material: sayMaterial(request.material),
      why: request.why,
      dueOn: request.dueOn,
      state: request.state,
      answer: request.answer,
    })),
  };
}

function wantsPage(c: Context): boolean {
  return c.req.header('Accept')?.includes('text/html') === true;
}
