import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { longestHours } from '../staff/sessions.ts';
import type { Context } from './app-context.ts';
import { sessionCookie } from './authenticate.ts';
import { forgetFilters } from './remembered-filters.ts';

const options = (c: Context) =>
  ({
    httpOnly: true,
    // Strict would make every link in a message or from the identity provider look signed out.
    sameSite: 'Lax',
    path: '/',
    secure: c.get('hub').config.publicUrl.startsWith('https:'),
  }) as const;

/** Hands the browser the secret of its session. Forms are guarded by a token of their own besides. */
export function setSessionCookie(c: Context, secret: string): void {
  forgetFilters(c);
  setCookie(c, sessionCookie, secret, { ...options(c), maxAge: longestHours * 3_600 });
}

/** The secret that the browser sent, if any. */
export function sessionSecret(c: Context): string | undefined {
  return getCookie(c, sessionCookie);
}

export function clearSessionCookie(c: Context): void {
  forgetFilters(c);
  deleteCookie(c, sessionCookie, options(c));
}
