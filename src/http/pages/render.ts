import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import nunjucks from 'nunjucks';
import type { Context, Staff } from '../app-context.ts';
import { sessionSecret } from '../session-cookie.ts';
import { ownScript, script, styleSheet } from './assets.ts';
import { hasShortcuts } from './shortcut-choice.ts';
import { navigationFor, roleNames, type NavigationItem } from './navigation.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const views = new nunjucks.Environment(
  new nunjucks.FileSystemLoader(
    [
      folder('../views'),
      folder('../../../node_modules/govuk-frontend/dist'),
      folder('../../../node_modules/@ministryofjustice/frontend'),
    ],
    // Templates do not change while the hub runs.
    { watch: false, noCache: false },
  ),
  { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
);

/** What every page shows beside its own view model. */
type Shell = {
  nonce: string;
  styleSheet: string;
  script: string;
  ownScript: string;
  navigation: NavigationItem[];
  person: { name: string; role: string } | null;
  formToken: string;
  isDemo: boolean;
  shortcuts: 'on' | 'off';
};

/** The page to draw: its template under `views`, its title, and its view model. */
export type Page = {
  view: string;
  title: string;
  model: object;
  /** Where the person came from. */
  back?: { text: string; href: string };
};

/** Draws a page with the shell around it, under a content security policy of its own. */
export function renderPage(
  c: Context,
  page: Page,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const staff = c.get('staff') as Staff | undefined;
  const shell: Shell = {
    nonce,
    styleSheet: styleSheet.path,
    script: script.path,
    ownScript: ownScript.path,
    navigation: staff ? navigationFor(staff, c.req.path) : [],
    person: staff ? { name: staff.name, role: roleNames[staff.role] } : null,
    formToken: formToken(c),
    isDemo: c.get('hub').config.mode === 'demo',
    shortcuts: hasShortcuts(c) ? 'on' : 'off',
  };
  c.header(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "style-src 'self'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  return c.html(
    views.render(`${page.view}.njk`, {
      ...page.model,
      shell,
      cspNonce: nonce,
      title: page.title,
      back: page.back,
    }),
    status,
  );
}

/**
 * What a form of the signed-in browser carries, so that no other site can send it: a hash of the session's secret,
 * from which the secret cannot be worked out.
 */
export function formToken(c: Context): string {
  const secret = sessionSecret(c);
  return secret === undefined ? '' : createHash('sha256').update(`form ${secret}`).digest('base64url');
}
