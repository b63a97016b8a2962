import { randomUUID } from 'node:crypto';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { errorLinks, readFields, showFields, type FieldProblem, type Form } from './form-field.ts';
import { askFields, isMaterialVerb, materialBody, materialView, type AskView } from './material-view.ts';
import { errorPage, getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { caseReaders } from './who.ts';

type State = Parameters<typeof materialView>[3];
type Entry = { at: string; kind: string; title: string; detail: Record<string, unknown> };

/** `GET|POST /cases/:urn/materials/new`, `/cases/:urn/materials/:id` */
export const materialPage: Routes = (app) => {
  const asking = '/cases/:urn/materials/new';
  getPage(app, asking, caseReaders, 'Ask an officer for something', (c) => showAsking(c, {}));

  postForm(app, asking, caseReaders, 'Ask an officer for something', async (c, { key, ...form }) => {
    const urn = encodeURIComponent(c.req.param('urn') ?? '');
    const answer = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${urn}/materials`,
      body: readFields(askFields, form),
      ...(key === undefined ? {} : { key }),
    });
    if (answer.kind === 'ok') return c.redirect(`/cases/${urn}?done=asked#materials`, 303);
    if (answer.status !== 422 && answer.status !== 409) return showProblem(c, answer);
    return showAsking(c, form, answer.errors, answer.detail);
  });

  const path = '/cases/:urn/materials/:id';
  getPage(app, path, caseReaders, 'A material request', (c) => show(c, app, { form: {} }));

  postForm(
    app,
    path,
    caseReaders,
    'Say what became of a material request',
    async (c, { key, verb, ...form }) => {
      if (!isMaterialVerb(verb)) return show(c, app, { form });
      const answer = await callApi(c, app, {
        method: 'POST',
        path: `/api/materials/${encodeURIComponent(c.req.param('id') ?? '')}/${verb}`,
        body: materialBody(verb, form),
        ...(key === undefined ? {} : { key }),
      });
      const urn = encodeURIComponent(c.req.param('urn') ?? '');
      if (answer.kind === 'ok') return c.redirect(`/cases/${urn}?done=${verb}#materials`, 303);
      if (answer.status !== 422 && answer.status !== 409) return showProblem(c, answer);
      return show(c, app, { form, verb, problems: answer.errors, detail: answer.detail });
    },
  );
};

async function show(c: Context, app: Api, state: State): Promise<Response> {
  const urn = encodeURIComponent(c.req.param('urn') ?? '');
  const found = await callApi<CaseJson>(c, app, { path: `/api/cases/${urn}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const request = found.body.materials.find(({ id }) => id === c.req.param('id'));
  if (!request) return errorPage(c, 404, 'Not found', 'There is no such material request in this case.');
  const chased = await readChased(c, app, request.id);
  const model = materialView(found.body, request, chased, state, {
    formToken: formToken(c),
    key: randomUUID(),
  });
  const back = { text: `Case ${found.body.urn}`, href: `/cases/${found.body.urn}#materials` };
  return renderPage(
    c,
    { view: 'material', title: model.title, model, back },
    model.errors.length > 0 ? 422 : 200,
  );
}

function showAsking(
  c: Context,
  form: Form,
  problems: readonly FieldProblem[] = [],
  detail = '',
): Response | Promise<Response> {
  const urn = c.req.param('urn') ?? '';
  const fields = showFields(askFields, form, problems);
  const model: AskView = {
    urn,
    fields,
    errors: errorLinks(fields, problems, detail),
    form: { formToken: formToken(c), key: randomUUID() },
  };
  const back = { text: `Case ${urn}`, href: `/cases/${encodeURIComponent(urn)}#materials` };
  const page = { view: 'ask-for-material', title: 'Ask for something', model, back };
  return renderPage(c, page, model.errors.length > 0 ? 422 : 200);
}

/** Who was asked for it, of the latest that happened in the case. */
async function readChased(c: Context, app: Api, id: string): Promise<Entry[]> {
  const path = `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}/timeline?limit=100`;
  const timeline = await callApi<{ items: Entry[] }>(c, app, { path });
  if (timeline.kind === 'problem') return [];
  return timeline.body.items.filter(({ kind, detail }) => kind === 'chased' && detail['materialId'] === id);
}
