import { getCookie, setCookie } from 'hono/cookie';
import type { Context } from '../app-context.ts';

const cookie = 'hub_shortcuts';
const aYear = 31_536_000;

/** Whether single keys do something in this browser: they can be turned off (WCAG 2.2, 2.1.4). */
export function hasShortcuts(c: Context): boolean {
  return getCookie(c, cookie) !== 'off';
}

/** Keeps the choice in this browser. */
export function chooseShortcuts(c: Context, isOn: boolean): void {
  setCookie(c, cookie, isOn ? 'on' : 'off', {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: aYear,
    secure: c.get('hub').config.publicUrl.startsWith('https:'),
  });
}
