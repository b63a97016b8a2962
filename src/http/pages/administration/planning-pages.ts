import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { readFields, type Form } from '../form-field.ts';
import { withoutBlankRows } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrationLink } from './administrators.ts';
import {
  costFields,
  effortOf,
  formOfCosts,
  formOfEffort,
  kindChoices,
  minutesRows,
  sayWhose,
  scopeNames,
  shareFields,
  type CostsJson,
  type EffortJson,
  type KindJson,
} from './planning-view.ts';
import { showRowsForm, withOtherRows, type RowsForm } from './rows-form.ts';
import { isForForm, settingsForm, type Refused } from './settings-form.ts';

const roles = ['senior', 'administrator'] as const;
const costsApi = '/api/settings/move-costs';
const costsPage = '/admin/planning/move-costs';
const effortApi = (scope: string) => `/api/settings/effort/${scope}`;
const back = { text: 'What is planned with', href: '/admin/planning' };

/** `GET /admin/planning`, `GET|POST /admin/planning/move-costs`, `/admin/planning/effort/:scope` */
export const planningPages: Routes = (app) => {
  getPage(app, '/admin/planning', roles, 'How long work takes and what moving a case costs', (c) => {
    const isSenior = c.get('staff').role === 'senior';
    const sections = [
      ...Object.entries(scopeNames).map(([scope, name]) => ({
        href: `/admin/planning/effort/${scope}`,
        text: `How long work takes: ${name.toLowerCase()}`,
        what: 'Minutes by kind of task and how complex the case is',
      })),
      {
        href: costsPage,
        text: 'What moving a case costs',
        what: 'By what a rebalance weighs one move against another',
      },
    ];
    const link = isSenior ? { text: 'Workload', href: '/workload' } : administrationLink;
    const page = {
      view: 'administration/index',
      title: 'What is planned with',
      model: { sections },
      back: link,
    };
    return renderPage(c, page);
  });

  getPage(app, '/admin/planning/effort/:scope', roles, 'How long work takes', async (c) => {
    const set = await callApi<EffortJson>(c, app, { path: effortApi(c.req.param('scope') ?? '') });
    if (set.kind === 'problem') return showProblem(c, set);
    return showEffort(c, app, { ...formOfEffort(set.body), etag: set.etag ?? '', whose: sayWhose(set.body) });
  });

  postForm(app, '/admin/planning/effort/:scope', roles, 'Set how long work takes', async (c, form) => {
    const other = withOtherRows(form, 'minutes', { kind: '' });
    if (other !== null) return showEffort(c, app, other);
    const sent = withoutBlankRows(form, 'minutes');
    const scope = c.req.param('scope') ?? '';
    const how = {
      method: 'PUT',
      path: effortApi(scope),
      body: effortOf(sent, scope),
      ifMatch: sent['etag'],
    } as const;
    const saved = await callApi(c, app, how);
    if (saved.kind === 'ok') return c.redirect(back.href, 303);
    return isForForm(saved) ? showEffort(c, app, sent, saved) : showProblem(c, saved);
  });

  getPage(app, costsPage, roles, 'What moving a case costs', async (c) => {
    const set = await callApi<CostsJson>(c, app, { path: costsApi });
    if (set.kind === 'problem') return showProblem(c, set);
    return showCosts(c, { ...formOfCosts(set.body), etag: set.etag ?? '', whose: sayWhose(set.body) });
  });

  postForm(app, costsPage, roles, 'Set what moving a case costs', async (c, form) => {
    const body = readFields(costFields, form);
    const saved = await callApi(c, app, { method: 'PUT', path: costsApi, body, ifMatch: form['etag'] });
    if (saved.kind === 'ok') return c.redirect(back.href, 303);
    return isForForm(saved) ? showCosts(c, form, saved) : showProblem(c, saved);
  });
};

async function showEffort(c: Context, app: Api, form: Form, refused?: Refused): Promise<Response> {
  const scope = c.req.param('scope') ?? '';
  const kinds = await callApi<{ items: KindJson[] }>(c, app, { path: '/api/effort/kinds' });
  if (kinds.kind === 'problem') return showProblem(c, kinds);
  const page: RowsForm = {
    heading: `How long work takes: ${(scopeNames[scope] ?? scope).toLowerCase()}`,
    intro: [
      'What a team has learned from its own completed work is planned with first, then what is set for the team, then what is set for every team, then the default of the task. Nothing is learned or set of a person. A task that is open keeps the minutes that it shows.',
      ...(form['whose'] === undefined ? [] : [form['whose']]),
    ],
    action: `/admin/planning/effort/${scope}`,
    add: 'Add a kind of task',
    submit: 'Save the minutes',
    rows: minutesRows(form, kindChoices(kinds.body.items)),
    ...(scope === 'hub' ? { others: { title: 'Where no minutes are set', fields: shareFields } } : {}),
    back,
  };
  return showRowsForm(c, page, form, refused);
}

function showCosts(c: Context, form: Form, refused?: Refused): Response | Promise<Response> {
  const title = 'What moving a case costs';
  const model = {
    ...settingsForm(costFields, form, { action: costsPage, formToken: formToken(c), refused }),
    heading: title,
    intro: [
      'A rebalance makes the moves that cost least. Ten is what any move costs at first: what costs 20 more is moved only where two other moves would be needed instead.',
      ...(form['whose'] === undefined ? [] : [form['whose']]),
    ],
    submit: 'Save the costs',
    about: null,
  };
  return renderPage(
    c,
    { view: 'administration/setting', title, model, back },
    (refused?.status ?? 200) as 200,
  );
}
