import { readNow } from '../../../db/read-now.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { caseView } from './case-view.ts';
import { getPage, showProblem } from './page-route.ts';
import { renderPage } from './render.ts';
import { sayDayOf, sayMoment } from './say.ts';
import { caseReaders } from './who.ts';

type Summary = Pick<CaseJson, 'urn' | 'kind' | 'state' | 'officer' | 'caseworker' | 'receivedAt'>;
type Listed<T> = { items: T[]; next: string | null };

const filters = ['q', 'officer', 'state'] as const;

/** `GET /cases`, `GET /cases/:urn` */
export const casePages: Routes = (app) => {
  getPage(app, '/cases', caseReaders, 'Find a case', async (c) => {
    const asked = Object.fromEntries(
      filters.flatMap((name) => {
        const value = c.req.query(name)?.trim() ?? '';
        return value === '' ? [] : [[name, value]];
      }),
    );
    const cursor = c.req.query('cursor');
    const query = new URLSearchParams({ ...asked, ...(cursor === undefined ? {} : { cursor }) });
    const found = await callApi<Listed<Summary>>(c, app, { path: `/api/cases?${query.toString()}` });
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    return renderPage(c, {
      view: 'cases',
      title: 'Cases',
      model: {
        q: asked['q'] ?? '',
        officer: asked['officer'] ?? '',
        states: [
          { value: '', text: 'Any', selected: asked['state'] === undefined },
          { value: 'open', text: 'Open', selected: asked['state'] === 'open' },
          { value: 'finalised', text: 'Finalised', selected: asked['state'] === 'finalised' },
        ],
        rows: items.map((row) => ({
          href: `/cases/${row.urn}`,
          urn: row.urn,
          kind: row.kind === 'crime' ? 'Crime' : 'Traffic',
          state: row.state === 'open' ? 'Open' : 'Finalised',
          received: sayDayOf(row.receivedAt),
          officer: row.officer,
          caseworker: row.caseworker ?? 'the team',
        })),
        nextHref:
          next === null ? null : `/cases?${new URLSearchParams({ ...asked, cursor: next }).toString()}`,
      },
    });
  });

  getPage(app, '/cases/:urn', caseReaders, 'A case', async (c) => {
    const path = `/api/cases/${encodeURIComponent(c.req.param('urn') ?? '')}`;
    const found = await callApi<CaseJson>(c, app, { path });
    if (found.kind === 'problem') return showProblem(c, found);
    const past = await callApi<Listed<{ at: string; title: string }>>(c, app, { path: `${path}/timeline` });
    if (past.kind === 'problem') return showProblem(c, past);
    const timeline = past.body.items.map(({ at, title }) => ({ at: sayMoment(at), what: title }));
    const today = civilDateOf(await readNow(c.get('hub').db));
    const model = caseView(found.body, timeline, today);
    const back = { text: 'Cases', href: '/cases' };
    return renderPage(c, { view: 'case', title: `Case ${model.urn}`, model, back });
  });
};
