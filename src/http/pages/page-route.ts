import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { StaffRole } from '../../../db/schema/people.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Api, Context, Staff } from '../app-context.ts';
import { allowOr } from '../authenticate.ts';
import { statusOf, titleOf } from '../problem.ts';
import { readBody, usualBodyBytes } from '../read-body.ts';
import { readForm } from './call-api.ts';
import { describePage } from './describe-page.ts';
import { renderPage } from './render.ts';

type Handler = (c: Context) => Response | Promise<Response>;
type FormHandler = (c: Context, form: Record<string, string>) => Response | Promise<Response>;

/**
 * A page, for people of these roles; anyone else is asked to sign in, or told that it is not for them.
 * @param authenticated how who asks is found, where that is not `authenticate`
 */
export function getPage(
  app: Api,
  path: string,
  roles: readonly StaffRole[],
  summary: string,
  show: Handler,
  authenticated?: (c: Context) => Promise<Staff | Failure>,
): void {
  describePage(app, 'get', path, roles, summary);
  app.get(path, allowOr(refuse, roles, authenticated), show);
}

/** What a form may be sent as. */
const usualForm = { type: 'application/x-www-form-urlencoded', maxBytes: usualBodyBytes };

/**
 * What a form does, for people of these roles: done once however often it is sent, then another page is shown.
 * @param sent how it comes: a form with a file is `multipart/form-data`, and may be larger
 */
export function postForm(
  app: Api,
  path: string,
  roles: readonly StaffRole[],
  summary: string,
  act: FormHandler,
  sent: { type: string; maxBytes: number } = usualForm,
): void {
  describePage(app, 'post', path, roles, summary);
  const read = readBody([sent.type], sent.maxBytes);
  app.post(path, allowOr(refuse, roles), read, async (c) => {
    const form = await readForm(c);
    return form === null
      ? errorPage(
          c,
          403,
          'This form is out of date',
          'Go back, load the page again and send it once more. Nothing was changed.',
        )
      : act(c, form);
  });
}

function refuse(c: Context, failure: Failure): Response | Promise<Response> {
  if (failure.kind === 'unauthenticated') {
    if (c.req.method !== 'GET') return c.redirect('/sign-in', 303);
    return c.redirect(`/sign-in?from=${encodeURIComponent(c.req.path)}`, 303);
  }
  return errorPage(c, statusOf(failure.kind), 'You cannot see this', failure.detail);
}

/** What the hub's interface refused, as a page. */
export function showProblem(
  c: Context,
  problem: { status: number; title: string; detail: string },
): Response | Promise<Response> {
  return errorPage(c, problem.status, problem.title, problem.detail);
}

/** What could not be done or shown, as a page. */
export function showFailure(c: Context, failure: Failure): Response | Promise<Response> {
  return errorPage(c, statusOf(failure.kind), titleOf(failure.kind), failure.detail);
}

/** A page that says what went wrong and what to do. */
export function errorPage(
  c: Context,
  status: number,
  title: string,
  detail: string,
): Response | Promise<Response> {
  return renderPage(
    c,
    { view: 'error', title, model: { heading: title, detail, requestId: c.get('requestId') } },
    status as ContentfulStatusCode,
  );
}
