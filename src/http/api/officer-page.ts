import { html } from 'hono/html';
import { sayDate } from '../../calendar/civil-date.ts';
import type { AskedRequest } from '../../chasers/officer-reply.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import type { FieldError } from '../../platform/failure.ts';
import type { Context } from '../app-context.ts';

/** The form's fields are `answer-<id>`, `until-<id>` and `reason-<id>`; an item without an answer is left alone. */
export function readForm(fields: Record<string, unknown>): { items: Record<string, unknown>[] } {
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

/** The page that an officer's link opens: what is asked for, as a form. */
export function officerPage(c: Context, asked: readonly AskedRequest[], errors: readonly FieldError[] = []) {
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
