import { personSchema } from '../../api/person-json.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { errorLinks, showFields, type Form } from '../form-field.ts';
import { addRow, removeRow } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { caseReaders } from '../who.ts';
import { bodyOf, changesOf, formOf, mergedForm, problemsOfForm, type PersonJson } from './person-changes.ts';
import { personFields, unavailable } from './person-fields.ts';
import { pathOf, personView, roleName, sayChanges } from './person-view.ts';

type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
type Role = 'victim' | 'witness';

/** A form as it is shown: what is in it, what it was opened with, and why it is shown again. */
type Shown = { form: Form; opened: PersonJson; etag: string; refused?: Refused; changes?: string[] };

/** `GET /victims/:id`, `GET|POST /victims/:id/change`, and the same of `/witnesses` */
export const personPages: Routes = (app) => {
  pagesOf(app, 'victim', 'victims');
  pagesOf(app, 'witness', 'witnesses');
};

function pagesOf(app: Api, role: Role, folder: 'victims' | 'witnesses'): void {
  const apiOf = (c: Context) => `/api/${folder}/${encodeURIComponent(c.req.param('id') ?? '')}`;
  const read = (c: Context) => callApi<PersonJson>(c, app, { path: apiOf(c) });

  getPage(app, `/${folder}/:id`, caseReaders, `What is known of a ${role}`, async (c) => {
    const found = await read(c);
    if (found.kind === 'problem') return showProblem(c, found);
    const view = personView(found.body);
    const notice =
      c.req.query('done') === 'changed' ? 'It is changed, and what they are owed with it.' : undefined;
    return renderPage(c, {
      view: 'person/person',
      title: view.name,
      model: { ...view, notice },
      back: { text: `Case ${found.body.caseUrn}`, href: `/cases/${found.body.caseUrn}` },
    });
  });

  getPage(app, `/${folder}/:id/change`, caseReaders, `Change what is known of a ${role}`, async (c) => {
    const found = await read(c);
    if (found.kind === 'problem') return showProblem(c, found);
    return showForm(c, { form: formOf(found.body), opened: found.body, etag: found.etag ?? '' });
  });

  postForm(
    app,
    `/${folder}/:id/change`,
    caseReaders,
    `Change what is known of a ${role}`,
    async (c, form) => {
      const found = await read(c);
      if (found.kind === 'problem') return showProblem(c, found);
      const now = found.body;
      const opened = readOpened(form['opened']) ?? now;
      const shown = { opened, etag: form['etag'] ?? '' };
      if (form['do'] === 'add')
        return showForm(c, { ...shown, form: addRow(form, unavailable, { why: '' }) });
      if (form['remove'] !== undefined)
        return showForm(c, { ...shown, form: withoutStay(form, form['remove']) });
      const body = changesOf(form, formOf(opened));
      const done = Object.keys(body).length === 0;
      if (done) return c.redirect(pathOf(now), 303);
      const path = apiOf(c);
      const saved = await callApi<PersonJson>(c, app, { method: 'PATCH', path, body, ifMatch: form['etag'] });
      if (saved.kind === 'ok') return c.redirect(`${pathOf(now)}?done=changed`, 303);
      if (saved.status === 412)
        return showLate(c, form, { opened, now, etag: found.etag ?? '', refused: saved });
      return saved.status === 422 ? showForm(c, { ...shown, form, refused: saved }) : showProblem(c, saved);
    },
  );
}

/** The person as the form was opened with, as this file wrote it: a form can hold anything. */
function readOpened(text: string | undefined): PersonJson | null {
  try {
    return personSchema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

const withoutStay = (form: Form, row: string): Form =>
  /^unavailable\.\d{1,2}$/.test(row) ? removeRow(form, row) : form;

/** Somebody changed the person meanwhile: what was written stays, and what is otherwise by now is said. */
function showLate(
  c: Context,
  form: Form,
  { opened, now, etag, refused }: { opened: PersonJson; now: PersonJson; etag: string; refused: Refused },
): Response | Promise<Response> {
  const merged = mergedForm(form, formOf(opened), formOf(now));
  // Sent twice, or changed by the other to the same: there is nothing left to do.
  if (Object.keys(changesOf(merged, formOf(now))).length === 0) return c.redirect(pathOf(now), 303);
  return showForm(c, { form: merged, opened: now, etag, refused, changes: sayChanges(opened, now) });
}

function showForm(
  c: Context,
  { form, opened, etag, refused, changes = [] }: Shown,
): Response | Promise<Response> {
  const problems = problemsOfForm(refused?.errors ?? [], bodyOf(form));
  const fields = showFields(personFields(form), form, problems);
  const model = {
    heading: `Change what is known of ${opened.name}`,
    caption: `${roleName(opened)} in ${opened.caseUrn}`,
    action: `${pathOf(opened)}/change`,
    fields,
    rows: fields.flatMap(({ path }) => /^(unavailable\.\d+)\.why$/.exec(path)?.[1] ?? []),
    opened: JSON.stringify(opened),
    etag,
    changes,
    errors: refused === undefined ? [] : errorLinks(fields, problems, refused.detail),
    formToken: formToken(c),
  };
  const page = {
    view: 'person/change',
    title: model.heading,
    model,
    back: { text: opened.name, href: pathOf(opened) },
  };
  return renderPage(c, page, (refused?.status ?? 200) as 200);
}
