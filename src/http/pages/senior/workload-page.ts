import { randomUUID } from 'node:crypto';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { noticeOf } from '../notices.ts';
import { getPage, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { forecastView, sayOutlook, type ForecastJson } from './forecast-view.ts';
import { caseworkerView } from './caseworker-view.ts';
import { nameOfTeam, workloadView, type WorkloadJson } from './workload-view.ts';
import type { CaseSummaryJson } from './caseworker-view.ts';

/** `GET /workload`, `/workload/:id`, `/forecast` */
export const workloadPages: Routes = (app) => {
  getPage(app, '/workload', ['senior'], 'Capacity and load of every caseworker', async (c) => {
    const team = c.req.query('team') ?? '';
    const weeks = c.req.query('weeks') ?? '8';
    const workload = await readWorkload(c, app, { team, weeks, cursor: c.req.query('cursor') });
    if (workload.kind === 'problem') return showProblem(c, workload);
    const forecast = await readForecast(c, app, team);
    if (forecast.kind === 'problem') return showProblem(c, forecast);
    const model = {
      ...workloadView(workload.body, { team, weeks }),
      outlook: forecast.body.teams.map(sayOutlook),
      givingTeams: forecast.body.teams.map((one) => ({ id: one.team, name: nameOfTeam(one.team) })),
      forecastHref: team === '' ? '/forecast' : `/forecast?team=${team}`,
    };
    return renderPage(c, { view: 'senior/workload', title: 'Workload', model });
  });

  getPage(app, '/workload/:id', ['senior'], 'The workload of one caseworker', async (c) => {
    const id = c.req.param('id') ?? '';
    const workload = await readWorkload(c, app, { team: '', weeks: '8' });
    if (workload.kind === 'problem') return showProblem(c, workload);
    const person = workload.body.items.find((one) => one.id === id);
    if (person === undefined)
      return showProblem(c, { status: 404, title: 'Not found', detail: 'There is no such caseworker.' });
    const cursor = c.req.query('cursor');
    const query = new URLSearchParams({
      caseworker: id,
      state: 'open',
      ...(cursor === undefined ? {} : { cursor }),
    });
    const cases = await callApi<{ items: CaseSummaryJson[]; next: string | null }>(c, app, {
      path: `/api/cases?${query.toString()}`,
    });
    if (cases.kind === 'problem') return showProblem(c, cases);
    const model = caseworkerView(person, cases.body, { formToken: formToken(c), newKey: randomUUID });
    const back = { text: 'Workload', href: '/workload' };
    return renderPage(c, {
      view: 'senior/caseworker',
      title: model.name,
      model: { ...model, notice: noticeOf(c) },
      back,
    });
  });

  getPage(app, '/forecast', ['senior'], 'What will be late, and why', async (c) => {
    const team = c.req.query('team') ?? '';
    const forecast = await readForecast(c, app, team);
    if (forecast.kind === 'problem') return showProblem(c, forecast);
    const model = forecastView(forecast.body, team);
    const back = { text: 'Workload', href: '/workload' };
    return renderPage(c, { view: 'senior/forecast', title: 'What will be late', model, back });
  });
};

/** The workload, as many people as one answer has; '' asks for every team. */
export function readWorkload(
  c: Context,
  app: Api,
  asked: { team: string; weeks: string; cursor?: string | undefined },
) {
  const { team, weeks, cursor } = asked;
  const query = new URLSearchParams({
    weeks,
    limit: '100',
    ...(team === '' ? {} : { team }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return callApi<WorkloadJson>(c, app, { path: `/api/workload?${query.toString()}` });
}

function readForecast(c: Context, app: Api, team: string) {
  const query = new URLSearchParams(team === '' ? {} : { team }).toString();
  return callApi<ForecastJson>(c, app, { path: `/api/forecast?${query}` });
}
