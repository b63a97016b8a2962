import { html } from 'hono/html';
import { sayDate } from '../../calendar/civil-date.ts';

/** A letter as a page to print. */
export function contactLetterPage(
  letter: { to: { name: string; address: string }; on: string; words: string },
  nonce: string,
) {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Letter</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          body {
            font:
              12pt/1.5 Georgia,
              serif;
            max-width: 40rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #000;
            background: #fff;
          }
          address {
            font-style: normal;
            white-space: pre-line;
            margin-bottom: 2rem;
          }
          p {
            white-space: pre-line;
          }
          h1 {
            border-bottom: 1px solid #000;
            font-size: 1rem;
          }
          @media print {
            h1 {
              display: none;
            }
          }
          @page {
            size: A4;
            margin: 25mm;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>A letter to print</h1>
          <address>${letter.to.name} ${letter.to.address}</address>
          <p>${sayDate(letter.on)}</p>
          <p>${letter.words}</p>
        </main>
      </body>
    </html>`;
}
