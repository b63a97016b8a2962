import { html } from 'hono/html';
import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { lockCase } from '../../cases/settle.ts';
import { recordOwnEvent } from '../../cases/record-event.ts';
import { sayDate } from '../../calendar/civil-date.ts';
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
import { holdCalendar, loadCalendar } from '../../deadlines/store-calendar.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { invalid, isFailure, type Failure, type FieldError } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { recordAccess } from '../access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, problemAnswer } from '../define-route.ts';
import { explainIssues } from '../explain-issues.ts';
import { changeAs } from '../idempotency.ts';
import { problem } from '../problem.ts';
import type { Transaction } from '../../../db/connect.ts';

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
      required: true,
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
    const asked = await readAsked(c.get('hub').db, link.messageId, link.officer);
    return wantsPage(c) ? page(c, asked) : c.json(askedJson(asked), 200);
  });

  app.openapi(answerRoute, async (c) => {
    const link = await openLink(c, c.req.valid('param').token);
    if (isFailure(link)) return problem(c, link);
    const isForm = c.req.header('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true;
    const given = isForm ? readForm(await c.req.parseBody()) : ((await c.req.json()) as unknown);
    const parsed = answersBody.safeParse(given);
    const asked = await readAsked(c.get('hub').db, link.messageId, link.officer);
    if (!parsed.success) {
      const errors = explainIssues(parsed.error.issues, given);
      return isForm ? page(c, asked, errors) : problem(c, invalid(errors));
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
    if (failed) return page(c, asked, failed.errors ?? [{ path: '', message: failed.detail }]);
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

async function recordAnswers(
  c: Context,
  tx: Transaction,
  link: OfficerLink,
  asked: readonly AskedRequest[],
  answers: readonly OfficerAnswer[],
): Promise<AskedRequest[] | Failure> {
  const [, now, calendar] = await Promise.all([holdCalendar(tx), readNow(tx), loadCalendar(tx)]);
  const actor = { id: `officer:${link.officer}`, requestId: c.get('requestId') };
  const byId = new Map(asked.map(({ request }) => [request.id, request]));
  const errors = checkAnswers(answers, byId, civilDateOf(now));
  if (errors.length > 0) return invalid(errors);
  const caseIds = [...new Set(answers.map(({ requestId }) => byId.get(requestId)?.caseId ?? ''))].sort();
  for (const caseId of caseIds) {
    const row = await lockCase(tx, caseId);
    if (!row) continue;
    await recordAccess(tx, {
      staff: actor.id,
      caseId,
      action: 'change',
      route: c.get('routeName'),
      requestId: c.get('requestId'),
    });
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
        { now, calendar, actor },
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

/** The form's fields are `answer-<id>`, `until-<id>` and `reason-<id>`; an item without an answer is left alone. */
function readForm(fields: Record<string, unknown>): { items: Record<string, unknown>[] } {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const items = Object.keys(fields)
    .filter((name) => name.startsWith('answer-') && text(name) !== undefined)
    .map((name) => {
      const id = name.slice('answer-'.length);
      const answer = text(name);
      return {
        requestId: id,
        answer,
        until: answer === 'late' ? text(`until-${id}`) : undefined,
        reason: text(`reason-${id}`),
      };
    });
  return { items };
}

function page(c: Context, asked: readonly AskedRequest[], errors: readonly FieldError[] = []) {
  const open = asked.filter(({ request }) => request.state === 'outstanding');
  const title = `${errors.length > 0 ? 'Error: ' : ''}What the Prosecution Hub needs from you`;
  return c.html(
    html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
        </head>
        <body>
          <main>
            <h1>What the Prosecution Hub needs from you</h1>
            ${
              errors.length > 0
                ? html`<div role="alert">
                    <h2>There is a problem</h2>
                    <ul>
                      ${errors.map(({ path, message }) => html`<li>${fieldName(path)} ${message}</li>`)}
                    </ul>
                  </div>`
                : ''
            }
            ${
              open.length === 0
                ? html`<p>Nothing more is needed from you. Thank you.</p>`
                : html`<form method="post">
                    ${open.map(item)}
                    <p><button type="submit">Send my answers</button></p>
                  </form>`
            }
          </main>
        </body>
      </html>`,
    errors.length > 0 ? 422 : 200,
  );
}

function fieldName(path: string): string {
  const [, index, field] = path.split('.');
  return index === undefined ? 'Your answers:' : `Answer ${Number(index) + 1}, ${field ?? ''}:`;
}

const choices = [
  ['sent', 'I have sent it'],
  ['late', 'It will be late (say when and why)'],
  ['not-mine', 'It is not mine (say whose)'],
  ['cannot', 'I cannot get it (say why)'],
] as const;

function item({ request, urn }: AskedRequest) {
  const { id } = request;
  return html`<fieldset>
    <legend>${urn}: ${sayMaterial(request.material)}</legend>
    <p>Due ${sayDate(request.dueOn)}. Why: ${request.why}.</p>
    ${request.answer === null ? '' : html`<p>You answered: ${request.answer}. You can answer again.</p>`}
    ${choices.map(
      ([value, words]) =>
        html`<p>
          <input type="radio" id="answer-${id}-${value}" name="answer-${id}" value="${value}" />
          <label for="answer-${id}-${value}">${words}</label>
        </p>`,
    )}
    <p>
      <label for="until-${id}">When it will come, if late</label>
      <input type="date" id="until-${id}" name="until-${id}" />
    </p>
    <p>
      <label for="reason-${id}">Reason, or whose it is</label>
      <input type="text" id="reason-${id}" name="reason-${id}" maxlength="500" />
    </p>
  </fieldset>`;
}
