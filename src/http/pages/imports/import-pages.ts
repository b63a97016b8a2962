import { randomUUID } from 'node:crypto';
import { mostFormBytes } from '../../api/intake.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, readFile, type ApiAnswer } from '../call-api.ts';
import { errorLinks, showFields, type ErrorLink, type Field } from '../form-field.ts';
import { readListed, restHref } from '../listed.ts';
import { noticeOf } from '../notices.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { caseReaders } from '../who.ts';
import {
  caseStates,
  importHref,
  importsTable,
  importView,
  type ImportedCaseJson,
  type ImportJson,
} from './import-view.ts';

type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;

const list = { text: 'Cases from a spreadsheet', href: '/imports' };
const apiPath = (c: Context): string => `/api/imports/${encodeURIComponent(c.req.param('id') ?? '')}`;

/** By what the cases of a file are found. */
const stateFilter: Field = {
  kind: 'pick',
  path: 'state',
  label: 'Show',
  blank: 'All cases',
  choices: Object.entries(caseStates).map(([value, { text }]) => ({ value, text })),
};

/** `GET|POST /imports`, `GET /imports/:id`, and what is done with a file that was checked */
export const importPages: Routes = (app) => {
  getPage(app, list.href, caseReaders, 'Files of cases that were sent in', (c) => showList(c, app));

  postForm(
    app,
    list.href,
    caseReaders,
    'Send in a file of cases to be checked',
    async (c, form) => {
      const bytes = await readFile(c, 'file');
      const problem: Refused = {
        ...{ kind: 'problem', status: 422, title: '', detail: '' },
        errors: [{ path: 'file', message: 'is needed: choose one' }],
      };
      if (bytes === null) return showList(c, app, problem);
      const sent = await callApi<ImportJson>(c, app, {
        ...{ method: 'POST', path: '/api/imports', file: { type: 'text/csv', bytes } },
        key: form['key'] ?? '',
      });
      if (sent.kind === 'ok') return c.redirect(importHref(sent.body), 303);
      return sent.status >= 500 ? showProblem(c, sent) : showList(c, app, sent);
    },
    { type: 'multipart/form-data', maxBytes: mostFormBytes },
  );

  getPage(app, `${list.href}/:id`, caseReaders, 'A file of cases', (c) => show(c, app));

  postForm(app, `${list.href}/:id/confirm`, caseReaders, 'Create the cases of a file', async (c, form) => {
    const confirmed = await callApi<ImportJson>(c, app, {
      ...{ method: 'POST', path: `${apiPath(c)}/confirm` },
      ...{ body: { leaveOut: form['leaveOut'] === 'true' }, key: form['key'] ?? '' },
    });
    if (confirmed.kind === 'ok') return c.redirect(`${importHref(confirmed.body)}?done=confirmed`, 303);
    return confirmed.status === 404 || confirmed.status >= 500
      ? showProblem(c, confirmed)
      : show(c, app, confirmed);
  });

  postForm(app, `${list.href}/:id/discard`, caseReaders, 'Throw a file of cases away', async (c, form) => {
    const gone = await callApi(c, app, {
      ...{ method: 'DELETE', path: apiPath(c), ifMatch: form['etag'] },
    });
    if (gone.kind === 'ok') return c.redirect(`${list.href}?done=discarded`, 303);
    return gone.status === 404 || gone.status >= 500 ? showProblem(c, gone) : show(c, app, gone);
  });
};

async function showList(c: Context, app: Api, refused?: Refused): Promise<Response> {
  const found = await readListed<ImportJson>(c, app, '/api/imports');
  if (found.kind === 'problem') return showProblem(c, found);
  const { items, next } = found.body;
  const errors = refused === undefined ? [] : linksOf(refused);
  const model = {
    table: items.length === 0 ? null : importsTable(items),
    nextHref: restHref(c, next),
    errors,
    fileError: errors.length === 0 ? null : { text: errors.map(({ text }) => text).join('. ') },
    notice: noticeOf(c),
    ...{ formToken: formToken(c), key: randomUUID() },
  };
  const back = { text: 'Cases', href: '/cases' };
  return renderPage(c, { view: 'imports', title: list.text, model, back }, (refused?.status ?? 200) as 200);
}

/** What is wrong with a file as a whole stands beside the field where it was chosen. */
function linksOf({ errors, detail }: Refused): ErrorLink[] {
  const said = errors.map(({ path, message }) =>
    path === 'file' ? `The file ${message}` : `${path} ${message}`.trim(),
  );
  return (said.length === 0 ? [detail] : said).map((text) => ({ text, href: '#file' }));
}

async function show(c: Context, app: Api, refused?: Refused): Promise<Response> {
  const found = await callApi<ImportJson>(c, app, { path: apiPath(c) });
  if (found.kind === 'problem') return showProblem(c, found);
  const cases = await readListed<ImportedCaseJson>(c, app, `${apiPath(c)}/cases`, ['state']);
  if (cases.kind === 'problem') return showProblem(c, cases);
  const view = importView(found.body, cases.body.items);
  const leaveOut: Field = {
    kind: 'tick',
    path: 'leaveOut',
    label: view.confirm?.leftOut ?? '',
    hint: 'Those with errors, and those that differ from the hub’s. Put them right and send them in again',
  };
  const problems = refused?.errors ?? [];
  const fields = view.confirm?.leftOut == null ? [] : showFields([leaveOut], {}, problems);
  const filters = showFields([stateFilter], { state: c.req.query('state') ?? '' });
  const model = {
    ...view,
    errors: refused === undefined ? [] : errorLinks(fields, problems, refused.detail),
    ...{ action: importHref(found.body), fields, filters, nextHref: restHref(c, cases.body.next) },
    ...{ formToken: formToken(c), key: randomUUID(), etag: found.etag ?? '', notice: noticeOf(c) },
  };
  const page = { view: 'import', title: view.title, model, back: list };
  return renderPage(c, page, (refused?.status ?? 200) as 200);
}
