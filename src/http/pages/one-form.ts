import { randomUUID } from 'node:crypto';
import type { StaffRole } from '../../../db/schema/people.ts';
import type { Api, Context } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import {
  errorLinks,
  showFields,
  type ErrorLink,
  type Field,
  type FieldView,
  type Form,
} from './form-field.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';

/** What a page with one form shows around it. */
export type FormShown = {
  title: string;
  /** Above the heading: the case that it is of. */
  caption?: string;
  intro?: string[];
  facts?: { key: string; value: string }[];
  fields: readonly Field[];
  /** The field beside which a refusal is said, where the interface names another. */
  places?: Record<string, string>;
  /** What stands in the fields before anybody has typed. */
  start?: Form;
  button: string;
  /** Why there is nothing to fill in: it was done already, say. */
  over?: string | undefined;
  isWarning?: boolean;
  /** Where else one may have wanted to go. */
  links?: { text: string; href: string }[];
  back: { text: string; href: string };
};

type Sent = {
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  ifMatch?: string | undefined;
};
type Refused = Pick<Extract<ApiAnswer<unknown>, { kind: 'problem' }>, 'status' | 'detail' | 'errors'>;

/**
 * A page with one form that asks one thing of the hub's interface. `Found` is what the page is of, `Done` what the
 * interface answers.
 */
export type FormPage<Found, Done> = {
  path: string;
  roles: readonly StaffRole[];
  summary: string;
  read: (c: Context) => Promise<ApiAnswer<Found>>;
  show: (found: Found, c: Context) => FormShown;
  /** What is asked, or what is missing before anything can be. */
  send: (form: Form, found: Found, c: Context) => Sent | { problems: { path: string; message: string }[] };
  /** The page to go to when it is done; what it carries to there is set on `c`. */
  next: (done: Done, found: Found, c: Context) => string;
};

/** The view model of a page with one form. */
type OneFormView = Omit<FormShown, 'fields' | 'places' | 'start' | 'back'> & {
  action: string;
  fields: FieldView[];
  errors: ErrorLink[];
  /** The ETag of what the form was filled in from. */
  etag: string;
  form: { formToken: string; key: string };
};

/** Adds the page and what its form does: `GET` and `POST` of one path. */
export function formPage<Found, Done = unknown>(app: Api, page: FormPage<Found, Done>): void {
  const { path, roles, summary, read, show, send, next } = page;
  getPage(app, path, roles, summary, async (c) => {
    const found = await read(c);
    return found.kind === 'ok' ? draw(c, show(found.body, c), found.etag) : showProblem(c, found);
  });

  postForm(app, path, roles, summary, async (c, form) => {
    const found = await read(c);
    if (found.kind === 'problem') return showProblem(c, found);
    const again = (refused: Refused) => draw(c, show(found.body, c), found.etag, { form, refused });
    const asked = send(form, found.body, c);
    if ('problems' in asked) return again({ status: 422, detail: '', errors: asked.problems });
    const done = await callApi<Done>(c, app, { method: 'POST', ...asked, key: form['key'] ?? '' });
    if (done.kind === 'ok') return c.redirect(next(done.body, found.body, c), 303);
    return done.status === 404 || done.status >= 500 ? showProblem(c, done) : again(done);
  });
}

function draw(
  c: Context,
  { fields, places = {}, start = {}, back, ...shown }: FormShown,
  etag: string | null,
  sent?: { form: Form; refused: Refused },
): Response | Promise<Response> {
  const { errors = [], detail = '', status = 200 } = sent?.refused ?? {};
  const problems = errors.map(({ path, message }) => ({ path: places[path] ?? path, message }));
  const drawn = showFields(fields, sent?.form ?? start, problems);
  const model: OneFormView = {
    ...shown,
    action: c.req.path,
    fields: drawn,
    errors: sent === undefined ? [] : errorLinks(drawn, problems, detail),
    // Whoever is told that it was changed meanwhile sends the form again as it stands now.
    etag: (status === 412 ? etag : (sent?.form['etag'] ?? etag)) ?? '',
    form: { formToken: formToken(c), key: randomUUID() },
  };
  return renderPage(c, { view: 'one-form', title: shown.title, model, back }, status as 200);
}
