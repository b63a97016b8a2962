import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Env, Routes } from '../app-context.ts';
import { allow } from '../authenticate.ts';
import { problem } from '../problem.ts';

const path = '/admin/queues';

/** The board loads its own files and nothing else. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const readOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    c.header('Allow', 'GET, HEAD');
    return problem(c, { kind: 'method-not-allowed', detail: 'The queues can be looked at, not changed.' });
  }
  await next();
  if (c.res.headers.get('Content-Type')?.startsWith('text/html') === true)
    c.res = new Response(withoutOthers(await c.res.text()), c.res);
  c.res.headers.set('Content-Security-Policy', policy);
  return undefined;
};

/** The page without the links to other hosts: it asks one for a font, and does without. */
const withoutOthers = (html: string) => html.replaceAll(/<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>/g, '');

/** `GET /admin/queues`: what BullMQ holds, for administrators, to look at only. */
export const queuesBoard: Routes = (app, parts) => {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: (parts.queues ?? []).map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Prosecution Hub queues' } },
  });
  app.use(`${path}/*`, allow('administrator'), readOnly);
  app.route(path, serverAdapter.registerPlugin());
  app.openAPIRegistry.registerPath({
    method: 'get',
    path,
    tags: ['Operations'],
    summary: 'The queues, to look at only; administrators, by bearer token or cookie',
    security: [{ bearer: [] }],
    responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
  });
};
