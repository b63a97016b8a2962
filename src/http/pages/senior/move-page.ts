import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { caseSchema } from '../../api/case-json.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { sayHours } from '../figures/load-bar.ts';
import { errorLinks, readFields, showFields, type Field, type Form } from '../form-field.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { readWorkload } from './workload-page.ts';
import { sayAbsence, type PersonJson } from './workload-view.ts';

type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;
const seniors = ['senior'] as const;
const pool = 'the-pool';
/** How far ahead the time that somebody has left is said. */
const weeksAhead = 4;

/** `GET|POST /cases/:urn/move` */
export const movePage: Routes = (app) => {
  getPage(app, '/cases/:urn/move', seniors, 'Give a case to somebody else', (c) => show(c, app));

  postForm(app, '/cases/:urn/move', seniors, 'Give a case to somebody else', async (c, form) => {
    const urn = encodeURIComponent(c.req.param('urn') ?? '');
    const { to, ...rest } = readFields(moveFields([]), form);
    const { key = '' } = form;
    const moved = await callApi(c, app, {
      method: 'POST',
      path: `/api/cases/${urn}/caseworker`,
      body: { to: to === pool ? null : to, ...rest },
      key,
    });
    if (moved.kind === 'ok') return c.redirect(`/cases/${urn}`, 303);
    if (moved.status === 404 || moved.status >= 500) return showProblem(c, moved);
    return show(c, app, { form, refused: moved });
  });
};

/** What is asked: to whom, why, and what they have to know. */
function moveFields(people: readonly PersonJson[]): Field[] {
  return [
    {
      path: 'to',
      kind: 'choose',
      label: 'Who is to have it?',
      choices: [
        ...people.map((person) => ({ value: person.id, text: `${person.name}: ${sayTime(person)}` })),
        { value: pool, text: 'Nobody: it goes to the team’s pool' },
      ],
    },
    { path: 'reason', kind: 'text', label: 'Why', hint: 'It is kept in the history. No names' },
    {
      path: 'note',
      kind: 'words',
      label: 'Note for whoever gets it',
      hint: 'How the case stands is said to them anyway: its limits, hearings, and what is owed',
      isOptional: true,
    },
  ];
}

function sayTime({ weeks, absences }: PersonJson): string {
  const next = weeks.slice(0, weeksAhead);
  const free = next.reduce((sum, { capacityMinutes, loadMinutes }) => sum + capacityMinutes - loadMinutes, 0);
  const room = free < 0 ? `${sayHours(-free)} over` : `${sayHours(free)} free`;
  const [away] = absences;
  return `${room} in the next ${weeksAhead} weeks${away === undefined ? '' : `; away ${sayAbsence(away)}`}`;
}

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const urn = c.req.param('urn') ?? '';
  const found = await callApi<z.output<typeof caseSchema>>(c, app, {
    path: `/api/cases/${encodeURIComponent(urn)}`,
  });
  if (found.kind === 'problem') return showProblem(c, found);
  const { team, caseworker } = found.body;
  const workload = await readWorkload(c, app, { team, weeks: String(weeksAhead) });
  if (workload.kind === 'problem') return showProblem(c, workload);
  const { items } = workload.body;
  const others = items.filter(({ id, role }) => role === 'caseworker' && id !== caseworker);
  const problems = sent?.refused.errors ?? [];
  const fields = showFields(moveFields(others), sent?.form ?? {}, problems);
  const model = {
    urn: found.body.urn,
    withWhom: items.find(({ id }) => id === caseworker)?.name ?? caseworker,
    action: `/cases/${found.body.urn}/move`,
    fields,
    errors: sent === undefined ? [] : errorLinks(fields, problems, sent.refused.detail),
    formToken: formToken(c),
    key: randomUUID(),
  };
  const back = { text: `Case ${found.body.urn}`, href: `/cases/${found.body.urn}` };
  const page = { view: 'senior/move', title: `Move case ${found.body.urn}`, model, back };
  return renderPage(c, page, (sent?.refused.status ?? 200) as 200);
}
