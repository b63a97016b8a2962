import { html } from 'hono/html';
import type { BankHolidaysView, HolidayYear, RecomputationView } from './bank-holidays-view.ts';

type Part = ReturnType<typeof html>;

/** The administrators' page of bank holidays: no scripts, nothing that needs colour to be understood. */
export function bankHolidaysPage(view: BankHolidaysView, nonce: string) {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Bank holidays: Prosecution Hub</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          body {
            font:
              1.1rem/1.5 system-ui,
              sans-serif;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #1a1a1a;
          }
          .warning {
            border: 3px solid #1a1a1a;
            padding: 0.5rem 1rem;
          }
          .scrolls {
            overflow-x: auto;
          }
          table {
            border-collapse: collapse;
            width: 100%;
            margin: 0.5rem 0 1rem;
          }
          caption {
            text-align: left;
            font-weight: bold;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 0.4rem 0.6rem 0.4rem 0;
            border-bottom: 1px solid #bbb;
          }
          a:focus,
          summary:focus,
          .scrolls:focus {
            outline: 3px solid #b35900;
            outline-offset: 2px;
          }
        </style>
      </head>
      <body>
        <header><p>Prosecution Hub</p></header>
        <main>${bankHolidaysContent(view)}</main>
      </body>
    </html>`;
}

/** What stands within `main`, whatever frame the page has. */
export function bankHolidaysContent(view: BankHolidaysView): Part {
  return html`<h1>Bank holidays</h1>
    <p>
      The bank holidays of England and Wales are loaded until <strong>${view.loadedUntil}</strong>. A date
      that would need a later one is not guessed: the deadline is kept, marked, and worked out once they are
      loaded.
    </p>
    ${
      view.warning === null
        ? ''
        : html`<div class="warning" role="alert">
            <p><strong>Warning:</strong> ${view.warning}.</p>
          </div>`
    }
    <h2>Dates that were worked out again</h2>
    ${
      view.recomputations.length === 0
        ? html`<p>Nothing has been proclaimed or changed yet.</p>`
        : table(
            'Newest first',
            ['Asked for', 'Why', 'State', 'Progress', 'Dates'],
            view.recomputations.map(recomputationRow),
          )
    }
    ${view.moved === null ? '' : movedPart(view.moved)}
    <h2>The list</h2>
    ${view.years.map(yearPart)}
    <details>
      <summary>Earlier years</summary>
      ${view.past.map(yearPart)}
    </details>`;
}

function recomputationRow({
  requested,
  why,
  state,
  progress,
  moved,
  href,
  isShown,
}: RecomputationView): Part {
  const dates = isShown ? html`${moved}, listed below` : html`<a href="${href}">${moved}</a>`;
  return html`<tr>
    <th scope="row">${requested}</th>
    <td>${why.join('; ')}</td>
    <td>${state}</td>
    <td>${progress}</td>
    <td>${dates}</td>
  </tr>`;
}

function movedPart({ why, moves, nextHref }: NonNullable<BankHolidaysView['moved']>): Part {
  return html`<h2>Dates that moved</h2>
    <p>${why.join('; ')}.</p>
    ${
      moves.length === 0
        ? html`<p>No date has moved.</p>`
        : table(
            'In the order in which they were worked out',
            ['Case', 'Deadline', 'What happened', 'It was due', 'It is due'],
            moves.map(
              ({ urn, rule, what, before, after }) =>
                html`<tr>
                  <th scope="row">${urn}</th>
                  <td>${rule}</td>
                  <td>${what}</td>
                  <td>${before}</td>
                  <td>${after}</td>
                </tr>`,
            ),
          )
    }
    ${nextHref === null ? '' : html`<p><a href="${nextHref}">More dates that moved</a></p>`}`;
}

function yearPart({ year, days }: HolidayYear): Part {
  return table(
    String(year),
    ['Day', 'Bank holiday', 'Source'],
    days.map(
      ({ day, name, source }) =>
        html`<tr>
          <th scope="row">${day}</th>
          <td>${name}</td>
          <td>${source}</td>
        </tr>`,
    ),
  );
}

function table(caption: string, heads: readonly string[], rows: readonly Part[]): Part {
  return html`<div class="scrolls" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
