import type { NotFoundHandler } from 'hono';
import type { Api, Env } from './app-context.ts';
import { problem } from './problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** 405 with the methods that the path has, where it has any; else 404. */
export function answerNotFound(app: Api): NotFoundHandler<Env> {
  return (c) => {
    const allowed = methods.filter((method) =>
      app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method !== 'ALL'),
    );
    const known = allowed.includes(c.req.method as (typeof methods)[number]);
    if (allowed.length === 0 || known)
      return problem(c, { kind: 'not-found', detail: 'There is nothing here.' });
    c.header(
      'Allow',
      allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '),
    );
    return problem(c, { kind: 'method-not-allowed', detail: 'The path is known, but not with this method.' });
  };
}
