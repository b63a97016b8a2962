import type { Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { errorLinks, showFields, type Form } from '../form-field.ts';
import { addRow, removeRow, withoutBlankRows } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrationLink, administrators } from './administrators.ts';
import {
  formOfLadder,
  ladderFields,
  ladderLists,
  ladderOf,
  ladderView,
  stepRows,
  type LadderJson,
} from './ladder-view.ts';
import { isForForm, type Refused } from './settings-form.ts';

const api = '/api/settings/chasing-ladder';

/** `GET /admin/ladder`, `GET|POST /admin/ladder/change` */
export const ladderPages: Routes = (app) => {
  getPage(app, '/admin/ladder', administrators, 'By what steps officers are chased', async (c) => {
    const ladder = await callApi<LadderJson>(c, app, { path: api });
    if (ladder.kind === 'problem') return showProblem(c, ladder);
    return renderPage(c, {
      view: 'administration/ladder',
      title: 'Chasing ladder',
      model: ladderView(ladder.body),
      back: administrationLink,
    });
  });

  getPage(app, '/admin/ladder/change', administrators, 'Change the chasing ladder', async (c) => {
    const ladder = await callApi<LadderJson>(c, app, { path: api });
    if (ladder.kind === 'problem') return showProblem(c, ladder);
    return showForm(c, { ...formOfLadder(ladder.body), etag: ladder.etag ?? '' });
  });

  postForm(app, '/admin/ladder/change', administrators, 'Set the chasing ladder', async (c, form) => {
    const added = ladderLists.find(({ path }) => form['add'] === path);
    if (added !== undefined) return showForm(c, addRow(form, added.path, { step: '' }));
    const removed = form['remove'];
    if (removed !== undefined) {
      const isRow = ladderLists.some(({ path }) => stepRows(form, path).some(({ name }) => name === removed));
      return showForm(c, isRow ? removeRow(form, removed) : form);
    }
    const sent = ladderLists.reduce((kept, { path }) => withoutBlankRows(kept, path), form);
    const saved = await callApi(c, app, {
      method: 'PUT',
      path: api,
      body: ladderOf(sent),
      ifMatch: sent['etag'],
    });
    if (saved.kind === 'ok') return c.redirect('/admin/ladder', 303);
    return isForForm(saved) ? showForm(c, sent, saved) : showProblem(c, saved);
  });
};

function showForm(c: Context, form: Form, refused?: Refused): Response | Promise<Response> {
  const problems = refused?.errors ?? [];
  const lists = ladderLists.map((list) => ({
    ...list,
    rows: stepRows(form, list.path).map((row) => ({
      ...row,
      fields: showFields(row.fields, form, problems),
    })),
  }));
  const others = showFields(ladderFields, form, problems);
  const shown = [...lists.flatMap(({ rows }) => rows.flatMap(({ fields }) => fields)), ...others];
  const model = {
    lists,
    others,
    etag: form['etag'] ?? '',
    errors: refused === undefined ? [] : errorLinks(shown, problems, refused.detail),
    formToken: formToken(c),
  };
  const back = { text: 'Chasing ladder', href: '/admin/ladder' };
  const page = { view: 'administration/ladder-form', title: 'Change the chasing ladder', model, back };
  return renderPage(c, page, (refused?.status ?? 200) as 200);
}
