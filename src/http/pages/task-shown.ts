import { randomUUID } from 'node:crypto';
import { civilDateOf } from '../../calendar/london-time.ts';
import { readNow } from '../../../db/read-now.ts';
import type { CustodyLog } from '../../cases/custody-log.ts';
import { machineClock } from '../../platform/clock.ts';
import { readStaffNames } from '../../staff/store.ts';
import type { ReadTaskJson } from '../api/read-task.ts';
import type { Api, Context } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { countsOf, hasCounts, type CountsView } from './custody-count-view.ts';
import type { Form } from './form-field.ts';
import { letterFacts, type LetterJson } from './letters/letter-view.ts';
import { questionFacts, type QuestionJson } from './letters/question-view.ts';
import { findListed } from './listed.ts';
import { noticeOf } from './notices.ts';
import { showProblem } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import type { Refused } from './task-own-form.ts';
import { taskView } from './task-view.ts';

type Problem = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;

/** The page of a task again, with what was typed and why it was refused. */
export function showTaskAgain(
  c: Context,
  app: Api,
  form: Form,
  answer: Problem,
): Promise<Response> | Response {
  if (answer.status === 404 || answer.status >= 500) return showProblem(c, answer);
  return showTask(c, app, { form, problems: answer.errors, detail: answer.detail }, answer.status);
}

/** The page of a task; of one that was refused, with what was sent. */
export async function showTask(c: Context, app: Api, refused?: Refused, status = 200): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const task = await callApi<ReadTaskJson>(c, app, { path: `/api/tasks/${encodeURIComponent(id)}` });
  if (task.kind === 'problem') return showProblem(c, task);
  const { caseUrn, notes, deadlineId } = task.body;
  const found = caseUrn === null ? null : await callApi<CaseJson>(c, app, { path: `/api/cases/${caseUrn}` });
  if (found?.kind === 'problem') return showProblem(c, found);
  const contact = found?.body.contacts.find((one) => one.deadlineId === deadlineId);
  const { db } = c.get('hub');
  const spoke = [...notes, ...(contact?.attempts ?? [])].map(({ by }) => by);
  const model = taskView(task.body, found?.body ?? null, {
    today: civilDateOf(await readNow(db)),
    machineNow: machineClock.now(),
    names: await readStaffNames(db, [...new Set(spoke)]),
    counts: await readCounts(c, app, task.body),
    asked: await readAsked(c, app, task.body),
    formToken: formToken(c),
    key: randomUUID(),
    ...(refused === undefined ? {} : { refused }),
  });
  const notice = refused === undefined ? noticeOf(c) : undefined;
  const back = { text: 'My queue', href: '/queue' };
  const page = { view: 'task', title: model.heading, model: { ...model, notice }, back };
  return renderPage(c, page, status as 200);
}

/** The letter or the question that a task is to answer. */
async function readAsked(
  c: Context,
  app: Api,
  { caseUrn, subject }: ReadTaskJson,
): Promise<{ key: string; value: string }[]> {
  const { queryId, correspondenceId } = subject;
  const path = `/api/cases/${caseUrn ?? ''}`;
  if (queryId !== undefined) {
    const found = await findListed<QuestionJson>(c, app, `${path}/queries`, queryId);
    return found.kind === 'ok' ? questionFacts(found.body) : [];
  }
  if (correspondenceId === undefined) return [];
  const found = await findListed<LetterJson>(c, app, `${path}/correspondence`, correspondenceId);
  return found.kind === 'ok' ? letterFacts(found.body) : [];
}

/** What two people counted of the limit that a task is about. */
async function readCounts(c: Context, app: Api, task: ReadTaskJson): Promise<CountsView | null> {
  if (task.caseUrn === null || !hasCounts(task)) return null;
  const log = await callApi<CustodyLog>(c, app, { path: `/api/cases/${task.caseUrn}/custody-log` });
  return log.kind === 'ok' ? countsOf(task, log.body) : null;
}
