import { randomUUID } from 'node:crypto';
import { civilDateOf } from '../../calendar/london-time.ts';
import { readNow } from '../../../db/read-now.ts';
import type { TaskJson } from '../api/task-json.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { dateOf } from './form-field.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { taskView, type Refused } from './task-view.ts';
import { caseReaders, workers } from './who.ts';

type Form = Record<string, string>;

/** `GET /tasks/:id` and what its forms do */
export const taskPage: Routes = (app) => {
  getPage(app, '/tasks/:id', workers, 'A task', (c) => show(c, app));

  const forms: Record<string, (form: Form) => Record<string, unknown>> = {
    complete: ({ claim, outcome = '', note = '' }) => ({
      claim,
      outcome,
      ...(note.trim() === '' ? {} : { note }),
    }),
    defer: ({ claim, reason = '', ...form }) => ({ claim, until: dateOf(form, 'until') ?? '', reason }),
    release: ({ claim }) => ({ claim }),
  };
  for (const [verb, bodyOf] of Object.entries(forms))
    postForm(app, `/tasks/:id/${verb}`, workers, `The form to ${verb} a task`, async (c, form) => {
      const id = c.req.param('id') ?? '';
      const answer = await callApi(c, app, {
        method: 'POST',
        path: `/api/tasks/${encodeURIComponent(id)}/${verb}`,
        body: bodyOf(form),
        ...keyOf(form),
      });
      return answer.kind === 'ok' ? c.redirect('/queue', 303) : showAgain(c, app, form, answer);
    });

  postForm(app, '/tasks/:id/attempt', caseReaders, 'Record a try to reach somebody', async (c, form) => {
    const { contact = '', channel, result, note = '' } = form;
    const answer = await callApi<{ state: string }>(c, app, {
      method: 'POST',
      path: `/api/contacts/${encodeURIComponent(contact)}/attempts`,
      body: { channel, result, ...(note.trim() === '' ? {} : { note }) },
      ...keyOf(form),
    });
    if (answer.kind === 'problem') return showAgain(c, app, form, answer);
    const isOver = answer.body.state !== 'owed';
    return c.redirect(isOver ? '/queue' : `/tasks/${c.req.param('id') ?? ''}`, 303);
  });

  postForm(app, '/tasks/:id/custody-count', caseReaders, 'Confirm a custody time limit', async (c, form) => {
    const { urn = '', defendant = '', method = '' } = form;
    const answer = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${encodeURIComponent(urn)}/custody-limits/${encodeURIComponent(defendant)}/confirmations`,
      body: { dueOn: dateOf(form, 'dueOn') ?? '', ...(method.trim() === '' ? {} : { method }) },
      ...keyOf(form),
    });
    return answer.kind === 'ok' ? c.redirect('/queue', 303) : showAgain(c, app, form, answer);
  });
};

const keyOf = ({ key }: Form) => (key === undefined ? {} : { key });

function showAgain(
  c: Context,
  app: Api,
  form: Form,
  answer: Extract<ApiAnswer<unknown>, { kind: 'problem' }>,
): Promise<Response> | Response {
  if (answer.status === 404 || answer.status >= 500) return showProblem(c, answer);
  return show(c, app, { form, problems: answer.errors, detail: answer.detail }, answer.status);
}

async function show(c: Context, app: Api, refused?: Refused, status = 200): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const task = await callApi<TaskJson>(c, app, { path: `/api/tasks/${encodeURIComponent(id)}` });
  if (task.kind === 'problem') return showProblem(c, task);
  const { caseUrn } = task.body;
  const found = caseUrn === null ? null : await callApi<CaseJson>(c, app, { path: `/api/cases/${caseUrn}` });
  if (found?.kind === 'problem') return showProblem(c, found);
  const model = taskView(task.body, found?.body ?? null, {
    today: civilDateOf(await readNow(c.get('hub').db)),
    formToken: formToken(c),
    key: randomUUID(),
    ...(refused === undefined ? {} : { refused }),
  });
  const back = { text: 'My queue', href: '/queue' };
  return renderPage(c, { view: 'task', title: model.heading, model, back }, status as 200);
}
