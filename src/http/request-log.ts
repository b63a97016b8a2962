import type { MiddlewareHandler } from 'hono';
import { startStopwatch } from '../platform/clock.ts';
import type { Env, Staff } from './app-context.ts';
import type { HttpMetrics } from './http-metrics.ts';

/**
 * One line and one measurement a request: ids, the pattern of the route, the status and the time. Never the URL, which
 * holds what people searched for.
 */
export function logRequests(metrics: HttpMetrics): MiddlewareHandler<Env> {
  return async (c, next) => {
    const elapsedMs = startStopwatch();
    await next();
    const ms = elapsedMs();
    const { method } = c.req;
    const { status } = c.res;
    const route = c.get('routeName');
    metrics.observe({ method, route, status, seconds: ms / 1000 });
    const staff = c.get('staff') as Staff | undefined;
    c.get('hub').logger.info(
      { requestId: c.get('requestId'), method, route, status, ms: Math.round(ms), staffId: staff?.id },
      'answered',
    );
  };
}
