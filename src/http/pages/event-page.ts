import { randomUUID } from 'node:crypto';
import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { RecordableType } from '../../cases/event-types.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { eventResultView, type EventResultJson } from './event-result-view.ts';
import { isRecordable } from './event-types-offered.ts';
import { eventBodyOf, eventFields, eventFormView, eventTypesView, type PastEvent } from './event-view.ts';
import { datePartsOf, type FieldProblem, type Form } from './form-field.ts';
import { addRow, countRows, dropBlankRows } from './form-rows.ts';
import { getPage, postForm, showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { caseReaders } from './who.ts';

type State = { form: Form; problems?: readonly FieldProblem[]; detail?: string };

/** `GET|POST /cases/:urn/events/new`, `GET /cases/:urn/events/:id` */
export const eventPage: Routes = (app) => {
  getPage(app, '/cases/:urn/events/new', caseReaders, 'Record what happened in a case', async (c) => {
    const type = c.req.query('type');
    const found = await readCase(c, app);
    if (found.kind === 'problem') return showProblem(c, found);
    if (!isRecordable(type)) {
      const model = eventTypesView(found.body);
      return renderPage(c, { view: 'event-types', title: 'What happened?', model, back: backTo(model.urn) });
    }
    const today = civilDateOf(await readNow(c.get('hub').db));
    const supersedes = c.req.query('supersedes');
    const form = { ...datePartsOf('on', today), ...(supersedes === undefined ? {} : { supersedes }) };
    return show(c, app, type, found.body, { form });
  });

  postForm(
    app,
    '/cases/:urn/events/new',
    caseReaders,
    'Record what happened',
    async (c, { key, add, ...sent }) => {
      const { type } = sent;
      const found = await readCase(c, app);
      if (found.kind === 'problem') return showProblem(c, found);
      if (!isRecordable(type)) return c.redirect(`/cases/${found.body.urn}/events/new`, 303);
      const past = await readPast(c, app);
      if (add !== undefined) {
        const [first] = eventFields(type, found.body, past, {}).fields.filter(({ path }) =>
          path.startsWith(`${add}.0.`),
        );
        const name = first?.path.slice(`${add}.0.`.length) ?? '';
        const form = countRows(sent, add) < 50 ? addRow(sent, add, { [name]: '' }) : sent;
        return show(c, app, type, found.body, { form });
      }
      const lists = eventFields(type, found.body, past, sent).lists;
      const form = lists.reduce((kept, { path }) => dropBlankRows(kept, path, 1), sent);
      const answer = await callApi<EventResultJson>(c, app, {
        method: 'POST',
        path: `/api/cases/${encodeURIComponent(found.body.urn)}/events`,
        body: eventBodyOf(type, eventFields(type, found.body, past, form).fields, form),
        ...(key === undefined ? {} : { key }),
      });
      if (answer.kind === 'ok')
        return c.redirect(`/cases/${found.body.urn}/events/${answer.body.event.id}`, 303);
      if (answer.status !== 422 && answer.status !== 409) return showProblem(c, answer);
      return show(c, app, type, found.body, { form, problems: answer.errors, detail: answer.detail });
    },
  );

  getPage(app, '/cases/:urn/events/:id', caseReaders, 'What an event did to a case', async (c) => {
    const found = await readCase(c, app);
    if (found.kind === 'problem') return showProblem(c, found);
    const path = `/api/cases/${found.body.urn}/events/${encodeURIComponent(c.req.param('id') ?? '')}`;
    const recorded = await callApi<EventResultJson>(c, app, { path });
    if (recorded.kind === 'problem') return showProblem(c, recorded);
    const model = eventResultView(recorded.body, found.body);
    return renderPage(c, { view: 'event-result', title: model.heading, model, back: backTo(model.urn) });
  });
};

const backTo = (urn: string) => ({ text: `Case ${urn}`, href: `/cases/${urn}` });

function readCase(c: Context, app: Api): Promise<ApiAnswer<CaseJson>> {
  return callApi<CaseJson>(c, app, { path: `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}` });
}

/** The latest events of the case, of which one can be taken back. */
async function readPast(c: Context, app: Api): Promise<PastEvent[]> {
  const path = `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}/timeline?limit=100`;
  const timeline = await callApi<{ items: { event?: PastEvent }[] }>(c, app, { path });
  return timeline.kind === 'ok' ? timeline.body.items.flatMap(({ event }) => event ?? []) : [];
}

async function show(
  c: Context,
  app: Api,
  type: RecordableType,
  found: CaseJson,
  state: State,
): Promise<Response> {
  const fields = eventFields(type, found, await readPast(c, app), state.form);
  const hidden = { formToken: formToken(c), key: randomUUID() };
  const model = eventFormView(type, found.urn, fields, state, hidden);
  const page = { view: 'event-form', title: model.heading, model, back: backTo(found.urn) };
  return renderPage(c, page, model.errors.length > 0 ? 422 : 200);
}
