import { randomUUID } from 'node:crypto';
import type { TaskJson } from '../api/task-json.ts';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { callApi } from './call-api.ts';
import { readListed, restHref } from './listed.ts';
import { noticeOf } from './notices.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { sayDayOf, sayMoment } from './say.ts';
import { workers } from './who.ts';

type Row = {
  id: string;
  href: string;
  title: string;
  urn: string | null;
  until: string;
  why: string;
  due: string;
  /** Makes the form take effect once. */
  key: string;
};

/** The view model of what somebody has put off. */
export type PutOffView = { rows: Row[]; nextHref: string | null; formToken: string };

/** `GET /queue/put-off`, `POST /tasks/:id/resume` */
export const putOffPage: Routes = (app) => {
  getPage(app, '/queue/put-off', workers, 'What somebody has put off', async (c) => {
    const path = `/api/caseworkers/${encodeURIComponent(staffOf(c).id)}/put-off`;
    const found = await readListed<TaskJson>(c, app, path);
    if (found.kind === 'problem') return showProblem(c, found);
    const model: PutOffView = {
      rows: found.body.items.map(rowOf),
      nextHref: restHref(c, found.body.next),
      formToken: formToken(c),
    };
    const back = { text: 'My queue', href: '/queue' };
    const page = {
      view: 'put-off',
      title: 'What is put off',
      model: { ...model, notice: noticeOf(c) },
      back,
    };
    return renderPage(c, page);
  });

  postForm(
    app,
    '/tasks/:id/resume',
    workers,
    'Bring back a task that was put off',
    async (c, { key = '' }) => {
      const path = `/api/tasks/${encodeURIComponent(c.req.param('id') ?? '')}/resume`;
      const answer = await callApi(c, app, { method: 'POST', path, body: {}, key });
      if (answer.kind === 'problem' && answer.status !== 409) return showProblem(c, answer);
      // Sent twice, or its day has come: it is back all the same.
      return c.redirect('/queue/put-off?done=taken-up', 303);
    },
  );
};

function rowOf({ id, title, caseUrn, deferredUntil, deferredWhy, dueAt }: TaskJson): Row {
  return {
    id,
    href: `/tasks/${id}`,
    title,
    urn: caseUrn,
    until: deferredUntil === null ? '' : sayMoment(deferredUntil),
    why: deferredWhy ?? '',
    due: sayDayOf(dueAt),
    key: randomUUID(),
  };
}
