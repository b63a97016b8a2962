import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import type { CaseJson } from '../case-glance.ts';
import { readFields, showFields, type Field } from '../form-field.ts';
import { notFound, readListed } from '../listed.ts';
import { noticeOf } from '../notices.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';
import { tablesPage } from '../tables-page.ts';
import { caseReaders } from '../who.ts';
import { choiceFields } from './choice-fields.ts';
import {
  choiceTitle,
  exceptionHref,
  exceptionsTable,
  exceptionView,
  type ExceptionJson,
  type ReadExceptionJson,
} from './exception-view.ts';

/** What is in doubt, with the case that it is of where something is picked from it. */
type Found = { exception: ReadExceptionJson; found: CaseJson | null };

const list = { text: 'Court results to settle', href: '/court-exceptions' };
const apiPath = (c: Context): string =>
  `/api/court-exceptions/${encodeURIComponent(c.req.param('id') ?? '')}`;

const stateFilter: Field = {
  kind: 'pick',
  path: 'state',
  label: 'Show',
  blank: null,
  choices: [
    { value: 'open', text: 'To be settled' },
    { value: 'settled', text: 'Settled' },
    { value: 'withdrawn', text: 'No longer in doubt' },
  ],
};

/** `GET /court-exceptions`, `/court-exceptions/:id`, `GET|POST /court-exceptions/:id/:choice` */
export const exceptionPages: Routes = (app) => {
  getPage(app, list.href, caseReaders, 'What in the courts’ results needs a person', async (c) => {
    const found = await readListed<ExceptionJson>(c, app, '/api/court-exceptions', ['state']);
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const view = {
      title: list.text,
      intro: [
        'The rest of each message has taken effect already. What you choose here takes effect at once, and completes its task.',
      ],
      filters: showFields([stateFilter], { state: c.req.query('state') ?? 'open' }),
      tables: items.length === 0 ? [] : [exceptionsTable(items)],
      nothing: 'There is nothing of that kind: every result that came in was understood.',
    };
    return tablesPage(c, view, { text: 'Cases', href: '/cases' }, next);
  });

  getPage(app, `${list.href}/:id`, caseReaders, 'A court result in doubt', async (c) => {
    const found = await callApi<ReadExceptionJson>(c, app, { path: apiPath(c) });
    if (found.kind === 'problem') return showProblem(c, found);
    const model = { ...exceptionView(found.body), notice: noticeOf(c) };
    return renderPage(c, { view: 'court-exception', title: model.title, model, back: list });
  });

  formPage<Found>(app, {
    path: `${list.href}/:id/:choice`,
    roles: caseReaders,
    summary: 'Settle what is in doubt of a court result',
    read: (c) => readFound(c, app),
    show: ({ exception, found }, c) => {
      const choice = choiceOf(c);
      return {
        caption: exception.title,
        title: choiceTitle(choice),
        intro: [exception.why],
        fields: choiceFields(choice, exception, found) ?? [],
        button: choiceTitle(choice),
        isWarning: choice === 'reject',
        over: exception.state === 'open' ? undefined : 'It is settled already, or no longer in doubt.',
        back: { text: 'The court result', href: exceptionHref(exception.id) },
      };
    },
    send: (form, { exception, found }, c) => ({
      path: `${apiPath(c)}/decision`,
      body: {
        choice: choiceOf(c),
        ...readFields(choiceFields(choiceOf(c), exception, found) ?? [], form),
      },
    }),
    next: (_done, { exception }) => `${exceptionHref(exception.id)}?done=settled`,
  });
};

const choiceOf = (c: Context): string => c.req.param('choice') ?? '';

async function readFound(c: Context, app: Api): Promise<ApiAnswer<Found>> {
  const read = await callApi<ReadExceptionJson>(c, app, { path: apiPath(c) });
  if (read.kind === 'problem') return read;
  const exception = read.body;
  const of = exception.caseUrn;
  const found = of === null ? null : await callApi<CaseJson>(c, app, { path: `/api/cases/${of}` });
  if (found?.kind === 'problem') return found;
  if (choiceFields(choiceOf(c), exception, found?.body ?? null) !== null)
    return { ...read, body: { exception, found: found?.body ?? null } };
  return notFound('That cannot be chosen for this court result.');
}
