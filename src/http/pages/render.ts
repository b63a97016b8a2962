import { hash, randomUUID } from 'node:crypto';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Context, Staff } from '../app-context.ts';
import { sessionSecret } from '../session-cookie.ts';
import { ownScript, script, styleSheet } from './assets.ts';
import { hasShortcuts } from './shortcut-choice.ts';
import { cutAt, fill, type Cut } from './cut-text.ts';
import { contents, escaped, views } from './templates.ts';
import { navigationFor, roleNames, type NavigationItem } from './navigation.ts';

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

const encoder = new TextEncoder();

/** Draws a page with the shell around it, under a content security policy of its own. */
export function renderPage(
  c: Context,
  page: Page,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const nonce = randomUUID();
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
  // Encoded once: a text is measured first and encoded again when it is sent.
  return c.body(encoder.encode(draw(page, shell)), status, { 'Content-Type': 'text/html; charset=UTF-8' });
}

/**
 * A page in the frame that pages of its kind share, which is drawn once: the frame takes longer than most of what is in
 * it. A page that tells of errors or of what was just done is drawn whole.
 */
function draw(page: Page, shell: Shell): string {
  const { errors, notice, liveSince } = page.model as Partial<Told>;
  const { title, back } = page;
  // Assigned: an object that is put together by spreading has a shape of its own each time, which takes room for long.
  const model = Object.assign({}, page.model, { shell, cspNonce: shell.nonce, title, back });
  const file = `${page.view}.njk`;
  if ((errors?.length ?? 0) > 0 || notice !== undefined) return views.render(file, model);
  const { navigation, person, isDemo, shortcuts } = shell;
  const kind = JSON.stringify([navigation, person?.role, isDemo, shortcuts, back, liveSince !== undefined]);
  const frame = frames.get(kind) ?? drawFrame(kind, shell, back, liveSince !== undefined);
  return fill(frame, {
    nonce: escaped(shell.nonce),
    token: escaped(shell.formToken),
    name: escaped(person?.name ?? ''),
    title: escaped(title),
    liveSince: escaped(liveSince ?? ''),
    content: contents.render(file, model),
  });
}

/** What a page may tell above its own words. */
type Told = { errors: readonly unknown[]; notice: string; liveSince: string };
type Blank = 'nonce' | 'token' | 'name' | 'title' | 'liveSince' | 'content';
const blanks: readonly Blank[] = ['nonce', 'token', 'name', 'title', 'liveSince', 'content'];
const frames = new Map<string, Cut<Blank>>();
/** A way back has an address of its own. */
const mostFrames = 500;

function drawFrame(kind: string, shell: Shell, back: Page['back'], isLive: boolean): Cut<Blank> {
  // Nobody can have written what nobody could guess.
  const secret = randomUUID();
  const blank = (name: Blank) => `blank-${name}-${secret}`;
  const html = views.render('frame.njk', {
    shell: {
      ...{ ...shell, nonce: blank('nonce'), formToken: blank('token') },
      person: shell.person && { ...shell.person, name: blank('name') },
    },
    ...{ cspNonce: blank('nonce'), title: blank('title'), back, content: blank('content') },
    ...(isLive && { liveSince: blank('liveSince') }),
  });
  const frame = cutAt(html, blanks, blank);
  if (frames.size >= mostFrames) frames.clear();
  frames.set(kind, frame);
  return frame;
}

/**
 * What a form of the signed-in browser carries, so that no other site can send it: a hash of the session's secret,
 * from which the secret cannot be worked out.
 */
export function formToken(c: Context): string {
  const secret = sessionSecret(c);
  return secret === undefined ? '' : hash('sha256', `form ${secret}`, 'base64url');
}
