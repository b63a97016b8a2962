import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { Routes } from '../app-context.ts';
import { filtersOf } from '../remembered-filters.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { caseView } from './case-view.ts';
import { caseFilters, casesView, type CaseSummary } from './cases-view.ts';
import { readFields } from './form-field.ts';
import { noticeOf } from './notices.ts';
import { getPage, showProblem } from './page-route.ts';
import { renderPage } from './render.ts';
import { sayMoment } from './say.ts';
import { caseReaders } from './who.ts';

type Listed<T> = { items: T[]; next: string | null };

/** Not what was typed of a name, which stays in no cookie. */
const staying = ['officer', 'state', 'hearingOn-day', 'hearingOn-month', 'hearingOn-year'];

/** `GET /cases`, `GET /cases/:urn` */
export const casePages: Routes = (app) => {
  getPage(app, '/cases', caseReaders, 'Find a case', async (c) => {
    const filters = filtersOf(c, '/cases', staying, ['q']);
    if (filters.kind === 'go') return c.redirect(filters.to, 303);
    const { asked } = filters;
    const { state, ...wanted } = readFields(caseFilters, asked) as Record<string, string>;
    const cursor = c.req.query('cursor');
    const query = new URLSearchParams({
      ...wanted,
      ...(state === undefined || state === 'any' ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = await callApi<Listed<CaseSummary>>(c, app, { path: `/api/cases?${query.toString()}` });
    if (found.kind === 'problem' && found.status !== 422) return showProblem(c, found);
    const model =
      found.kind === 'ok'
        ? casesView(asked, found.body, [])
        : casesView(asked, { items: [], next: null }, found.errors);
    const page = { view: 'cases', title: 'Cases', model };
    return renderPage(c, page, found.kind === 'ok' ? 200 : 422);
  });

  getPage(app, '/cases/:urn', caseReaders, 'A case', async (c) => {
    const path = `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}`;
    const found = await callApi<CaseJson>(c, app, { path });
    if (found.kind === 'problem') return showProblem(c, found);
    const past = await callApi<Listed<{ at: string; title: string; event?: { id: string } }>>(c, app, {
      path: `${path}/timeline`,
    });
    if (past.kind === 'problem') return showProblem(c, past);
    const timeline = past.body.items.map(({ at, title, event }) => ({
      at: sayMoment(at),
      what: title,
      href: event === undefined ? null : `/cases/${found.body.urn}/events/${event.id}`,
    }));
    const today = civilDateOf(await readNow(c.get('hub').db));
    const model = { ...caseView(found.body, timeline, today), notice: noticeOf(c) };
    const back = { text: 'Cases', href: '/cases' };
    return renderPage(c, { view: 'case', title: `Case ${model.urn}`, model, back });
  });
};
