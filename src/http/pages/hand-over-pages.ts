import type { z } from 'zod';
import type { handOverSchema } from '../api/rebalances-single.ts';
import type { Context, Routes } from '../app-context.ts';
import { wordHead, words, type Table } from './figures/table.ts';
import { readFields, type Field } from './form-field.ts';
import { readListed, type Listed } from './listed.ts';
import { ofCase, urnOf } from './of-case.ts';
import { formPage } from './one-form.ts';
import { getPage, showProblem } from './page-route.ts';
import { sayMoment } from './say.ts';
import { tablesPage } from './tables-page.ts';
import { caseReaders } from './who.ts';

type HandOverJson = z.output<typeof handOverSchema>;

const path = '/cases/:urn/hand-overs';
const list = { text: 'Hand-overs', name: 'hand-overs' };
const listHref = (c: Context): string => `/cases/${urnOf(c)}/hand-overs`;
const apiPath = (c: Context): string => `/api/cases/${urnOf(c)}/hand-overs`;
const note: Field = {
  kind: 'words',
  path: 'note',
  label: 'What does whoever takes the case over have to know?',
};

/** `GET /cases/:urn/hand-overs`, `GET|POST /cases/:urn/hand-overs/new` */
export const handOverPages: Routes = (app) => {
  getPage(app, path, caseReaders, 'Every time a case changed hands, and what was written then', async (c) => {
    const found = await readListed<HandOverJson>(c, app, apiPath(c));
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const { caption, back } = ofCase(c);
    const view = {
      caption,
      title: list.text,
      button: { text: 'Write a note', href: `${listHref(c)}/new` },
      tables: items.length === 0 ? [] : [handOversTable(items)],
      nothing: 'The case has not changed hands. What you write waits for whoever takes it over.',
    };
    return tablesPage(c, view, back, next);
  });

  formPage<Listed<HandOverJson>>(app, {
    path: `${path}/new`,
    roles: caseReaders,
    summary: 'Write something down for whoever takes a case over',
    read: (c) => readListed(c, app, apiPath(c)),
    show: (_found, c) => ({ ...ofCase(c, list), title: 'Write a note', fields: [note], button: 'Save it' }),
    send: (form, _found, c) => ({
      path: `/api/cases/${urnOf(c)}/hand-over-notes`,
      body: readFields([note], form),
    }),
    next: (_done, _found, c) => `${listHref(c)}?done=saved`,
  });
};

function handOversTable(items: readonly HandOverJson[]): Table {
  return {
    id: 'hand-overs',
    title: 'Newest first',
    heads: ['When', 'From', 'To', 'How the case stood', 'Notes'].map(wordHead),
    rows: items.map(({ at, by, from, to, summary, notes }) => ({
      cells: [
        { text: sayMoment(at), more: `by ${by}` },
        words(from ?? 'The team'),
        words(to ?? 'The team'),
        words(summary.join('. ')),
        words(notes.map((one) => `${one.by}, ${sayMoment(one.at)}: ${one.text}`).join(' / ') || 'None'),
      ],
    })),
  };
}
