import { randomUUID } from 'node:crypto';
import type { Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { callApi } from './call-api.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { queueView, type QueueJson } from './queue-view.ts';
import { formToken, renderPage } from './render.ts';
import { consequenceNames } from './say.ts';
import { workers } from './who.ts';

/** `GET /queue`, `POST /queue/next` */
export const queuePage: Routes = (app) => {
  getPage(app, '/queue', workers, 'My queue', async (c) => {
    const staff = staffOf(c);
    const cursor = c.req.query('cursor');
    const about = c.req.query('about') ?? '';
    const query = new URLSearchParams({ limit: '50', ...(cursor === undefined ? {} : { cursor }) });
    const queue = await callApi<QueueJson>(c, app, {
      path: `/api/caseworkers/${encodeURIComponent(staff.id)}/queue?${query.toString()}`,
    });
    if (queue.kind === 'problem') return showProblem(c, queue);
    const model = queueView(queue.body, {
      about: about in consequenceNames ? about : '',
      formToken: formToken(c),
      key: randomUUID(),
      viewer: staff.id,
      heading: 'My queue',
    });
    return renderPage(c, { view: 'queue', title: 'My queue', model });
  });

  postForm(app, '/queue/next', workers, 'Get the next task', async (c, form) => {
    const pulled = await callApi<{ task: { id: string } } | null>(c, app, {
      method: 'POST',
      path: `/api/caseworkers/${encodeURIComponent(staffOf(c).id)}/next-task`,
      ...(form['key'] === undefined ? {} : { key: form['key'] }),
    });
    if (pulled.kind === 'problem') return showProblem(c, pulled);
    return c.redirect(pulled.body === null ? '/queue' : `/tasks/${pulled.body.task.id}`, 303);
  });
};
