import { randomUUID } from 'node:crypto';
import type { Api, Context } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import type { Table } from '../figures/table.ts';
import { readFields, type Field, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrators } from './administrators.ts';
import { settingsForm, type Refused } from './settings-form.ts';

/** How a thing that the hub gave up is shown, and what can still be done with it. */
type Shown = {
  heading: string;
  tag: { text: string; classes: string };
  facts: { key: string; value: string; href?: string }[];
  table: Table | null;
  mayRetry: boolean;
  maySettle: boolean;
};

/** The page of one thing that the hub gave up: it is tried again, or a person says what becomes of it. */
export type GivenUp<T> = {
  /** With `:id`. */
  path: string;
  /** The list that it is one of, in the interface. */
  api: string;
  summary: string;
  fields: readonly Field[];
  again: { verb: string; title: string; text: string };
  settle: { verb: string; title: string; button: string; text?: string };
  back: { text: string; href: string };
  show: (found: T) => Shown;
  /** The page to go to when it is done. */
  next: (id: string, verb: string) => string;
};

const idOf = (c: Context) => encodeURIComponent(c.req.param('id') ?? '');

/** Adds the page, and what its two forms do. */
export function givenUpPages<T>(app: Api, page: GivenUp<T>): void {
  const { path, api, again, settle, fields, next } = page;
  getPage(app, path, administrators, page.summary, (c) => show(c, app, page));
  for (const { verb, title } of [again, settle])
    postForm(app, `${path}/${verb}`, administrators, title, async (c, form) => {
      const id = idOf(c);
      const done = await callApi(c, app, {
        method: 'POST',
        path: `${api}/${id}/${verb}`,
        body: verb === settle.verb ? readFields(fields, form) : {},
        key: form['key'] ?? '',
      });
      if (done.kind === 'ok') return c.redirect(next(id, verb), 303);
      const isLost = done.status === 404 || done.status >= 500;
      return isLost ? showProblem(c, done) : show(c, app, page, { form, refused: done });
    });
}

async function show<T>(
  c: Context,
  app: Api,
  page: GivenUp<T>,
  sent?: { form: Form; refused: Refused },
): Promise<Response> {
  const { path, api, fields, again, settle, back } = page;
  const found = await callApi<T>(c, app, { path: `${api}/${idOf(c)}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const { mayRetry, maySettle, ...shown } = page.show(found.body);
  const actionOf = ({ verb }: { verb: string }) => `${path.replace(':id', idOf(c))}/${verb}`;
  const model = {
    ...shown,
    again: mayRetry ? { ...again, action: actionOf(again) } : null,
    settle: maySettle ? { ...settle, action: actionOf(settle) } : null,
    key: randomUUID(),
    ...settingsForm(fields, sent?.form ?? {}, {
      action: actionOf(settle),
      formToken: formToken(c),
      refused: sent?.refused,
    }),
  };
  const status = (sent?.refused.status ?? 200) as 200;
  return renderPage(c, { view: 'administration/given-up', title: shown.heading, model, back }, status);
}
