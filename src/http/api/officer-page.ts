import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sayDate } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { AskedRequest } from '../../chasers/officer-reply.ts';
import type { LinkRow } from '../../chasers/store-links.ts';
import { sayMaterial } from '../../materials/material-types.ts';
import { occasionOf } from '../../materials/occasion.ts';
import type { FieldError } from '../../platform/failure.ts';
import type { Context } from '../app-context.ts';
import { readForm, textOf } from './officer-form.ts';
import { officerStyle } from './officer-style.ts';

/** What the page of a link shows. */
export type OfficerPage = {
  link: LinkRow;
  asked: readonly AskedRequest[];
  /** What the form has to send back. */
  form: string;
  /** What was filled in, and what is wrong with it. */
  fields?: Record<string, unknown>;
  errors?: readonly FieldError[];
};

/** The page that an officer's link opens: what is asked for, as a form that needs no script. */
export function officerPage(c: Context, { link, asked, form, fields = {}, errors = [] }: OfficerPage) {
  const open = asked.filter(({ request }) => request.state === 'outstanding');
  const answered = open.filter(({ request }) => request.answer !== null).length;
  const placed = placeErrors(errors, fields);
  const status = errors.length > 0 ? 422 : 200;
  return whole(
    c,
    `${errors.length > 0 ? 'Error: ' : ''}What the Prosecution Hub needs from you`,
    status,
    html`<h1>What the Prosecution Hub needs from you</h1>
      ${errors.length > 0 ? summary(placed) : answered > 0 ? thanks(answered, open.length) : ''}
      <p>
        For <strong>${link.officer}</strong>, until ${sayDate(civilDateOf(link.expiresAt))}. If this is not
        you, close the page and delete the message.
      </p>
      ${
        open.length === 0
          ? html`<p>Nothing more is needed from you. Thank you.</p>`
          : html`<form method="post" novalidate>
              <input type="hidden" name="form" value="${form}" />
              ${open.map((one) => item(one, fields, placed))}
              <button type="submit">Send my answers</button>
              <p class="hint">What you leave blank is left as it is.</p>
            </form>`
      }`,
  );
}

/** What a browser is shown of a link that does not work, or no longer does: nothing of what it was about. */
export function closedPage(c: Context, status: ContentfulStatusCode) {
  return whole(
    c,
    'This link does not work',
    status,
    html`<h1>This link does not work</h1>
      <p>
        It may have been replaced by a newer one. Use the link in the newest message from the Prosecution Hub.
      </p>`,
  );
}

function whole(c: Context, title: string, status: ContentfulStatusCode, content: unknown) {
  const nonce = randomBytes(16).toString('base64');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  return c.html(
    html`<!doctype html>
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>${title}</title>
          <meta name="theme-color" content="#12355b" />
          <link rel="icon" href="data:," />
          <style nonce="${nonce}">
            ${officerStyle}
          </style>
        </head>
        <body>
          <a class="skip" href="#main">Skip to main content</a>
          <header><p>Prosecution Hub</p></header>
          <main id="main" tabindex="-1">${content}</main>
          <footer>
            <p>
              Prosecution Hub, on behalf of the police. You need no account. The link is yours alone: do not
              pass it on.
            </p>
          </footer>
        </body>
      </html>`,
    status,
  );
}

function thanks(answered: number, open: number) {
  return html`<p class="thanks" role="status">
    Thank you.
    ${answered === open ? 'You have answered everything.' : `You have answered ${answered} of ${open}.`} You
    can change an answer below.
  </p>`;
}

/** An error, with the field of the form that it is about. */
type Placed = { field: string | undefined; about: string; message: string };

function placeErrors(errors: readonly FieldError[], fields: Record<string, unknown>): Placed[] {
  const { items } = readForm(fields);
  return errors.map(({ path, message }) => {
    const [, index, field = 'answer'] = path.split('.');
    const id = index === undefined ? undefined : items[Number(index)]?.['requestId'];
    if (typeof id !== 'string') return { field: undefined, about: '', message: nothingChosen(path, message) };
    const place = ['until', 'whose', 'reason'].includes(field) ? field : 'answer';
    // What the hub says after a colon, the heading of the field says already.
    const short = place === 'answer' ? message : (message.split(':')[0] ?? message);
    return { field: `${place}-${id}`, about: about[place] ?? '', message: short };
  });
}

const about: Record<string, string> = {
  until: 'The day on which it will come',
  whose: 'The collar number, or a word on who has it,',
  reason: 'The reason',
  answer: 'Your answer',
};

function nothingChosen(path: string, message: string): string {
  return path === 'items' ? 'Choose an answer for at least one item' : message;
}

function summary(placed: readonly Placed[]) {
  return html`<div class="problem" role="alert">
    <h2>There is a problem</h2>
    <ul>
      ${placed.map((one) => html`<li>${one.field === undefined ? one.message : html`<a href="#${one.field}">${one.about} ${one.message}</a>`}</li>`)}
    </ul>
  </div>`;
}

const choices = [
  ['sent', 'I have sent it'],
  ['late', 'It will be late'],
  ['not-mine', 'It is not mine'],
  ['cannot', 'I cannot get it'],
] as const;

const said = new Map<string, string>(choices);

function item({ request, urn }: AskedRequest, fields: Record<string, unknown>, placed: readonly Placed[]) {
  const { id } = request;
  const chosen = textOf(fields, `answer-${id}`);
  const value = (name: string) => textOf(fields, `${name}-${id}`) ?? '';
  const wrong = (name: string) => placed.find(({ field }) => field === `${name}-${id}`);
  const error = (name: string) => {
    const found = wrong(name);
    return found
      ? html`<span class="error" id="error-${name}-${id}"
          ><strong>Error:</strong> ${found.about} ${found.message}</span
        >`
      : '';
  };
  const described = (name: string) =>
    wrong(name) ? html`aria-invalid="true" aria-describedby="error-${name}-${id}"` : '';
  return html`<fieldset id="answer-${id}" tabindex="-1">
    <legend>
      <span class="urn">${urn}</span>
      ${sayMaterial(request.material)}
    </legend>
    <input type="hidden" name="asking-${id}" value="${occasionOf(request)}" />
    <p>Due ${sayDate(request.dueOn)}. Why: ${request.why}.</p>
    ${request.note === null ? '' : html`<p>The caseworker writes: ${request.note}</p>`}
    ${request.answer === null ? '' : html`<p class="answered">You answered: ${said.get(request.answer)}.</p>`}
    ${error('answer')}
    ${choices.map(
      ([choice, words]) =>
        html`<label class="choice">
          <input
            type="radio"
            name="answer-${id}"
            value="${choice}"
            ${chosen === choice ? html`checked` : ''}
          /><span>${words}</span>
        </label>`,
    )}
    <div class="more late">
      <label for="until-${id}">It will come by</label>
      ${error('until')}
      <input
        type="date"
        id="until-${id}"
        name="until-${id}"
        value="${value('until')}"
        ${described('until')}
      />
    </div>
    <div class="more not-mine">
      <label for="whose-${id}">Collar number of whoever has it, if you know</label>
      ${error('whose')}
      <input
        type="text"
        id="whose-${id}"
        name="whose-${id}"
        value="${value('whose')}"
        maxlength="20"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        ${described('whose')}
      />
    </div>
    <div class="more late not-mine cannot">
      <label for="reason-${id}">Why, or where to look. No names of victims or witnesses</label>
      ${error('reason')}
      <textarea id="reason-${id}" name="reason-${id}" maxlength="500" rows="3" ${described('reason')}>
${value('reason')}</textarea>
    </div>
  </fieldset>`;
}
