import { instantOf } from '../../../db/schema/columns.ts';
import { signOutAddress } from '../../staff/identity-provider.ts';
import { endSession, endSessionsOf, idleMinutes, longestHours, sessionsOf } from '../../staff/sessions.ts';
import type { Context, Routes } from '../app-context.ts';
import { allowAnyone, staffOf } from '../authenticate.ts';
import { clearSessionCookie, sessionSecret } from '../session-cookie.ts';
import { describePage } from './describe-page.ts';
import { day, wordHead, words, type Table } from './figures/table.ts';
import { roleNames } from './navigation.ts';
import { getPage, postForm } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { sayMoment } from './say.ts';
import { everyone } from './who.ts';

/** `GET /account`, `POST /sign-out`, `/sign-out/everywhere`, `GET /signed-out` */
export const accountPage: Routes = (app, { hub }) => {
  const isDemo = hub.config.mode === 'demo';
  const after = isDemo ? '/' : '/signed-out';

  getPage(app, '/account', everyone, 'Where somebody is signed in', showAccount);

  postForm(app, '/sign-out', everyone, 'Sign out of this browser', async (c) => {
    await endSession(hub.db, sessionSecret(c) ?? '');
    clearSessionCookie(c);
    return c.redirect(after, 303);
  });

  postForm(app, '/sign-out/everywhere', everyone, 'Sign out of every browser', async (c) => {
    await endSessionsOf(hub.db, staffOf(c).id);
    clearSessionCookie(c);
    return c.redirect(after, 303);
  });

  if (isDemo) return;

  describePage(
    app,
    'get',
    '/signed-out',
    'anyone',
    'Signed out of the hub, and on to signing out of the rest',
  );
  app.get('/signed-out', allowAnyone(), async (c) => {
    const model = { providerHref: await signOutAddress(hub.config) };
    return renderPage(c, { view: 'signed-out', title: 'You are signed out', model });
  });
};

async function showAccount(c: Context): Promise<Response> {
  const { id, name, role } = staffOf(c);
  const sessions = await sessionsOf(c.get('hub').db, id, sessionSecret(c) ?? '');
  const table: Table = {
    id: 'sessions',
    title: 'Browsers in which you are signed in',
    heads: ['Signed in', 'Last used', 'Which'].map(wordHead),
    rows: sessions.map(({ startedAt, seenAt, isThis }) => ({
      cells: [
        day(sayMoment(instantOf(startedAt))),
        day(sayMoment(instantOf(seenAt))),
        words(isThis ? 'This browser' : 'Another browser'),
      ],
    })),
  };
  const model = {
    who: `${name}, ${roleNames[role].toLowerCase()}, known here as ${id}`,
    isByClaims: c.get('hub').config.oidcRoles !== undefined,
    ends: `after ${idleMinutes} minutes without a page asked for, and at the latest ${longestHours} hours after signing in`,
    table,
    formToken: formToken(c),
  };
  return renderPage(c, { view: 'account', title: 'Your account', model });
}
