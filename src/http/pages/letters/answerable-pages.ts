import type { Api, Context } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import type { CaseJson } from '../case-glance.ts';
import type { Table } from '../figures/table.ts';
import { readFields, type Field, type Form } from '../form-field.ts';
import { findListed, readListed } from '../listed.ts';
import { ofCase, urnOf } from '../of-case.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import { tablesPage } from '../tables-page.ts';
import { caseReaders } from '../who.ts';

/** What of a case somebody waits for an answer to: letters, or questions. */
export type Answerable<Item> = {
  /** Its name in addresses, of pages and of the interface alike. */
  name: 'correspondence' | 'queries';
  title: string;
  nothing: string;
  tableOf: (items: readonly Item[]) => Table;
  logging: {
    title: string;
    intro: string;
    fields: (found: CaseJson) => Field[];
    bodyOf: (fields: readonly Field[], form: Form) => unknown;
  };
  titleOf: (item: Item) => string;
  factsOf: (item: Item) => { key: string; value: string }[];
  isOpen: (item: Item) => boolean;
  answerFields: readonly Field[];
  /** How it ends without an answer. */
  closing: { verb: 'closed' | 'withdrawn'; title: string };
};

const why: Field = { kind: 'words', path: 'why', label: 'Why not?' };
const over = 'No answer is waited for.';

/** When something was answered, where that is not now. */
export const answeredAt: Field = {
  kind: 'moment',
  path: 'at',
  label: 'When was that?',
  hint: 'Now, unless you say. For example, 27 3 2026 at 14:30',
  isOptional: true,
};

/**
 * The list of them, logging one, answering one and closing it without an answer: each is what the interface does under
 * the same name.
 */
export function answerablePages<Item extends { id: string }>(app: Api, of: Answerable<Item>): void {
  const { name, title, isOpen, closing, logging } = of;
  const path = `/cases/:urn/${name}`;
  const list = { text: title, name };
  const listHref = (c: Context) => `/cases/${urnOf(c)}/${name}`;
  const ofCaseApi = (c: Context) => `/api/cases/${urnOf(c)}/${name}`;
  const read = (c: Context): Promise<ApiAnswer<Item>> =>
    findListed<Item>(c, app, ofCaseApi(c), c.req.param('id') ?? '');

  getPage(app, path, caseReaders, `${title} of a case`, async (c) => {
    const found = await readListed<Item>(c, app, ofCaseApi(c));
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const { caption, back } = ofCase(c);
    const view = {
      caption,
      title,
      button: { text: logging.title, href: `${listHref(c)}/new` },
      tables: items.length === 0 ? [] : [of.tableOf(items)],
      nothing: of.nothing,
    };
    return tablesPage(c, view, back, next);
  });

  formPage<CaseJson>(app, {
    path: `${path}/new`,
    roles: caseReaders,
    summary: logging.title,
    read: (c) => callApi(c, app, { path: `/api/cases/${urnOf(c)}` }),
    show: (found, c) => ({
      ...ofCase(c, list),
      title: logging.title,
      intro: [logging.intro],
      fields: logging.fields(found),
      start: c.req.query(),
      button: 'Log it',
    }),
    send: (form, found, c) => ({ path: ofCaseApi(c), body: logging.bodyOf(logging.fields(found), form) }),
    next: (_done, _found, c) => `${listHref(c)}?done=logged`,
  });

  formPage<Item>(app, {
    path: `${path}/:id`,
    roles: caseReaders,
    summary: `${title}: one, and its answer`,
    read,
    show: (item, c) => ({
      ...ofCase(c, list),
      title: of.titleOf(item),
      facts: of.factsOf(item),
      fields: of.answerFields,
      button: 'Record the answer',
      over: isOpen(item) ? undefined : over,
      links: isOpen(item) ? [{ text: closing.title, href: `${listHref(c)}/${item.id}/${closing.verb}` }] : [],
    }),
    send: (form, { id }) => ({
      path: `/api/${name}/${id}/answers`,
      body: readFields(of.answerFields, form),
    }),
    next: (_done, _found, c) => `${listHref(c)}?done=answered`,
  });

  formPage<Item>(app, {
    path: `${path}/:id/${closing.verb}`,
    roles: caseReaders,
    summary: closing.title,
    read,
    show: (item, c) => ({
      ...ofCase(c, list),
      title: closing.title,
      facts: of.factsOf(item),
      fields: [why],
      button: 'Close it',
      over: isOpen(item) ? undefined : over,
    }),
    send: (form, { id }) => ({ path: `/api/${name}/${id}/${closing.verb}`, body: readFields([why], form) }),
    next: (_done, _found, c) => `${listHref(c)}?done=closed`,
  });
}
