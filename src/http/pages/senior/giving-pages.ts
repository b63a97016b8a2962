import type { AssignmentRule } from '../../../workload/assignment-rules.ts';
import { showRowsForm, withOtherRows, type RowsForm } from '../administration/rows-form.ts';
import { isForForm, type Refused } from '../administration/settings-form.ts';
import type { Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import type { Form } from '../form-field.ts';
import { withoutBlankRows } from '../form-rows.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formOfRules, ruleRows, rulesOf } from './giving-view.ts';
import { nameOfTeam } from './workload-view.ts';

const path = '/teams/:team/giving';
const apiOf = (c: Context) => `/api/teams/${encodeURIComponent(c.req.param('team') ?? '')}/assignment-rules`;

/** `GET|POST /teams/:team/giving` */
export const givingPages: Routes = (app) => {
  getPage(app, path, ['senior'], 'To whom new cases go', async (c) => {
    const set = await callApi<{ rules: AssignmentRule[] }>(c, app, { path: apiOf(c) });
    if (set.kind === 'problem') return showProblem(c, set);
    return show(c, { ...formOfRules(set.body.rules), etag: set.etag ?? '' });
  });

  postForm(app, path, ['senior'], 'Set to whom new cases go', async (c, form) => {
    const other = withOtherRows(form, 'rules', { name: '' });
    if (other !== null) return show(c, other);
    const sent = withoutBlankRows(form, 'rules');
    const saved = await callApi(c, app, {
      ...{ method: 'PUT', path: apiOf(c), body: rulesOf(sent) },
      ifMatch: sent['etag'],
    });
    if (saved.kind === 'ok') return c.redirect('/workload', 303);
    return isForForm(saved) ? show(c, sent, saved) : showProblem(c, saved);
  });
};

function show(c: Context, form: Form, refused?: Refused) {
  const team = c.req.param('team') ?? '';
  const page: RowsForm = {
    heading: `To whom new cases go: ${nameOfTeam(team).toLowerCase()} team`,
    intro: [
      'A new case goes to whoever of the team is here, trained for it and free of conflicts of interest, and has most time left in the next 20 working days. These rules say what cases take, and who is to have them.',
      'Open cases stay with whoever has them; what nobody has yet is given only to those who have the skills that it takes now.',
    ],
    action: `/teams/${encodeURIComponent(team)}/giving`,
    add: 'Add a rule',
    submit: 'Save the rules',
    rows: ruleRows(form),
    back: { text: 'Workload', href: '/workload' },
  };
  return showRowsForm(c, page, form, refused);
}
