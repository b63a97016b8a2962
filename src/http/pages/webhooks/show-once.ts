import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from '../../app-context.ts';

const cookie = 'hub_new_secret';
/** Long enough for a redirect. */
const seconds = 60;

/**
 * Carries a secret that is shown once over the redirect to the page that shows it: in a cookie of that page alone, which
 * no script can read. It is kept nowhere else.
 */
export function carrySecret(c: Context, path: string, secret: string): void {
  setCookie(c, cookie, secret, {
    ...{ path, httpOnly: true, sameSite: 'Strict', maxAge: seconds },
    secure: c.get('hub').config.publicUrl.startsWith('https:'),
  });
}

/** The secret that was carried to this page, which is gone from then on; null where there is none. */
export function takeSecret(c: Context, path: string): string | null {
  const secret = getCookie(c, cookie);
  if (secret === undefined || secret === '') return null;
  deleteCookie(c, cookie, { path });
  return secret;
}
