import { isCivilDate, sayDate } from '../../calendar/civil-date.ts';
import type { Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import { countFields, missingOfSettling } from './custody-count-view.ts';
import { readFields } from './form-field.ts';
import { postForm } from './page-route.ts';
import { showTask, showTaskAgain } from './task-shown.ts';
import { caseReaders } from './who.ts';

/** `POST /tasks/:id/custody-count`, `/settle`: the forms of the tasks on a custody time limit. */
export const custodyForms: Routes = (app) => {
  postForm(app, '/tasks/:id/custody-count', caseReaders, 'Count a custody time limit', async (c, form) => {
    const { urn = '', defendant = '', key = '' } = form;
    const answer = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${encodeURIComponent(urn)}/custody-limits/${encodeURIComponent(defendant)}/confirmations`,
      body: { dueOn: '', ...readFields(countFields, form) },
      key,
    });
    if (answer.kind === 'ok') return c.redirect('/queue?done=limit-confirmed', 303);
    // Another day is an answer as good as the same: it is recorded, and the page says both.
    const isCounted = answer.status === 409 && answer.errors.some(({ path }) => path === 'dueOn');
    return isCounted
      ? c.redirect(`/tasks/${c.req.param('id') ?? ''}?done=count-differs`, 303)
      : showTaskAgain(c, app, form, answer);
  });

  postForm(app, '/tasks/:id/settle', caseReaders, 'Say which count of a limit stands', async (c, form) => {
    const problems = missingOfSettling(form);
    if (problems.length > 0) return showTask(c, app, { form, problems, detail: '' }, 422);
    const { claim, stands, why = '', other = '', key = '' } = form;
    const path = `/api/tasks/${encodeURIComponent(c.req.param('id') ?? '')}`;
    const day = isCivilDate(other) ? sayDate(other) : 'Another day';
    const answer =
      stands === 'hub'
        ? await callApi(c, app, {
            method: 'POST',
            path: `${path}/complete`,
            body: { claim, outcome: 'confirmed', note: why },
            key,
          })
        : await callApi(c, app, {
            method: 'POST',
            path: `${path}/notes`,
            body: { claim, note: `${day} stands, and what is recorded is to be corrected: ${why.trim()}` },
            key,
          });
    if (answer.kind === 'problem') return showTaskAgain(c, app, form, answer);
    return c.redirect(
      stands === 'hub' ? '/queue?done=limit-settled' : `/tasks/${c.req.param('id') ?? ''}?done=limit-doubted`,
      303,
    );
  });
};
