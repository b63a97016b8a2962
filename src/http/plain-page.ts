import { randomBytes } from 'node:crypto';
import type { html } from 'hono/html';
import type { Context } from './app-context.ts';

/**
 * Answers with a page that brings its own style, runs no script and sends nothing anywhere, under a policy that holds it
 * to that.
 * @param draw the page, for the nonce that its style has to carry
 */
export function answerPlainPage(c: Context, draw: (nonce: string) => ReturnType<typeof html>) {
  const nonce = randomBytes(16).toString('base64');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  return c.html(draw(nonce));
}
