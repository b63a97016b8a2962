import type { z } from 'zod';
import type { ruleSchema } from '../../api/deadline-rules.ts';
import type { settingSchema } from '../../api/rule-settings.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { readFields, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrationLink, administrators } from './administrators.ts';
import { gradeChoices, isWanted, ruleFacts, rulesTable, settingFields } from './rules-view.ts';
import { isForForm, settingsForm, type Refused } from './settings-form.ts';

type RuleJson = z.output<typeof ruleSchema>;
type SettingJson = z.output<typeof settingSchema>;

/** `GET /admin/rules`, `GET|POST /admin/rules/:rule` */
export const rulePages: Routes = (app) => {
  getPage(app, '/admin/rules', administrators, 'The rules in force, with their sources', async (c) => {
    const all = await callApi<{ items: RuleJson[] }>(c, app, { path: '/api/deadline-rules' });
    if (all.kind === 'problem') return showProblem(c, all);
    const asked = { q: (c.req.query('q') ?? '').trim(), grade: c.req.query('grade') ?? '' };
    const shown = all.body.items.filter((rule) => isWanted(rule, asked));
    const model = {
      q: asked.q,
      grades: gradeChoices(asked.grade),
      table: shown.length === 0 ? null : rulesTable(shown),
      total: all.body.items.length,
    };
    return renderPage(c, {
      view: 'administration/rules',
      title: 'Rules in force',
      model,
      back: administrationLink,
    });
  });

  getPage(app, '/admin/rules/:rule', administrators, 'A rule, its source and setting', (c) => show(c, app));

  postForm(app, '/admin/rules/:rule', administrators, 'Switch or adjust a rule', async (c, form) => {
    const saved = await callApi<SettingJson>(c, app, {
      method: 'PUT',
      path: `/api/rule-settings/${encodeURIComponent(c.req.param('rule') ?? '')}`,
      body: readFields(settingFields(null), form),
      ifMatch: form['etag'],
    });
    if (saved.kind === 'ok') return c.redirect(c.req.path, 303);
    return isForForm(saved) ? show(c, app, { form, refused: saved }) : showProblem(c, saved);
  });
};

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const id = c.req.param('rule') ?? '';
  const all = await callApi<{ items: RuleJson[] }>(c, app, { path: '/api/deadline-rules' });
  if (all.kind === 'problem') return showProblem(c, all);
  const rule = all.body.items.find((one) => one.id === id);
  if (rule === undefined)
    return showProblem(c, { status: 404, title: 'Not found', detail: 'There is no such rule.' });
  const setting = rule.checkWithForce ? await readSetting(c, app, id) : null;
  const model = { heading: rule.title, facts: ruleFacts(rule, setting), setting: null as object | null };
  if (setting !== null) {
    const form = sent?.form ?? {
      enabled: String(setting.enabled),
      amount: setting.amount === null ? '' : String(setting.amount),
      etag: setting.etag,
    };
    model.setting = settingsForm(settingFields(setting), form, {
      action: `/admin/rules/${encodeURIComponent(id)}`,
      formToken: formToken(c),
      refused: sent?.refused,
    });
  }
  const errors = (model.setting as { errors?: unknown } | null)?.errors;
  const back = { text: 'Rules in force', href: '/admin/rules' };
  const status = (sent?.refused.status ?? 200) as 200;
  return renderPage(
    c,
    { view: 'administration/rule', title: rule.title, model: { ...model, errors }, back },
    status,
  );
}

/** What the force has set; null for a rule that is not for the force to set. */
async function readSetting(c: Context, app: Api, id: string): Promise<SettingJson | null> {
  const found = await callApi<SettingJson>(c, app, { path: `/api/rule-settings/${encodeURIComponent(id)}` });
  return found.kind === 'ok' ? found.body : null;
}
