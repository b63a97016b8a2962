import { randomUUID } from 'node:crypto';
import { defectCodes } from '../../materials/defect-codes.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { fileCheckOf, fileCheckView } from './file-check-view.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { caseReaders } from './who.ts';

type Refused = NonNullable<Parameters<typeof fileCheckView>[2]['refused']>;

/** `GET|POST /cases/:urn/file-check` */
export const fileCheckPage: Routes = (app) => {
  getPage(app, '/cases/:urn/file-check', caseReaders, 'Check a file', (c) => show(c, app));

  postForm(app, '/cases/:urn/file-check', caseReaders, 'Accept or reject a file', async (c, form) => {
    const urn = c.req.param('urn') ?? '';
    const answer = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${encodeURIComponent(urn)}/file-checks`,
      body: fileCheckOf(form),
      ...(form['key'] === undefined ? {} : { key: form['key'] }),
    });
    if (answer.kind === 'ok') return c.redirect(`/cases/${encodeURIComponent(urn)}`, 303);
    if (answer.status !== 422) return showProblem(c, answer);
    return show(c, app, { form, problems: answer.errors, detail: answer.detail });
  });
};

async function show(c: Context, app: Api, refused?: Refused): Promise<Response> {
  const urn = c.req.param('urn') ?? '';
  const found = await callApi<CaseJson>(c, app, { path: `/api/cases/${encodeURIComponent(urn)}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const model = fileCheckView(found.body, defectCodes, {
    formToken: formToken(c),
    key: randomUUID(),
    ...(refused === undefined ? {} : { refused }),
  });
  const back = { text: `Case ${model.urn}`, href: `/cases/${model.urn}` };
  return renderPage(
    c,
    { view: 'file-check', title: 'Check the file', model, back },
    refused === undefined ? 200 : 422,
  );
}
