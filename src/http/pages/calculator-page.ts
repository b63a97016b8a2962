import type { Api, Context, Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import {
  calculatorView,
  factFields,
  ruleListView,
  ruleView,
  type CalculatedJson,
  type RuleJson,
} from './calculator-view.ts';
import { readFields, type Form } from './form-field.ts';
import { addRow, dropBlankRows } from './form-rows.ts';
import { errorPage, getPage, showProblem } from './page-route.ts';
import { renderPage } from './render.ts';
import { everyone } from './who.ts';

const back = { text: 'All rules', href: '/calculator' };

/** `GET /calculator`, `/calculator/rules/:id`: nothing is kept, so that a calculation is an address to send on. */
export const calculatorPage: Routes = (app) => {
  getPage(app, '/calculator', everyone, 'The deadline calculator', async (c) => {
    const rules = await readRules(c, app);
    if (rules.kind === 'problem') return showProblem(c, rules);
    const { rule: id, q = '', add, go, ...form } = c.req.query();
    const rule = rules.body.items.find((one) => one.id === id);
    if (id !== undefined && rule === undefined) return noRule(c);
    if (rule === undefined)
      return renderPage(c, {
        view: 'calculator-rules',
        title: 'Calculator',
        model: ruleListView(rules.body.items, q.trim()),
      });
    return calculate(c, app, rule, form, { add, isAsked: go !== undefined });
  });

  getPage(app, '/calculator/rules/:id', everyone, 'What a rule says', async (c) => {
    const rules = await readRules(c, app);
    if (rules.kind === 'problem') return showProblem(c, rules);
    const rule = rules.body.items.find(({ id }) => id === c.req.param('id'));
    if (rule === undefined) return noRule(c);
    const model = ruleView(rule);
    return renderPage(c, { view: 'rule', title: model.title, model, back });
  });
};

const readRules = (c: Context, app: Api) =>
  callApi<{ items: RuleJson[] }>(c, app, { path: '/api/deadline-rules' });

const noRule = (c: Context) => errorPage(c, 404, 'Not found', 'There is no such rule.');

async function calculate(
  c: Context,
  app: Api,
  rule: RuleJson,
  given: Form,
  { add, isAsked }: { add: string | undefined; isAsked: boolean },
): Promise<Response> {
  const lists = factFields(rule, given).lists;
  const isAdding = lists.some(({ path }) => path === add);
  const form = isAdding
    ? addRow(given, add ?? '', { 'from-day': '' })
    : lists.reduce((kept, { path }) => dropBlankRows(kept, path, 1), given);
  const fields = factFields(rule, form);
  const outcome = {
    calculated: null as CalculatedJson | null,
    problems: [] as { path: string; message: string }[],
    detail: '',
  };
  if (isAsked && !isAdding) {
    const { facts = {} } = readFields(fields.fields, form);
    const body = { rule: rule.id, facts };
    const answer = await callApi<CalculatedJson>(c, app, {
      method: 'POST',
      path: '/api/deadlines/calculate',
      body,
    });
    if (answer.kind === 'ok') outcome.calculated = answer.body;
    else if (answer.status !== 422) return showProblem(c, answer);
    else Object.assign(outcome, { problems: answer.errors, detail: answer.detail });
  }
  const model = calculatorView(rule, fields, form, outcome);
  return renderPage(
    c,
    { view: 'calculator', title: model.title, model, back },
    model.errors.length > 0 ? 422 : 200,
  );
}
