import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { readEndangered } from '../../chasers/asked-items.ts';
import { recordAnswers } from '../../chasers/record-answers.ts';
import { formToken, isFormToken } from '../../chasers/officer-link.ts';
import { readAsked, type AskedRequest } from '../../chasers/officer-reply.ts';
import { findLink, type LinkRow } from '../../chasers/store-links.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { loadCalendar } from '../../deadlines/store-calendar.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { occasionOf } from '../../materials/occasion.ts';
import { invalid, invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { explainIssues } from '../../platform/explain-issues.ts';
import { findUnstorable } from '../find-unstorable.ts';
import { changeAs } from '../idempotency.ts';
import { problem, statusOf } from '../problem.ts';
import { closedPage, officerPage } from './officer-page.ts';
import { readForm } from './officer-form.ts';

const answersBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        requestId: z.uuid(),
        answer: z.enum(['sent', 'late', 'not-mine', 'cannot']),
        asking: z
          .string()
          .max(100)
          .optional()
          .meta({ description: 'As it was read; an answer to what is no longer asked is refused' }),
        until: civilDateField.optional(),
        reason: z.string().trim().min(1).max(500).optional(),
        whose: z
          .string()
          .trim()
          .toUpperCase()
          .regex(/^[A-Z0-9]{1,20}$/, 'must be a collar number such as PC1002')
          .optional(),
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
      note: z.string().nullable().meta({ description: 'What the caseworker wrote beside a rejection' }),
      dueOn: z.string(),
      state: z.string(),
      asking: z.string(),
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
    404: problemAnswer('The link was never one of the hub’s'),
    410: problemAnswer('The link was revoked, or has expired'),
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
    404: problemAnswer('The link was never one of the hub’s'),
    410: problemAnswer('The link was revoked, or has expired'),
  },
});

/**
 * `GET|POST /r/:token`: nothing changes on GET, and a form is taken only with what its page holds, so that a mail
 * scanner that opens links, or posts to them, answers nothing.
 */
export const officerAnswers: Routes = (app) => {
  app.openapi(readRoute, async (c) => {
    const link = await openLink(c, c.req.valid('param').token);
    if (isFailure(link)) return refuse(c, link, wantsPage(c));
    const asked = await showAsked(c, link);
    return wantsPage(c) ? officerPage(c, await pageOf(c, link, asked)) : c.json(askedJson(asked), 200);
  });

  app.openapi(answerRoute, async (c) => {
    const isForm = c.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true;
    const link = await openLink(c, c.req.valid('param').token);
    if (isFailure(link)) return refuse(c, link, isForm);
    const fields = isForm ? await c.req.parseBody() : {};
    const given = isForm ? readForm(fields) : await readJson(c);
    const parsed = answersBody.safeParse(given);
    const asked = await showAsked(c, link);
    const tell = async (failure: Failure) =>
      isForm
        ? officerPage(c, {
            ...(await pageOf(c, link, asked)),
            fields,
            errors: failure.errors ?? [{ path: '', message: failure.detail }],
          })
        : problem(c, failure);
    if (isForm && !isOurForm(c, link, fields['form'])) return tell(notOurForm);
    const unstorable = findUnstorable(given);
    if (!parsed.success || unstorable.length > 0)
      return tell(invalid([...unstorable, ...explainIssues(parsed.error?.issues ?? [], given)]));
    let failed: Failure | undefined;
    const answered = await changeAs(c, `officer:${link.officer}`, async (tx) => {
      const recording = await recordingOf(tx, actorOf(c, link));
      const outcome = await recordAnswers(tx, link, asked, parsed.data.items, recording, (caseId) =>
        noteAccess(c, tx, link, caseId, 'change'),
      );
      if (isFailure(outcome)) {
        failed = outcome;
        return outcome;
      }
      return { status: 200, body: askedJson(outcome) };
    });
    if (!isForm) return answered;
    if (failed) return tell(failed);
    return answered.ok ? c.redirect(c.req.path, 303) : answered;
  });
};

const notOurForm = invalidField('', 'Open the link in your message again, and send your answers from there');

function isOurForm(c: Context, link: LinkRow, given: unknown): boolean {
  const { linkSecret = '' } = c.get('hub').config;
  return typeof given === 'string' && isFormToken(given, link, linkSecret);
}

async function pageOf(c: Context, link: LinkRow, asked: readonly AskedRequest[]) {
  const { config, db } = c.get('hub');
  const today = civilDateOf(await readNow(db));
  const ofCases = asked.map(({ request }) => request.caseId);
  const [calendar, endangered] = await Promise.all([loadCalendar(db), readEndangered(db, ofCases, today)]);
  return { link, asked, endangered, today, calendar, form: formToken(link, config.linkSecret ?? '') };
}

function actorOf(c: Context, { officer }: LinkRow) {
  return { id: `officer:${officer}`, requestId: c.get('requestId') };
}

async function openLink(c: Context, token: string): Promise<LinkRow | Failure> {
  const { config, db } = c.get('hub');
  return findLink(db, token, config.linkSecret ?? '', await readNow(db));
}

/** A browser gets a page that tells nothing of what the link was about. */
function refuse(c: Context, failure: Failure, asPage: boolean): Response | Promise<Response> {
  return asPage ? closedPage(c, statusOf(failure.kind)) : problem(c, failure);
}

/** A body that is not there is told by what it should have held. */
async function readJson(c: Context): Promise<unknown> {
  return (await c.req.text()) === '' ? {} : c.req.json();
}

/** What a link asks for, of which is kept that its officer was shown it. */
async function showAsked(c: Context, link: LinkRow): Promise<AskedRequest[]> {
  const { db } = c.get('hub');
  const asked = await readAsked(db, link.requests);
  await noteAccess(
    c,
    db,
    link,
    asked.map(({ request }) => request.caseId),
    'read',
  );
  return asked;
}

async function noteAccess(
  c: Context,
  db: Database | Transaction,
  { officer }: LinkRow,
  caseId: string | string[],
  action: 'read' | 'change',
): Promise<void> {
  const [route, requestId] = [c.get('routeName'), c.get('requestId')];
  await recordAccess(db, { staff: `officer:${officer}`, caseId, action, route, requestId });
}

function askedJson(asked: readonly AskedRequest[]): z.input<typeof askedSchema> {
  return {
    items: asked.map(({ request, urn }) => ({
      requestId: request.id,
      caseUrn: urn,
      material: sayMaterial(request.material),
      why: request.why,
      note: request.note,
      dueOn: request.dueOn,
      state: request.state,
      asking: occasionOf(request),
      answer: request.answer,
    })),
  };
}

function wantsPage(c: Context): boolean {
  return c.req.header('Accept')?.includes('text/html') === true;
}
