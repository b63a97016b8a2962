import { policeSystemNames, policeSystems } from '../../../deadlines/record-entries.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { showFields, type Field, type Form } from '../form-field.ts';
import { pickFrom, readListed } from '../listed.ts';
import { ofCase, urnOf } from '../of-case.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import { tablesPage } from '../tables-page.ts';
import { caseReaders } from '../who.ts';
import {
  enteredPath,
  entryFields,
  entryOf,
  isOwed,
  recordFacts,
  recordsTable,
  referencesTable,
  type RecordJson,
} from './record-view.ts';

type OfCase = { items: RecordJson[]; references: Parameters<typeof referencesTable>[0] };

const list = { text: 'Police records', name: 'records' };

/** By what entries of all cases are found. */
const filters: readonly Field[] = [
  {
    kind: 'pick',
    path: 'state',
    label: 'Show',
    blank: null,
    choices: [
      { value: 'owed', text: 'What is owed' },
      { value: 'entered', text: 'What was entered' },
    ],
  },
  {
    kind: 'pick',
    path: 'system',
    label: 'System',
    blank: 'Every system',
    choices: policeSystemNames.map((value) => ({ value, text: policeSystems[value] })),
  },
];

/** `GET /records`, `GET /cases/:urn/records`, `GET|POST /cases/:urn/records/:id` */
export const recordPages: Routes = (app) => {
  getPage(app, '/records', caseReaders, 'What is owed to police systems', async (c) => {
    const found = await readListed<RecordJson>(c, app, '/api/records', ['state', 'system']);
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const asked: Form = { state: c.req.query('state') ?? 'owed', system: c.req.query('system') ?? '' };
    const isEntered = asked['state'] === 'entered';
    const title = isEntered ? 'Entered' : 'Owed, the first due first';
    const view = {
      title: 'Police records',
      intro: [
        'What has to be put on PNC, Niche, STORM and the like, of all the cases that you see. The hub does not write to these systems: enter it there, then say so here with the reference.',
      ],
      filters: showFields(filters, asked),
      tables: items.length === 0 ? [] : [recordsTable('entries', title, items)],
      nothing: isEntered ? 'Nothing was entered yet.' : 'Nothing is owed: every system is up to date.',
    };
    return tablesPage(c, view, { text: 'Cases', href: '/cases' }, next);
  });

  getPage(app, '/cases/:urn/records', caseReaders, 'Entries of a case in police systems', async (c) => {
    const found = await readOfCase(c, app);
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, references } = found.body;
    const owed = items.filter(isOwed);
    const others = items.filter((one) => !isOwed(one));
    const { caption, back } = ofCase(c);
    const view = {
      caption,
      title: 'Police records',
      tables: [
        ...(owed.length === 0 ? [] : [recordsTable('owed', 'Owed', owed)]),
        ...(references.length === 0 ? [] : [referencesTable(references)]),
        ...(others.length === 0 ? [] : [recordsTable('others', 'Entered, or owed no longer', others)]),
      ],
      nothing: 'This case owes nothing to any police system.',
      links: [{ text: 'What is owed of all cases', href: '/records' }],
    };
    return tablesPage(c, view, back);
  });

  formPage<RecordJson>(app, {
    path: '/cases/:urn/records/:id',
    roles: caseReaders,
    summary: 'Say that something is entered in a police system',
    read: (c) => readRecord(c, app),
    show: (found, c) => ({
      ...ofCase(c, list),
      title: found.entry,
      facts: recordFacts(found),
      fields: entryFields,
      button: 'It is entered',
      over: isOwed(found) ? undefined : 'Nothing is owed here any more: see the list of the case.',
    }),
    send: (form, found) => {
      const said = entryOf(form);
      return 'problems' in said ? said : { path: enteredPath(found.caseUrn, found.id), body: said.body };
    },
    next: (_done, _found, c) => `/cases/${urnOf(c)}/records?done=entered`,
  });
};

function readOfCase(c: Context, app: Api): Promise<ApiAnswer<OfCase>> {
  return callApi<OfCase>(c, app, { path: `/api/cases/${urnOf(c)}/records` });
}

async function readRecord(c: Context, app: Api): Promise<ApiAnswer<RecordJson>> {
  const found = await readOfCase(c, app);
  if (found.kind === 'problem') return found;
  return pickFrom(found.body.items, c.req.param('id'), found.etag, 'This case has no such entry.');
}
