import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import { z } from 'zod';
import { staff, type StaffRole } from '../../../db/schema/people.ts';
import type { Routes, Staff } from '../app-context.ts';
import { authenticate } from '../authenticate.ts';
import { isFailure } from '../../platform/failure.ts';
import { defineRoute } from '../define-route.ts';

const route = defineRoute({
  method: 'get',
  path: '/',
  access: 'anyone',
  tags: ['Demo'],
  summary: 'What this is, and whom to sign in as',
  responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
});

const roles: Record<StaffRole, string> = {
  caseworker: 'Caseworker',
  senior: 'Senior caseworker',
  administrator: 'Administrator',
  auditor: 'Auditor',
  feed: 'Machine client',
};

/** `GET /` of the demo */
export const startPage: Routes = (app) => {
  app.openapi(route, async (c) => {
    const people = await c.get('hub').db.select().from(staff).orderBy(staff.role, staff.id);
    const signedIn = await authenticate(c);
    const nonce = randomBytes(16).toString('base64');
    c.header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    return c.html(
      page(
        nonce,
        people.filter((person) => person.active),
        isFailure(signedIn) ? null : signedIn,
      ),
    );
  });
};

function page(nonce: string, people: readonly Staff[], signedIn: Staff | null) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Prosecution Hub: demo</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          body {
            font:
              1.1rem/1.5 system-ui,
              sans-serif;
            max-width: 46rem;
            margin: 2rem auto;
            padding: 0 1rem;
            color: #1a1a1a;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            padding: 0.4rem 0.6rem 0.4rem 0;
            border-bottom: 1px solid #bbb;
          }
          button {
            font: inherit;
            padding: 0.3rem 0.9rem;
            cursor: pointer;
          }
          a:focus,
          button:focus {
            outline: 3px solid #b35900;
            outline-offset: 2px;
          }
        </style>
      </head>
      <body>
        <header><p>Prosecution Hub</p></header>
        <main>
          <h1>Deadlines, tasks and chasing for a police Prosecution Hub</h1>
          <p>
            This is the demo: an invented force on this computer alone. Nothing leaves it, and its clock can
            be moved forward to see what falls due.
          </p>
          ${
            signedIn
              ? html`<p role="status">
                  You are signed in as <strong>${signedIn.name}</strong> (${signedIn.id}).
                </p>`
              : ''
          }
          <h2>Where to look</h2>
          <ul>
            <li><a href="/docs">The HTTP interface</a>, to read and try</li>
            <li><a href="/openapi.json">The same as an OpenAPI document</a></li>
            <li><a href="/demo/messages">Messages that would have been sent</a></li>
            <li><a href="/demo/clock">The clock</a></li>
            <li><a href="/admin/queues">The queues</a>, as admin-1</li>
          </ul>
          <h2>Sign in as</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Team</th>
                <th scope="col">Sign in</th>
              </tr>
            </thead>
            <tbody>
              ${people.map(
                (person) =>
                  html`<tr>
                    <th scope="row">${person.name}</th>
                    <td>${roles[person.role]}</td>
                    <td>${person.team ?? 'none'}</td>
                    <td>
                      <form method="post" action="/demo/session">
                        <button name="staffId" value="${person.id}">${person.id}</button>
                      </form>
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <p>
            A program gets a token for one of them with <code>POST /demo/tokens</code> and
            <code>{ "staffId": "cw-1" }</code>.
          </p>
        </main>
      </body>
    </html>`;
}
