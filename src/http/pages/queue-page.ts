import { randomUUID } from 'node:crypto';
import type { Api, Context, Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { filtersOf } from '../remembered-filters.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { isSort, queueView, type QueueJson } from './queue-view.ts';
import { formToken, renderPage } from './render.ts';
import { consequenceNames } from './say.ts';
import { workers } from './who.ts';

/** `GET /queue`, `POST /queue/next` */
export const queuePage: Routes = (app) => {
  getPage(app, '/queue', workers, 'My queue', async (c) => {
    const staff = staffOf(c);
    const filters = filtersOf(c, '/queue', ['about', 'sort']);
    if (filters.kind === 'go') return c.redirect(filters.to, 303);
    const { about = '', sort = '' } = filters.asked;
    const chosen = {
      about: Object.hasOwn(consequenceNames, about) ? about : '',
      sort: isSort(sort) ? sort : ('order' as const),
    };
    const queue = await readQueue(c, app, staff.id, chosen.about !== '' || chosen.sort !== 'order');
    if (queue.kind === 'problem') return showProblem(c, queue);
    const model = queueView(queue.body, {
      ...chosen,
      formToken: formToken(c),
      key: randomUUID(),
      viewer: staff.id,
      heading: 'My queue',
    });
    // Read before the queue was: what comes in between is told of rather than lost.
    const liveSince = queue.body.asOf;
    return renderPage(c, { view: 'queue', title: 'My queue', model: { ...model, liveSince } });
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

/** What is filtered or sorted is of the whole queue, as far as somebody reads; what is not, page by page. */
const mostFiltered = 400;

async function readQueue(c: Context, app: Api, id: string, whole: boolean): Promise<ApiAnswer<QueueJson>> {
  const read = (cursor: string | null | undefined) => {
    const query = new URLSearchParams({ limit: whole ? '100' : '50', ...(cursor == null ? {} : { cursor }) });
    const path = `/api/caseworkers/${encodeURIComponent(id)}/queue?${query.toString()}`;
    return callApi<QueueJson>(c, app, { path });
  };
  const first = await read(whole ? null : c.req.query('cursor'));
  if (!whole || first.kind === 'problem') return first;
  const { body } = first;
  while (body.next !== null && body.items.length < mostFiltered) {
    const more = await read(body.next);
    if (more.kind === 'problem') return more;
    body.items.push(...more.body.items);
    body.next = more.body.next;
  }
  return { ...first, body: { ...body, next: null } };
}
