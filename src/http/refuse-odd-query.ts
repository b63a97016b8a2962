import type { MiddlewareHandler } from 'hono';
import type { Env } from './app-context.ts';
import { isStorable } from './find-unstorable.ts';
import { problem } from './problem.ts';
import { sayPath } from '../platform/explain-issues.ts';

/**
 * Refuses what no route can take before the schemas see it: a character in the path or the query that Postgres would
 * refuse, and a query where the route has none.
 */
export function refuseOddQuery(takesQuery: boolean): MiddlewareHandler<Env> {
  return (c, next) => {
    if (/%00/i.test(c.req.path) || Object.values<string>(c.req.param()).some((value) => !isStorable(value)))
      return Promise.resolve(problem(c, { kind: 'not-found', detail: 'There is nothing here.' }));
    const query = Object.entries(c.req.queries());
    const odd = query.filter(([name, values]) => !takesQuery || ![name, ...values].every(isStorable));
    if (odd.length === 0) return next();
    const message = takesQuery
      ? 'has a character that cannot be stored'
      : 'is not a field that is known here';
    const errors = odd.map(([name]) => ({ path: sayPath([name]), message }));
    return Promise.resolve(problem(c, { kind: 'invalid', detail: 'The query cannot be accepted.', errors }));
  };
}
