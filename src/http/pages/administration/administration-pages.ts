import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import type { Table } from '../figures/table.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';
import { peopleTable, quarantineTable, type QuarantinedJson, type StaffJson } from './administration-view.ts';
import { administrationLink, administrators } from './administrators.ts';
import { holidaysPage } from './holidays-page.ts';
import { ladderPages } from './ladder-pages.ts';
import { messagePages } from './message-pages.ts';
import { rulePages } from './rule-pages.ts';
import { wordsPages } from './words-pages.ts';

/** What administrators look after, with a line on each. */
const sections = [
  {
    href: '/admin/bank-holidays',
    text: 'Bank holidays',
    what: 'The list, what its changes moved, proclaiming one after seeing what it would move',
  },
  { href: '/admin/people', text: 'People and absences', what: 'Who is here, and who is away when' },
  { href: '/admin/ladder', text: 'Chasing ladder', what: 'When officers are reminded, and who is told next' },
  {
    href: '/admin/rules',
    text: 'Rules in force',
    what: 'Every deadline with its source; switching or adjusting those that are for the force to set',
  },
  { href: '/admin/words', text: 'Words of messages', what: 'What victims and witnesses are told, and how' },
  { href: '/admin/quarantine', text: 'Work that was put aside', what: 'What failed three times' },
  { href: '/admin/messages', text: 'Messages in doubt', what: 'What came back or may not have arrived' },
  { href: '/admin/queues', text: 'Queues', what: 'What the queues hold, to look at only' },
];

/** The pages of administrators. */
export const administrationPages: Routes = (app, parts) => {
  getPage(app, '/admin', administrators, 'What administrators look after', (c) =>
    renderPage(c, { view: 'administration/index', title: 'Administration', model: { sections } }),
  );
  listPage<StaffJson>(app, {
    path: '/admin/people',
    api: '/api/staff',
    title: 'People and absences',
    nothing: 'Nobody is known here.',
    tableOf: peopleTable,
  });
  listPage<QuarantinedJson>(app, {
    path: '/admin/quarantine',
    api: '/api/quarantine',
    title: 'Work that was put aside',
    nothing: 'Nothing is put aside: everything that was due has been carried out.',
    intro:
      'What failed three times is put aside, so that nothing else waits for it. The caseworker of the case, or a senior, has a task to do it by hand. Give the number to whoever looks after the hub.',
    tableOf: quarantineTable,
  });
  for (const addRoutes of [holidaysPage, ladderPages, rulePages, wordsPages, messagePages])
    addRoutes(app, parts);
};

/** A page of a paged list of the interface. */
function listPage<T>(
  app: Api,
  of: {
    path: string;
    api: string;
    title: string;
    nothing: string;
    intro?: string;
    tableOf: (items: readonly T[]) => Table;
  },
): void {
  const { path, api, title, nothing, intro = '', tableOf } = of;
  getPage(app, path, administrators, title, async (c: Context) => {
    const cursor = c.req.query('cursor');
    const query = new URLSearchParams({ limit: '50', ...(cursor === undefined ? {} : { cursor }) });
    const found = await callApi<{ items: T[]; next: string | null }>(c, app, {
      path: `${api}?${query.toString()}`,
    });
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const model = {
      heading: title,
      intro,
      nothing,
      table: items.length === 0 ? null : tableOf(items),
      nextHref: next === null ? null : `${path}?cursor=${encodeURIComponent(next)}`,
    };
    return renderPage(c, { view: 'administration/list', title, model, back: administrationLink });
  });
}
