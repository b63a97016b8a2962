import { html } from 'hono/html';

export type Part = ReturnType<typeof html>;

/** A page to print, with tables: no scripts, nothing that needs colour to be understood. */
export function printedPage(title: string, nonce: string, content: Part): Part {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          body {
            font:
              11pt/1.4 Georgia,
              serif;
            max-width: 60rem;
            margin: 1.5rem auto;
            padding: 0 1rem;
            color: #000;
            background: #fff;
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
            padding: 0.2rem 0.5rem 0.2rem 0;
            border-bottom: 1px solid #000;
          }
          @media print {
            body {
              margin: 0;
              max-width: none;
              font-size: 10pt;
            }
            h2,
            h3,
            caption {
              break-after: avoid;
            }
            tr {
              break-inside: avoid;
            }
            thead {
              display: table-header-group;
            }
          }
          @page {
            size: A4;
            margin: 15mm;
          }
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`;
}

/** A table of such a page, or its caption and that there is nothing. */
export function printedTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  none = 'none.',
): Part {
  if (rows.length === 0) return html`<p>${caption}: ${none}</p>`;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
