import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { staff } from '../../../db/schema/people.ts';
import { isFailure } from '../../platform/failure.ts';
import { beginSignIn, finishSignIn } from '../../staff/identity-provider.ts';
import { valuesKnown } from '../../staff/claimed-role.ts';
import { endSessionsOf } from '../../staff/sessions.ts';
import { findActiveStaff } from '../../staff/store.ts';
import type { Context, Routes } from '../app-context.ts';
import { allowAnyone, authenticate, inRole } from '../authenticate.ts';
import { clearSessionCookie, openSession } from '../session-cookie.ts';
import { describePage } from './describe-page.ts';
import { homeOf, roleNames } from './navigation.ts';
import { errorPage } from './page-route.ts';
import { renderPage } from './render.ts';

const signingInCookie = 'hub_signing_in';
const signingInSeconds = 600;

/** What the browser keeps while it is away at the identity provider. */
const underWay = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  from: z.string(),
});

/** `GET /`, `/sign-in`, `/sign-in/start`, `/sign-in/callback` */
export const signIn: Routes = (app, { hub }) => {
  const isDemo = hub.config.mode === 'demo';

  describePage(app, 'get', '/', 'anyone', 'The start page');
  app.get('/', allowAnyone(), async (c) => {
    const person = await authenticate(c);
    if (!isFailure(person)) c.set('staff', person);
    if (isDemo) return pickPage(c);
    return c.redirect(isFailure(person) ? '/sign-in' : homeOf(person.role), 303);
  });

  describePage(app, 'get', '/sign-in', 'anyone', 'Where to sign in');
  app.get('/sign-in', allowAnyone(), (c) => {
    if (isDemo) return c.redirect('/', 303);
    const signInHref = `/sign-in/start?from=${encodeURIComponent(ownPath(c.req.query('from')))}`;
    return renderPage(c, { view: 'sign-in', title: 'Sign in', model: { people: null, signInHref } });
  });

  if (isDemo) return;

  describePage(app, 'get', '/sign-in/start', 'anyone', 'On to the identity provider');
  app.get('/sign-in/start', allowAnyone(), async (c) => {
    const begun = await beginSignIn(hub.config);
    if (isFailure(begun)) return errorPage(c, 503, 'Signing in does not work at the moment', begun.detail);
    const { address, ...kept } = begun;
    const value = JSON.stringify({ ...kept, from: ownPath(c.req.query('from')) });
    setCookie(c, signingInCookie, value, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/sign-in',
      maxAge: signingInSeconds,
      secure: hub.config.publicUrl.startsWith('https:'),
    });
    return c.redirect(address, 303);
  });

  describePage(app, 'get', '/sign-in/callback', 'anyone', 'Back from the identity provider');
  app.get('/sign-in/callback', allowAnyone(), async (c) => {
    const kept = underWay.safeParse(parsed(getCookie(c, signingInCookie) ?? ''));
    deleteCookie(c, signingInCookie, { path: '/sign-in' });
    const again = 'Begin again from the start page.';
    if (!kept.success) return errorPage(c, 400, 'Signing in took too long', again);
    const signedIn = await finishSignIn(hub.config, new URL(c.req.url).search, kept.data);
    if (isFailure(signedIn)) return errorPage(c, 403, 'You are not signed in', `${signedIn.detail} ${again}`);
    const known = await findActiveStaff(hub.db, signedIn.id);
    if (!known)
      return errorPage(c, 403, 'You are not known here', 'Ask an administrator of the hub to add you.');
    const person = inRole(c, known, signedIn.claimed);
    // There is no page for a machine client.
    if (!person || person.role === 'feed') {
      await endSessionsOf(hub.db, known.id);
      clearSessionCookie(c);
      return errorPage(c, 403, 'You have no role here', noRole);
    }
    const { oidcRoles } = hub.config;
    const claimed = oidcRoles === undefined ? null : valuesKnown(oidcRoles, signedIn.claimed);
    await openSession(c, person.id, claimed);
    return c.redirect(kept.data.from === '/' ? homeOf(person.role) : kept.data.from, 303);
  });
};

const noRole =
  'Your force’s account does not say what you do in the hub. Ask whoever looks after accounts to give you a role, then sign in again.';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A path of the hub's own, to come back to; anything else becomes the start page. */
function ownPath(from: string | undefined): string {
  return from !== undefined && /^\/[\w-][\w/.-]*$/.test(from) ? from : '/';
}

async function pickPage(c: Context): Promise<Response> {
  const { db } = c.get('hub');
  const people = await db.select().from(staff).orderBy(staff.role, staff.id);
  return renderPage(c, {
    view: 'sign-in',
    title: 'Deadlines, tasks and chasing for a police Prosecution Hub',
    model: {
      people: people
        .filter(({ active }) => active)
        .map(({ id, name, role, team }) => ({ id, name, role: roleNames[role], team: team ?? 'none' })),
    },
  });
}
