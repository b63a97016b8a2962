import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppParts, Env } from './app-context.ts';

const idShape = /^[A-Za-z0-9_-]{1,64}$/;

/** Gives each request what its handlers need, an id (the caller's own where it is one) and the name of its route. */
export function beginRequest(parts: AppParts): MiddlewareHandler<Env> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const requestId = given !== undefined && idShape.test(given) ? given : randomUUID();
    c.set('hub', parts.hub);
    c.set('verifyToken', parts.verifyToken);
    c.set('requestId', requestId);
    c.set('routeName', routePath(c, -1));
    c.header('X-Request-Id', requestId);
    await next();
  };
}
