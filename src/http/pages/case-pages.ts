import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { readStaffNames } from '../../staff/store.ts';
import type { Routes } from '../app-context.ts';
import { filtersOf } from '../remembered-filters.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { caseView, type TimelineJson } from './case-view.ts';
import type { ListedCase } from '../api/cases.ts';
import { caseFilters, casesView } from './cases-view.ts';
import { readFields } from './form-field.ts';
import { readListed, type Listed } from './listed.ts';
import { noticeOf } from './notices.ts';
import { getPage, showProblem } from './page-route.ts';
import { renderPage } from './render.ts';
import { caseReaders } from './who.ts';

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
    const found = await callApi<Listed<ListedCase>>(c, app, { path: `/api/cases?${query.toString()}` });
    if (found.kind === 'problem' && found.status !== 422) return showProblem(c, found);
    const none = { items: [], next: null };
    const [listed, problems] = found.kind === 'ok' ? [found.body, []] : [none, found.errors];
    const caseworkers = listed.items.flatMap(({ caseworker }) => caseworker ?? []);
    const names = await readStaffNames(c.get('hub').db, [...new Set(caseworkers)]);
    const model = casesView(asked, listed, problems, names);
    const page = { view: 'cases', title: 'Cases', model };
    return renderPage(c, page, found.kind === 'ok' ? 200 : 422);
  });

  getPage(app, '/cases/:urn', caseReaders, 'A case', async (c) => {
    const path = `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}`;
    const found = await callApi<CaseJson>(c, app, { path });
    if (found.kind === 'problem') return showProblem(c, found);
    const past = await readListed<TimelineJson>(c, app, `${path}/timeline`);
    if (past.kind === 'problem') return showProblem(c, past);
    const { db } = c.get('hub');
    const here = `/cases/${found.body.urn}`;
    const older = past.body.next;
    const around = {
      past: past.body.items,
      names: await readStaffNames(db, staffOf(found.body)),
      today: civilDateOf(await readNow(db)),
      olderHref: older === null ? null : `${here}?cursor=${encodeURIComponent(older)}#history`,
      newestHref: c.req.query('cursor') === undefined ? null : `${here}#history`,
    };
    const model = { ...caseView(found.body, around), notice: noticeOf(c) };
    const back = { text: 'Cases', href: '/cases' };
    return renderPage(c, { view: 'case', title: `Case ${model.urn}`, model, back });
  });
};

/** Whom a page of a case names: who has its tasks, and who alone may see it. */
function staffOf({ tasks, visibleTo }: CaseJson): string[] {
  const having = tasks.flatMap(({ assignee, claimedBy }) => [assignee, claimedBy]);
  return [...new Set([...having, ...visibleTo])].filter((id) => id !== null);
}
