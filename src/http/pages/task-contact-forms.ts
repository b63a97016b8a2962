import { readNow } from '../../../db/read-now.ts';
import type { Routes } from '../app-context.ts';
import { attemptBody } from './attempt-body.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { postForm, showProblem } from './page-route.ts';
import { showTask, showTaskAgain } from './task-shown.ts';
import { caseReaders } from './who.ts';

/** `POST /tasks/:id/attempt`, `/message`: the forms of a task to reach somebody. */
export const contactForms: Routes = (app) => {
  postForm(app, '/tasks/:id/attempt', caseReaders, 'Record a try to reach somebody', async (c, form) => {
    const { urn = '', contact: id = '', key = '' } = form;
    const found = await callApi<CaseJson>(c, app, { path: `/api/cases/${encodeURIComponent(urn)}` });
    if (found.kind === 'problem') return showProblem(c, found);
    const contact = found.body.contacts.find((one) => one.id === id);
    const now = await readNow(c.get('hub').db);
    const read = attemptBody(contact, form, { given: undefined, now });
    if ('problems' in read) return showTask(c, app, { form, problems: read.problems, detail: '' }, 422);
    const path = `/api/contacts/${encodeURIComponent(id)}/attempts`;
    const answer = await callApi<{ state: string }>(c, app, { method: 'POST', path, body: read.body, key });
    if (answer.kind === 'problem') return showTaskAgain(c, app, form, answer);
    const isOver = answer.body.state !== 'owed';
    return c.redirect(isOver ? '/queue?done=told' : `/tasks/${c.req.param('id') ?? ''}?done=attempt`, 303);
  });

  postForm(
    app,
    '/tasks/:id/message',
    caseReaders,
    'Send a message that asks them to ring',
    async (c, form) => {
      const { contact = '', channel, readSafeContact, key = '' } = form;
      const answer = await callApi(c, app, {
        method: 'POST',
        path: `/api/contacts/${encodeURIComponent(contact)}/messages`,
        body: { channel, ...(readSafeContact === 'true' ? { readSafeContact: true } : {}) },
        key,
      });
      if (answer.kind === 'problem') return showTaskAgain(c, app, form, answer);
      return c.redirect(`/tasks/${c.req.param('id') ?? ''}?done=messaged`, 303);
    },
  );
};
