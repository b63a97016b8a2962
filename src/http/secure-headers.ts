import type { MiddlewareHandler } from 'hono';
import type { Env } from './app-context.ts';

/** Nothing may be loaded, framed or sent anywhere: right for data. Pages set a policy of their own. */
const policyOfData = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const always: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Robots-Tag': 'noindex',
};

/** Headers that every answer has, errors included. What a handler set itself is left as it is. */
export function secureHeaders(options: { overHttps: boolean }): MiddlewareHandler<Env> {
  const headers = options.overHttps
    ? { ...always, 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }
    : always;
  return async (c, next) => {
    await next();
    const answer = c.res.headers;
    for (const [name, value] of Object.entries(headers)) answer.set(name, value);
    answer.set('X-Request-Id', c.get('requestId'));
    if (!answer.has('Content-Security-Policy')) answer.set('Content-Security-Policy', policyOfData);
    // Nearly everything is about people, and different for each caller.
    if (!answer.has('Cache-Control')) answer.set('Cache-Control', 'no-store');
  };
}
