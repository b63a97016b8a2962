import { randomUUID } from 'node:crypto';
import { readNow } from '../../../../db/read-now.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { errorLinks, showFields, type Form } from '../form-field.ts';
import { addRow, withoutBlankRows } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrationLink, administrators } from './administrators.ts';
import { formOfHolidays, holidayRows, holidaysOf, lastYearField, withoutHoliday } from './holidays-form.ts';
import {
  holidaysView,
  previewTable,
  sayPreview,
  type HolidaysJson,
  type PreviewJson,
  type ProgressJson,
  type RecomputationJson,
} from './holidays-view.ts';

const api = '/api/calendar/bank-holidays';
const path = '/admin/bank-holidays';
type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
const holidaysLink = { text: 'Bank holidays', href: path };

/** `GET /admin/bank-holidays`, `GET|POST /admin/bank-holidays/change` */
export const holidaysPage: Routes = (app) => {
  getPage(app, path, administrators, 'The bank holidays, and what their changes moved', (c) => list(c, app));

  getPage(app, `${path}/change`, administrators, 'Proclaim bank holidays', async (c) => {
    const holidays = await callApi<HolidaysJson>(c, app, { path: api });
    if (holidays.kind === 'problem') return showProblem(c, holidays);
    const form = addRow(formOfHolidays(holidays.body), 'proclaimed', { name: '' });
    return showForm(c, { ...form, etag: holidays.etag ?? '' });
  });

  postForm(app, `${path}/change`, administrators, 'See what would move, and proclaim', async (c, sent) => {
    const isChanging = ['add', 'edit'].includes(sent['do'] ?? '') || sent['remove'] !== undefined;
    const form = isChanging ? sent : withoutBlankRows(sent, 'proclaimed');
    if (form['do'] === 'add') return showForm(c, addRow(form, 'proclaimed', { name: '' }));
    if (form['do'] === 'edit') return showForm(c, form);
    if (form['remove'] !== undefined) return showForm(c, withoutHoliday(form, form['remove']));
    const body = holidaysOf(form);
    if (form['do'] !== 'save') {
      const preview = await callApi<PreviewJson>(c, app, { method: 'POST', path: `${api}/preview`, body });
      return preview.kind === 'ok' ? showPreview(c, form, preview.body) : refuse(c, form, preview);
    }
    const { etag, key = '' } = form;
    const saved = await callApi<{ id: string }>(c, app, {
      method: 'PUT',
      path: api,
      body,
      ifMatch: etag,
      key,
    });
    if (saved.kind === 'problem') return refuse(c, form, saved);
    return c.redirect(`${path}?recomputation=${saved.body.id}`, 303);
  });
};

async function list(c: Context, app: Api): Promise<Response> {
  const holidays = await callApi<HolidaysJson>(c, app, { path: api });
  if (holidays.kind === 'problem') return showProblem(c, holidays);
  const all = await callApi<{ items: RecomputationJson[] }>(c, app, { path: '/api/calendar/recomputations' });
  if (all.kind === 'problem') return showProblem(c, all);
  const id = c.req.query('recomputation') ?? all.body.items[0]?.id;
  const [limit, cursor] = [c.req.query('limit'), c.req.query('cursor')];
  const query = new URLSearchParams({
    ...(limit === undefined ? {} : { limit }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const shown =
    id === undefined
      ? null
      : await callApi<ProgressJson>(c, app, {
          path: `/api/calendar/recomputations/${encodeURIComponent(id)}?${query.toString()}`,
        });
  if (shown?.kind === 'problem') return showProblem(c, shown);
  const now = await readNow(c.get('hub').db);
  const model = holidaysView(holidays.body, all.body.items, shown?.body ?? null, now);
  return renderPage(c, {
    view: 'administration/holidays',
    title: 'Bank holidays',
    model,
    back: administrationLink,
  });
}

function refuse(c: Context, form: Form, refused: Refused): Response | Promise<Response> {
  return refused.status === 422 || refused.status === 412
    ? showForm(c, form, refused)
    : showProblem(c, refused);
}

function showForm(c: Context, form: Form, refused?: Refused): Response | Promise<Response> {
  const problems = refused?.errors ?? [];
  const rows = holidayRows(form).map((row) => ({ ...row, fields: showFields(row.fields, form, problems) }));
  const others = showFields([lastYearField], form, problems);
  const shown = [...rows.flatMap(({ fields }) => fields), ...others];
  const model = {
    action: `${path}/change`,
    etag: form['etag'] ?? '',
    rows,
    others,
    errors: refused === undefined ? [] : errorLinks(shown, problems, refused.detail),
    formToken: formToken(c),
  };
  const page = { view: 'administration/holidays-form', title: 'Proclaim bank holidays', model };
  return renderPage(c, { ...page, back: holidaysLink }, (refused?.status ?? 200) as 200);
}

function showPreview(c: Context, form: Form, preview: PreviewJson): Response | Promise<Response> {
  const { formToken: _token, do: _do, key: _key, ...fields } = form;
  const model = {
    action: `${path}/change`,
    why: preview.why,
    sentence: sayPreview(preview),
    table: preview.changes.length === 0 ? null : previewTable(preview),
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    formToken: formToken(c),
    key: randomUUID(),
  };
  return renderPage(c, {
    view: 'administration/holidays-preview',
    title: 'What would move',
    model,
    back: holidaysLink,
  });
}
