import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { readNow } from '../../../../db/read-now.ts';
import { addMonths } from '../../../calendar/civil-date.ts';
import { civilDateOf } from '../../../calendar/london-time.ts';
import type { sampleSchema } from '../../api/quality-samples.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { errorLinks, readFields, showFields, type Field, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { reportsLink } from './report-page.ts';
import { sampleView } from './sample-view.ts';

type SampleJson = z.output<typeof sampleSchema>;
type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
const seniors = ['senior'] as const;
const path = '/reports/quality-sample';
/** Months back that can be chosen. */
const monthsBack = 12;

const reviewFields: readonly Field[] = [
  {
    path: 'verdict',
    kind: 'choose',
    label: 'How good was it?',
    choices: [
      { value: 'pass', text: 'Pass: right and complete' },
      { value: 'partial', text: 'Partial: something was missing' },
      { value: 'fail', text: 'Fail: wrong, or not done' },
    ],
  },
  {
    path: 'note',
    kind: 'words',
    label: 'What was found',
    hint: 'Needed unless it is a pass',
    isOptional: true,
  },
];

/** `GET /reports/quality-sample`, `GET|POST /reports/quality-sample/:month/:task` */
export const samplePages: Routes = (app) => {
  getPage(app, path, seniors, 'A sample of completed work', async (c) => {
    const months = await monthsToChoose(c);
    const month = c.req.query('month') ?? months[0] ?? '';
    const sample = await readSample(c, app, month);
    if (sample.kind === 'problem') return showProblem(c, sample);
    const model = sampleView(sample.body, months);
    return renderPage(c, {
      view: 'reports/sample',
      title: 'Sample of completed work',
      model,
      back: reportsLink,
    });
  });

  getPage(app, `${path}/:month/:task`, seniors, 'A completed task to look at', (c) => show(c, app));

  postForm(app, `${path}/:month/:task`, seniors, 'Say how good completed work was', async (c, form) => {
    const month = c.req.param('month') ?? '';
    const { key = '' } = form;
    const done = await callApi(c, app, {
      method: 'POST',
      path: `/api/quality-samples/${encodeURIComponent(month)}/reviews`,
      body: { taskId: c.req.param('task'), ...readFields(reviewFields, form) },
      key,
    });
    if (done.kind === 'ok') return c.redirect(`${path}?month=${encodeURIComponent(month)}`, 303);
    return done.status === 422 ? show(c, app, { form, refused: done }) : showProblem(c, done);
  });
};

/** The months that are over, the last first. */
async function monthsToChoose(c: Context): Promise<string[]> {
  const first = `${civilDateOf(await readNow(c.get('hub').db)).slice(0, 7)}-01`;
  return Array.from({ length: monthsBack }, (_, i) => addMonths(first, -1 - i).slice(0, 7));
}

function readSample(c: Context, app: Api, month: string) {
  return callApi<SampleJson>(c, app, { path: `/api/quality-samples/${encodeURIComponent(month)}` });
}

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const month = c.req.param('month') ?? '';
  const sample = await readSample(c, app, month);
  if (sample.kind === 'problem') return showProblem(c, sample);
  const task = sample.body.items.find(({ taskId }) => taskId === c.req.param('task'));
  if (task === undefined)
    return showProblem(c, {
      status: 404,
      title: 'Not found',
      detail: 'There is no such task in the sample.',
    });
  const problems = sent?.refused.errors ?? [];
  const fields = showFields(reviewFields, sent?.form ?? {}, problems);
  const model = {
    task,
    action: `${path}/${encodeURIComponent(month)}/${task.taskId}`,
    fields,
    errors: sent === undefined ? [] : errorLinks(fields, problems, sent.refused.detail),
    formToken: formToken(c),
    key: randomUUID(),
  };
  const back = { text: 'Sample of completed work', href: `${path}?month=${encodeURIComponent(month)}` };
  const page = { view: 'reports/review', title: task.title, model, back };
  return renderPage(c, page, sent === undefined ? 200 : 422);
}
