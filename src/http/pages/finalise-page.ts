import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { Override } from '../../finalisation/items.ts';
import type { finalisationSchema } from '../api/finalisation.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import { datePartsOf, errorLinks, readFields, showFields, type Field, type Form } from './form-field.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { sayDayOf } from './say.ts';

type Checklist = z.output<typeof finalisationSchema>;
type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;

const people = ['caseworker', 'senior'] as const;
const summary = 'Finalise a case';

/** `GET|POST /cases/:urn/finalise` */
export const finalisePage: Routes = (app) => {
  getPage(app, '/cases/:urn/finalise', people, summary, (c) => show(c, app));

  postForm(app, '/cases/:urn/finalise', people, summary, async (c, form) => {
    const urn = encodeURIComponent(c.req.param('urn') ?? '');
    const missing = (form['missing'] ?? '').split(' ').filter((id) => id !== '');
    const said = readFields(reasonsFor(missing), form) as { reason?: string; reasons?: Override['reasons'] };
    const { on } = readFields([dayField], form) as { on?: string };
    const override = missing.length === 0 ? {} : { override: { ...said, items: missing } };
    const closed = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${urn}/events`,
      body: { type: 'finalised', on, data: override },
      key: form['key'] ?? '',
    });
    if (closed.kind === 'ok') return c.redirect(`/cases/${urn}`, 303);
    if (closed.status === 404 || closed.status >= 500) return showProblem(c, closed);
    return show(c, app, { form, refused: closed });
  });
};

const dayField: Field = { path: 'on', kind: 'date', label: 'Closed on' };

/** What is asked where something is not done: why the case is closed all the same, and of each item if that differs. */
function reasonsFor(missing: readonly string[], titles: ReadonlyMap<string, string> = new Map()): Field[] {
  if (missing.length === 0) return [];
  return [
    {
      path: 'reason',
      kind: 'words',
      label: 'Why is it closed although this is not done?',
      hint: 'Kept in the history with who said it and when. No names',
    },
    ...missing.map((id): Field => ({
      path: `reasons.${id}`,
      kind: 'text',
      label: titles.get(id) ?? id,
      hint: 'If it has a reason of its own',
      isOptional: true,
    })),
  ];
}

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const urn = c.req.param('urn') ?? '';
  const found = await callApi<Checklist>(c, app, {
    path: `/api/cases/${encodeURIComponent(urn)}/finalisation`,
  });
  if (found.kind === 'problem') return showProblem(c, found);
  const today = datePartsOf('on', civilDateOf(await readNow(c.get('hub').db)));
  const { caseUrn, items, missing, complete, finalised } = found.body;
  const titles = new Map(items.map(({ id, title }): [string, string] => [id, title]));
  const asked = [dayField, ...reasonsFor(missing, titles)];
  const problems = (sent?.refused.errors ?? []).map(({ path, message }) => ({
    path: path.replace(/^data\.override\./, ''),
    message,
  }));
  const fields = showFields(asked, sent?.form ?? today, problems);
  const model = {
    urn: caseUrn,
    isOver: finalised !== null,
    closed: finalised === null ? '' : `Finalised on ${sayDayOf(finalised.on)} by ${finalised.by}.`,
    isComplete: complete,
    items: items.map(({ id, title, state, why, toDo }) => ({ id, title, state: states[state], why, toDo })),
    missing: missing.join(' '),
    action: `/cases/${caseUrn}/finalise`,
    fields,
    errors: sent === undefined ? [] : errorLinks(fields, problems, sent.refused.detail),
    formToken: formToken(c),
    key: randomUUID(),
  };
  const back = { text: `Case ${caseUrn}`, href: `/cases/${caseUrn}` };
  const page = { view: 'finalise', title: `Finalise case ${caseUrn}`, model, back };
  return renderPage(c, page, (sent?.refused.status ?? 200) as 200);
}

const states = {
  done: { text: 'Done', classes: 'govuk-tag--green' },
  'not-done': { text: 'Not done', classes: 'govuk-tag--orange' },
  'not-applicable': { text: 'Not needed', classes: 'govuk-tag--grey' },
};
