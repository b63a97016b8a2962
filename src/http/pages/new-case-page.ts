import { randomUUID } from 'node:crypto';
import { readNow } from '../../../db/read-now.ts';
import { toLondonOffset } from '../../calendar/london-time.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import { findStaffCalled, readStaffNames } from '../../staff/store.ts';
import { datePartsOf, type FieldProblem, type Form } from './form-field.ts';
import { removeRow } from './form-rows.ts';
import { previewView, type PreviewJson } from './case-preview-view.ts';
import { addBlank, tidy } from './new-case-fields.ts';
import {
  namedIn,
  newCaseBody,
  newCaseView,
  withNamed,
  type NewCaseState,
  type OffenceMatch,
} from './new-case-view.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { caseReaders } from './who.ts';

const back = { text: 'Cases', href: '/cases' };

/**
 * `GET|POST /cases/new`. Nothing is kept between the steps: the form carries what was typed, and only the last button
 * changes anything.
 */
export const newCasePage: Routes = (app) => {
  getPage(app, '/cases/new', caseReaders, 'A new case', async (c) => {
    const [day = '', time = ''] = toLondonOffset(await readNow(c.get('hub').db)).split('T');
    const urn = c.req.query('urn') ?? '';
    const form = { urn, ...datePartsOf('receivedAt', day), 'receivedAt-time': time.slice(0, 5) };
    return show(c, { form });
  });

  postForm(app, '/cases/new', caseReaders, 'Preview or create a case', async (c, { key, ...sent }) => {
    const { add, remove, lookup, step, ...rest } = sent;
    const form = withChosenCodes(rest);
    if (add !== undefined) return show(c, { form: addBlank(form, add) });
    if (remove !== undefined) return show(c, { form: removeRow(form, remove) });
    if (lookup !== undefined) return show(c, { form, lookup: await lookUp(c, app, form, lookup) });
    if (step === 'change') return show(c, { form });
    return step === 'create' ? create(c, app, form, key) : preview(c, app, form);
  });
};

function show(c: Context, state: NewCaseState, status: 200 | 422 = 200): Response | Promise<Response> {
  const model = newCaseView(state, { formToken: formToken(c), key: randomUUID() });
  return renderPage(c, { view: 'new-case', title: 'New case', model, back }, status);
}

/** A code that was chosen from what a look-up found takes the place of the words that were looked up. */
function withChosenCodes(form: Form): Form {
  const chosen = Object.entries(form).filter(([name, value]) => name.endsWith('.found') && value !== '');
  const kept = Object.fromEntries(Object.entries(form).filter(([name]) => !name.endsWith('.found')));
  return {
    ...kept,
    ...Object.fromEntries(chosen.map(([name, code]) => [name.replace(/found$/, 'code'), code])),
  };
}

async function lookUp(c: Context, app: Api, form: Form, row: string): Promise<NewCaseState['lookup']> {
  const query = new URLSearchParams({ q: form[`${row}.code`] ?? '', limit: '8' });
  const found = await callApi<{ items: OffenceMatch[] }>(c, app, {
    path: `/api/offences?${query.toString()}`,
  });
  return { row, found: found.kind === 'ok' ? found.body.items : [] };
}

async function preview(c: Context, app: Api, given: Form): Promise<Response> {
  const form = tidy(given);
  const { body, problems } = await bodyOf(c, form);
  const answer = await callApi<PreviewJson>(c, app, { method: 'POST', path: '/api/cases/preview', body });
  if (answer.kind === 'problem') return refused(c, form, answer, problems);
  if (problems.length > 0) return show(c, { form, problems }, 422);
  const names = [...(await readStaffNames(c.get('hub').db, namedIn(body))).values()];
  const model = previewView(answer.body, form, names, { formToken: formToken(c), key: randomUUID() });
  return renderPage(c, { view: 'case-preview', title: 'Check the dates', model });
}

async function create(c: Context, app: Api, form: Form, key: string | undefined): Promise<Response> {
  const { body, problems } = await bodyOf(c, form);
  if (problems.length > 0) return show(c, { form, problems }, 422);
  const answer = await callApi<{ urn: string }>(c, app, {
    method: 'POST',
    path: '/api/cases',
    body,
    ...(key === undefined ? {} : { key }),
  });
  if (answer.kind === 'problem') return refused(c, form, answer);
  return c.redirect(`/cases/${answer.body.urn}?done=created`, 303);
}

/** The body that a form says, with the ids of those who may see it in place of their names. */
async function bodyOf(c: Context, form: Form): Promise<ReturnType<typeof withNamed>> {
  const body = newCaseBody(form);
  const names = namedIn(body);
  const called =
    names.length === 0 ? new Map<string, string[]>() : await findStaffCalled(c.get('hub').db, names);
  return withNamed(body, called);
}

/** The form again, with what was typed and what is wrong with it. */
function refused(
  c: Context,
  form: Form,
  answer: Parameters<typeof showProblem>[1] & { errors: FieldProblem[] },
  more: readonly FieldProblem[] = [],
): Response | Promise<Response> {
  if (answer.status !== 422 && answer.status !== 409) return showProblem(c, answer);
  return show(c, { form, problems: [...answer.errors, ...more], detail: answer.detail }, 422);
}
