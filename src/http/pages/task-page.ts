import { civilDateOf, instantAt, parseInstant } from '../../calendar/london-time.ts';
import { readNow } from '../../../db/read-now.ts';
import type { TaskJson } from '../api/task-json.ts';
import type { Context, Routes } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import { readFields, type Form } from './form-field.ts';
import { getPage, postForm } from './page-route.ts';
import { enteredPath, entryOf } from './records/record-view.ts';
import { contactForms } from './task-contact-forms.ts';
import { custodyForms } from './task-custody-forms.ts';
import { showTask, showTaskAgain } from './task-shown.ts';
import { caseReaders, workers } from './who.ts';

type Asked = { body: Record<string, unknown>; next: (done: TaskJson) => string };
type Verb = (form: Form, c: Context) => Asked | Promise<Asked>;

const noteOf = ({ note = '' }: Form) => (note.trim() === '' ? {} : { note });

const forms: Record<string, Verb> = {
  complete: ({ claim, outcome = '', ...form }) => ({
    body: { claim, outcome, ...noteOf(form) },
    next: () => '/queue?done=task-done',
  }),
  defer: async ({ claim, reason = '', ...form }, c) => {
    const until = await readUntil(form, c);
    return {
      body: { claim, until, reason },
      next: ({ deferredUntil }) =>
        `/queue?done=${(deferredUntil ?? '') < momentOf(until) ? 'put-off-less' : 'put-off'}`,
    };
  },
  release: ({ claim, handover = '' }) => ({
    body: { claim, ...noteOf({ note: handover }) },
    next: () => '/queue?done=given-back',
  }),
  notes: ({ claim, progress = '' }) => ({
    body: { claim, note: progress },
    next: ({ id }) => `/tasks/${id}?done=noted`,
  }),
};

/** `GET /tasks/:id` and what its forms do */
export const taskPage: Routes = (app, parts) => {
  getPage(app, '/tasks/:id', workers, 'A task', (c) => showTask(c, app));

  for (const [verb, askedOf] of Object.entries(forms))
    postForm(app, `/tasks/:id/${verb}`, workers, `The form to ${verb} a task`, async (c, form) => {
      const { body, next } = await askedOf(form, c);
      const path = `/api/tasks/${encodeURIComponent(c.req.param('id') ?? '')}/${verb}`;
      const key = form['key'] ?? '';
      const answer: ApiAnswer<TaskJson> = await callApi(c, app, { method: 'POST', path, body, key });
      return answer.kind === 'ok' ? c.redirect(next(answer.body), 303) : showTaskAgain(c, app, form, answer);
    });

  postForm(app, '/tasks/:id/entered', caseReaders, 'Say that something is entered', async (c, form) => {
    const { urn = '', deadline = '', key = '' } = form;
    const said = entryOf(form);
    if ('problems' in said) return showTask(c, app, { form, problems: said.problems, detail: '' }, 422);
    const path = enteredPath(urn, deadline);
    const answer = await callApi(c, app, { method: 'POST', path, body: said.body, key });
    return answer.kind === 'ok'
      ? c.redirect('/queue?done=entered', 303)
      : showTaskAgain(c, app, form, answer);
  });

  contactForms(app, parts);
  custodyForms(app, parts);
};

/** The day, or the moment, until which a form puts a task off; a time alone is of today. */
async function readUntil(form: Form, c: Context): Promise<string> {
  const { until = '' } = readFields([{ kind: 'moment', path: 'until', label: '' }], form) as {
    until?: string;
  };
  const isTime = /^\d{2}:\d{2}$/.test(until);
  return isTime ? `${civilDateOf(await readNow(c.get('hub').db))}T${until}` : until;
}

function momentOf(until: string): string {
  if (until.length === 10) return instantAt(until, '08:00');
  const read = parseInstant(until);
  return read.kind === 'instant' ? read.instant : '';
}
