import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { html, raw } from 'hono/html';
import { z } from 'zod';
import type { Routes } from '../app-context.ts';
import { defineRoute } from '../define-route.ts';
import { problem } from '../problem.ts';

/** The two files of swagger-ui-dist that the page needs; nothing else of the package is served. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const require = createRequire(import.meta.url);
const htmlAnswer = { description: 'A page', content: { 'text/html': { schema: z.string() } } };

const pageRoute = defineRoute({
  method: 'get',
  path: '/docs',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'This description as a page to read and try',
  responses: { 200: htmlAnswer },
});

const assetRoute = defineRoute({
  method: 'get',
  path: '/docs/{file}',
  access: 'anyone',
  tags: ['Operations'],
  summary: 'What the page of the description is made of',
  request: { params: z.object({ file: z.string() }) },
  responses: { 200: { description: 'A style sheet or a script' } },
});

/** `GET /docs`: served from here, no other host, and no script without the page's nonce. */
export const docs: Routes = (app) => {
  app.openapi(pageRoute, (c) => {
    const nonce = randomBytes(16).toString('base64');
    c.header('Content-Security-Policy', policy(nonce));
    return c.html(page(nonce));
  });

  app.openapi(assetRoute, async (c) => {
    const { file } = c.req.valid('param');
    const type = Object.hasOwn(assets, file) ? assets[file] : undefined;
    if (type === undefined) return problem(c, { kind: 'not-found', detail: 'There is nothing here.' });
    const content = await readFile(require.resolve(`swagger-ui-dist/${file}`));
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' });
  });
};

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function page(nonce: string) {
  const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null })`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Prosecution Hub: HTTP interface</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/docs/swagger-ui.css" />
      </head>
      <body>
        <main id="api">
          <noscript>The same in JSON: <a href="/openapi.json">/openapi.json</a></noscript>
        </main>
        <script nonce="${nonce}" src="/docs/swagger-ui-bundle.js"></script>
        <script nonce="${nonce}">
          ${raw(start)};
        </script>
      </body>
    </html>`;
}
