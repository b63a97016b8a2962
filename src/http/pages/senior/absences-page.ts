import type { z } from 'zod';
import type { absenceSchema } from '../../api/staff-absences.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import type { Form } from '../form-field.ts';
import { addRow, countRows, withoutBlankRows } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { absencesOf, absencesView, formOfAbsences, withoutRow } from './absences-view.ts';

type AbsencesJson = { absences: z.output<typeof absenceSchema>[] };
type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
const roles = ['senior', 'administrator'] as const;

/** `GET|POST /staff/:id/absences` */
export const absencesPage: Routes = (app) => {
  getPage(app, '/staff/:id/absences', roles, 'When somebody is away', async (c) => {
    const found = await callApi<AbsencesJson>(c, app, { path: pathOf(c) });
    if (found.kind === 'problem') return showProblem(c, found);
    const form = { ...formOfAbsences(found.body.absences), etag: found.etag ?? '' };
    return show(c, app, form);
  });

  postForm(app, '/staff/:id/absences', roles, 'Record when somebody is away', async (c, form) => {
    if (form['do'] === 'add') return show(c, app, addRow(form, 'absences', { kind: '' }));
    if (form['remove'] !== undefined) return show(c, app, withoutRow(form, form['remove']));
    const sent = withoutBlankRows(form, 'absences');
    const answer = await callApi<AbsencesJson>(c, app, {
      method: 'PUT',
      path: pathOf(c),
      body: { absences: absencesOf(sent) },
      ifMatch: form['etag'],
    });
    if (answer.kind === 'ok')
      return c.redirect(`${backOf(c, c.req.param('id') ?? '').href}?done=absences`, 303);
    if (answer.status !== 422 && answer.status !== 412) return showProblem(c, answer);
    return show(c, app, sent, answer);
  });
};

const pathOf = (c: Context) => `/api/staff/${encodeURIComponent(c.req.param('id') ?? '')}/absences`;

/** Seniors come from the person's workload, administrators from the list of people. */
function backOf(c: Context, id: string): { text: string; href: string } {
  return c.get('staff').role === 'senior'
    ? { text: 'Workload', href: `/workload/${encodeURIComponent(id)}` }
    : { text: 'People', href: '/admin/people' };
}

/** What somebody is called; their id where the first hundred do not tell. */
async function readName(c: Context, app: Api, id: string): Promise<string> {
  const people = await callApi<{ items: { id: string; name: string }[] }>(c, app, {
    path: '/api/staff?limit=100',
  });
  const found = people.kind === 'ok' ? people.body.items.find((one) => one.id === id) : undefined;
  return found?.name ?? id;
}

async function show(c: Context, app: Api, form: Form, refused?: Refused): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const name = await readName(c, app, id);
  const rows = countRows(form, 'absences') > 0 ? form : addRow(form, 'absences', { kind: '' });
  const model = absencesView({ id, name }, rows, {
    formToken: formToken(c),
    ...(refused ? { refused } : {}),
  });
  const status = (refused?.status ?? 200) as 200;
  return renderPage(
    c,
    { view: 'senior/absences', title: `When ${name} is away`, model, back: backOf(c, id) },
    status,
  );
}
