import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sayDate, type CivilDate } from '../../calendar/civil-date.ts';
import type { HolidayCalendar } from '../../calendar/holiday-calendar.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { Endangered } from '../../chasers/asked-items.ts';
import type { AskedRequest } from '../../chasers/officer-reply.ts';
import { byUrgency } from '../../chasers/say-items.ts';
import type { LinkRow } from '../../chasers/store-links.ts';
import type { FieldError } from '../../platform/failure.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Context } from '../app-context.ts';
import { caseGroup, type CaseGroup, type Placed } from './officer-case.ts';
import { readForm } from './officer-form.ts';
import { officerStyle } from './officer-style.ts';

/** What the page of a link shows. */
export type OfficerPage = {
  link: LinkRow;
  asked: readonly AskedRequest[];
  /** What would suffer without it, by the id of the case. */
  endangered: ReadonlyMap<string, Endangered>;
  today: CivilDate;
  calendar: HolidayCalendar;
  /** What the form has to send back. */
  form: string;
  /** What was filled in, and what is wrong with it. */
  fields?: Record<string, unknown>;
  errors?: readonly FieldError[];
};

/** The page that an officer's link opens: what is asked for, case by case, as a form that needs no script. */
export function officerPage(c: Context, model: OfficerPage) {
  const { link, asked, form, fields = {}, errors = [] } = model;
  const open = asked.filter(({ request }) => request.state === 'outstanding');
  const answered = open.filter(({ request }) => request.answer !== null).length;
  const placed = placeErrors(errors, fields);
  const groups = casesOf(open, model);
  return whole(
    c,
    `${errors.length > 0 ? 'Error: ' : ''}What the Prosecution Hub needs from you`,
    errors.length > 0 ? 422 : 200,
    html`<h1>What the Prosecution Hub needs from you</h1>
      ${errors.length > 0 ? summary(placed) : answered > 0 ? thanks(answered, open.length) : ''}
      <p>
        For <strong>${link.officer}</strong>, until ${sayDate(civilDateOf(link.expiresAt))}. If this is not
        you, close the page and delete the message.
      </p>
      ${
        open.length === 0
          ? html`<p>Nothing more is needed from you. Thank you.</p>`
          : html`<p>${sayHowMuch(open.length, groups.length)}</p>
              <form method="post" novalidate>
                <input type="hidden" name="form" value="${form}" />
                <button type="submit" class="unseen" tabindex="-1" aria-hidden="true">Send</button>
                ${groups.map((group) => caseGroup(group, { ...model, fields, placed, isShort: open.length <= shortest }))}
                <button type="submit">Send my answers</button>
                <p class="hint">What you leave blank is left as it is.</p>
              </form>`
      }`,
  );
}

/** So few items are not folded away. */
const shortest = 2;

function sayHowMuch(items: number, cases: number): string {
  const things = items === 1 ? '1 thing' : `${items} things`;
  return cases === 1 ? `${things}, of one case.` : `${things}, of ${cases} cases, most urgent first.`;
}

/** What is open, by case; the case first that is soonest in danger, and in each what was due first. */
function casesOf(open: readonly AskedRequest[], { endangered }: OfficerPage): CaseGroup[] {
  const ranked = open
    .map((one) => {
      const { id, caseId, dueOn } = one.request;
      return { ...(endangered.get(caseId) ?? inNoDanger), id, dueOn, urn: one.urn, one };
    })
    .sort(byUrgency);
  const groups = groupBy(ranked, ({ urn }) => urn);
  return [...groups].map(([urn, [first, ...rest]]) => ({
    urn,
    endangered: first ?? inNoDanger,
    items: [first, ...rest].flatMap((ranking) => ranking?.one ?? []),
  }));
}
const inNoDanger: Endangered = { custodyLimit: null, timeLimit: null, hearing: null };

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
