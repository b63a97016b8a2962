import { randomUUID } from 'node:crypto';
import { readNow } from '../../../../db/read-now.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { errorLinks, readFields, showFields, type FieldProblem, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { proposalFields, rebalancesTable, rebalanceView } from './rebalance-view.ts';
import type { RebalanceJson } from './rebalance-words.ts';
import { readWorkload } from './workload-page.ts';

type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
const seniors = ['senior'] as const;

/** `GET|POST /rebalances`, `GET /rebalances/:id`, `POST /rebalances/:id/apply`, `/undo` */
export const rebalancePages: Routes = (app) => {
  getPage(app, '/rebalances', seniors, 'Proposals to share out work, and making one', (c) => list(c, app));

  postForm(app, '/rebalances', seniors, 'Propose how to share out work', async (c, form) => {
    const { key = '' } = form;
    const body = bodyOf(form);
    const made = await callApi<RebalanceJson>(c, app, { method: 'POST', path: '/api/rebalances', body, key });
    if (made.kind === 'ok') return c.redirect(`/rebalances/${made.body.id}`, 303);
    return made.status === 422 ? list(c, app, { form, refused: made }) : showProblem(c, made);
  });

  getPage(app, '/rebalances/:id', seniors, 'A proposal to share out work', (c) => show(c, app));

  for (const verb of ['apply', 'undo'] as const)
    postForm(app, `/rebalances/:id/${verb}`, seniors, `The form to ${verb} moves`, async (c, form) => {
      const id = encodeURIComponent(c.req.param('id') ?? '');
      const { key = '' } = form;
      const moves = tickedIn(form);
      if (moves.length === 0) return show(c, app, { form, problem: 'Tick at least one case' });
      const notes = moves.flatMap((caseUrn) => {
        const note = (form[`note-${caseUrn}`] ?? '').trim();
        return note === '' ? [] : [{ caseUrn, note }];
      });
      const body = verb === 'apply' && notes.length > 0 ? { moves, notes } : { moves };
      const done = await callApi(c, app, {
        method: 'POST',
        path: `/api/rebalances/${id}/${verb}`,
        body,
        key,
      });
      if (done.kind === 'ok') return c.redirect(`/rebalances/${id}#settled`, 303);
      if (done.status === 404 || done.status >= 500) return showProblem(c, done);
      return show(c, app, { form, problem: done.errors[0]?.message ?? done.detail });
    });
};

/** The body that the form of a proposal says. */
function bodyOf(form: Form): Record<string, unknown> {
  const { kind, staffId, from, to, team, maxMoves, reason } = readFields(proposalFields([]), form);
  return {
    ...(maxMoves === undefined ? {} : { maxMoves }),
    ...(reason === undefined ? {} : { reason }),
    ...(kind === 'cover' ? { cover: { staffId, from, to } } : {}),
    ...(kind === 'newStarter' ? { newStarter: staffId ?? '' } : {}),
    ...(kind === 'balance' && team !== undefined ? { team } : {}),
  };
}

/** A refusal names the fields of the interface; the form's are flat. */
function flatProblems(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map(({ path, message }) => ({
    path: path === 'newStarter' ? 'staffId' : path.replace(/^cover\./, ''),
    message,
  }));
}

async function list(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const cursor = c.req.query('cursor');
  const query = new URLSearchParams({ limit: '20', ...(cursor === undefined ? {} : { cursor }) });
  const found = await callApi<{ items: RebalanceJson[]; next: string | null }>(c, app, {
    path: `/api/rebalances?${query.toString()}`,
  });
  if (found.kind === 'problem') return showProblem(c, found);
  const workload = await readWorkload(c, app, { team: '', weeks: '1' });
  if (workload.kind === 'problem') return showProblem(c, workload);
  const { items, next } = found.body;
  const problems = flatProblems(sent?.refused.errors ?? []);
  const fields = showFields(
    proposalFields(workload.body.items),
    sent?.form ?? { kind: 'balance', team: '' },
    problems,
  );
  const model = {
    fields,
    errors: sent === undefined ? [] : errorLinks(fields, problems, sent.refused.detail),
    table: items.length === 0 ? null : rebalancesTable(items),
    nextHref: next === null ? null : `/rebalances?cursor=${encodeURIComponent(next)}`,
    formToken: formToken(c),
    key: randomUUID(),
  };
  const back = { text: 'Workload', href: '/workload' };
  const page = { view: 'senior/rebalances', title: 'Share the work out anew', model, back };
  return renderPage(c, page, (sent?.refused.status ?? 200) as 200);
}

function tickedIn(form: Form): string[] {
  return Object.entries(form).flatMap(([name, value]) =>
    name.startsWith('move-') && value === 'yes' ? [name.slice('move-'.length)] : [],
  );
}

async function show(c: Context, app: Api, sent?: { form: Form; problem: string }): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const found = await callApi<RebalanceJson>(c, app, { path: `/api/rebalances/${encodeURIComponent(id)}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const view = rebalanceView(found.body, await readNow(c.get('hub').db), sent?.form ?? null);
  const first = view.toApply[0] ?? view.toUndo[0];
  const model = {
    ...view,
    action: `/rebalances/${encodeURIComponent(id)}`,
    errors: sent === undefined ? [] : [{ text: sent.problem, href: `#${first?.id ?? 'main-content'}` }],
    formToken: formToken(c),
    key: randomUUID(),
  };
  const back = { text: 'Proposals', href: '/rebalances' };
  const page = { view: 'senior/rebalance', title: view.heading, model, back };
  return renderPage(c, page, sent === undefined ? 200 : 422);
}
