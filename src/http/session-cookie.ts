import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { longestHours, startSession } from '../staff/sessions.ts';
import type { Context } from './app-context.ts';
import { forgetFilters } from './remembered-filters.ts';

/**
 * The cookie of somebody signed in to the pages: browsers cannot send a bearer header from a page. Over https its name
 * begins with `__Host-`, so that no other host of the domain can plant one.
 */
export const sessionCookie = 'hub_session';

const isSecure = (c: Context) => c.get('hub').config.publicUrl.startsWith('https:');
const nameOf = (c: Context) => (isSecure(c) ? `__Host-${sessionCookie}` : sessionCookie);

const options = (c: Context) =>
  ({
    httpOnly: true,
    // Strict would make every link in a message or from the identity provider look signed out.
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(c),
  }) as const;

/**
 * Signs a person in to this browser: whatever session it had is over, and it is handed the secret of a new one. Forms
 * are guarded by a token of their own besides.
 * @param claimed what the sign-in claims of their role; null where the list of staff says it
 */
export async function openSession(
  c: Context,
  staffId: string,
  claimed: string[] | null = null,
): Promise<void> {
  const before = sessionSecret(c);
  forgetFilters(c);
  const secret = await startSession(c.get('hub').db, staffId, { claimed, before });
  setCookie(c, nameOf(c), secret, { ...options(c), maxAge: longestHours * 3_600 });
}

/** The secret that the browser sent, if any. */
export function sessionSecret(c: Context): string | undefined {
  return getCookie(c, nameOf(c));
}

export function clearSessionCookie(c: Context): void {
  forgetFilters(c);
  deleteCookie(c, nameOf(c), options(c));
}
