import type { Api, Context, Routes } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { deadlineFacts } from './deadline-facts.ts';
import { readFields, type Field } from './form-field.ts';
import { pickFrom } from './listed.ts';
import { ofCase, urnOf } from './of-case.ts';
import { formPage } from './one-form.ts';
import { caseReaders } from './who.ts';

type Deadline = CaseJson['deadlines'][number];

const fields: readonly Field[] = [
  { kind: 'date', path: 'on', label: 'On which day was it met?', hint: 'For example, 27 3 2026' },
  { kind: 'words', path: 'note', label: 'How do you know?' },
];

/** `GET|POST /cases/:urn/deadlines/:id/met` */
export const deadlineMetPage: Routes = (app) => {
  formPage<Deadline>(app, {
    path: '/cases/:urn/deadlines/:id/met',
    roles: caseReaders,
    summary: 'Say that a deadline was met, for what no event shows',
    read: (c) => readDeadline(c, app),
    show: (found, c) => {
      const { title, due, source } = deadlineFacts(found);
      return {
        ...ofCase(c),
        title: 'Say that a deadline was met',
        intro: ['Where an event shows it, record the event instead: other dates may follow from it.'],
        facts: [
          { key: 'Deadline', value: title },
          { key: 'Due', value: due },
          { key: 'Source', value: source },
        ],
        links: [{ text: 'Record what happened', href: `/cases/${urnOf(c)}/events/new` }],
        fields,
        button: 'It was met',
        over: found.state === 'pending' || found.state === 'missed' ? undefined : 'It runs no longer.',
      };
    },
    send: (form, { id }) => ({ path: `/api/deadlines/${id}/met`, body: readFields(fields, form) }),
    next: (_done, _found, c) => `/cases/${urnOf(c)}?done=met#deadlines`,
  });
};

async function readDeadline(c: Context, app: Api): Promise<ApiAnswer<Deadline>> {
  const found = await callApi<CaseJson>(c, app, { path: `/api/cases/${urnOf(c)}` });
  if (found.kind === 'problem') return found;
  const missing = 'There is no such deadline in this case.';
  return pickFrom(found.body.deadlines, c.req.param('id'), found.etag, missing);
}
