import { randomUUID } from 'node:crypto';
import type { Context, Routes } from '../app-context.ts';
import type { z } from 'zod';
import { isFailure, type Failure } from '../../platform/failure.ts';
import { queueQuery, readQueuePage, type QueuePage } from '../api/queue.ts';
import { staffOf } from '../authenticate.ts';
import { authenticatePuller } from '../authenticate-puller.ts';
import { filtersOf } from '../remembered-filters.ts';
import { callApi } from './call-api.ts';
import { noticeOf } from './notices.ts';
import { errorPage, getPage, postForm, showFailure, showProblem } from './page-route.ts';
import { isSort, queueView, whyNoneGiven } from './queue-view.ts';
import { formToken, renderPage } from './render.ts';
import { consequenceNames } from './say.ts';
import { workers } from './who.ts';

/** `GET /queue`, `POST /queue/next` */
export const queuePage: Routes = (app) => {
  getPage(app, '/queue', workers, 'My queue', showQueue, authenticatePuller);

  postForm(app, '/queue/next', workers, 'Get the next task', async (c, form) => {
    const pulled = await callApi<{ task: { id: string } } | null>(c, app, {
      method: 'POST',
      path: `/api/caseworkers/${encodeURIComponent(staffOf(c).id)}/next-task`,
      ...(form['key'] === undefined ? {} : { key: form['key'] }),
    });
    if (pulled.kind === 'problem') return showProblem(c, pulled);
    return c.redirect(pulled.body === null ? '/queue?done=none-given' : `/tasks/${pulled.body.task.id}`, 303);
  });
};

async function showQueue(c: Context): Promise<Response> {
  const staff = staffOf(c);
  const filters = filtersOf(c, '/queue', ['about', 'sort']);
  const done = c.req.query('done');
  if (filters.kind === 'go')
    return c.redirect(done === undefined ? filters.to : withDone(filters.to, done), 303);
  const { about = '', sort = '' } = filters.asked;
  const chosen = {
    about: Object.hasOwn(consequenceNames, about) ? about : '',
    sort: isSort(sort) ? sort : ('order' as const),
  };
  const isWhole = chosen.about !== '' || chosen.sort !== 'order';
  const cursor = isWhole ? undefined : c.req.query('cursor');
  const query = queueQuery.safeParse(isWhole ? { limit: '100' } : cursor === undefined ? {} : { cursor });
  if (!query.success)
    return errorPage(c, 422, 'There is no such page', 'Open My queue again and go on from there.');
  const queue = await readWanted(c, staff.id, isWhole, query.data);
  if (isFailure(queue)) return showFailure(c, queue);
  const model = queueView(queue, {
    about: chosen.about,
    sort: chosen.sort,
    formToken: formToken(c),
    key: randomUUID(),
    viewer: staff,
    heading: 'My queue',
  });
  const notice = done === 'none-given' ? whyNoneGiven(queue) : noticeOf(c);
  // Read before the queue was: what comes in between is told of rather than lost.
  const liveSince = queue.asOf;
  return renderPage(c, {
    view: 'queue',
    title: 'My queue',
    model: Object.assign(model, { liveSince, notice }),
  });
}

/** An address with the word of what was just done. */
const withDone = (to: string, done: string): string =>
  `${to}${to.includes('?') ? '&' : '?'}${new URLSearchParams({ done }).toString()}`;

/** What is filtered or sorted is of the whole queue, as far as somebody reads; what is not, page by page. */
const mostFiltered = 400;

async function readWanted(
  c: Context,
  id: string,
  isWhole: boolean,
  query: z.output<typeof queueQuery>,
): Promise<QueuePage | Failure> {
  const first = await readQueuePage(c, id, query);
  if (!isWhole || isFailure(first)) return first;
  const items = [...first.items];
  let { next } = first;
  while (next !== null && items.length < mostFiltered) {
    const more = await readQueuePage(c, id, queueQuery.parse({ limit: '100', cursor: next }));
    if (isFailure(more)) return more;
    items.push(...more.items);
    next = more.next;
  }
  return { ...first, items, next: null };
}
