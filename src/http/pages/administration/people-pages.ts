import type { z } from 'zod';
import type { absenceSchema } from '../../api/staff-absences.ts';
import type { memberSchema } from '../../api/staff-members.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { readFields, type Field, type Form } from '../form-field.ts';
import { readListed } from '../listed.ts';
import { roleNames } from '../navigation.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';
import { nameOfTeam } from '../senior/workload-view.ts';
import { tablesPage } from '../tables-page.ts';
import { peopleTable, type StaffJson } from './administration-view.ts';
import { administrationLink, administrators } from './administrators.ts';
import { sayAbsences, sayPattern, type PatternJson } from './attendance-words.ts';

type MemberJson = z.output<typeof memberSchema>;
type AbsencesJson = { absences: z.output<typeof absenceSchema>[] };

const path = '/admin/people';
const peopleLink = { text: 'People and absences', href: path };
const hrefOf = (id: string) => `${path}/${encodeURIComponent(id)}`;
const idOf = (c: Context) => encodeURIComponent(c.req.param('id') ?? '');

const fields: readonly Field[] = [
  { kind: 'text', path: 'name', label: 'Name' },
  {
    ...{ kind: 'choose', path: 'role', label: 'Role' },
    choices: Object.entries(roleNames).map(([value, text]) => ({ value, text })),
  },
  {
    ...{ kind: 'pick', path: 'team', label: 'Team', isOptional: true },
    hint: 'A caseworker needs one; a machine client has none',
    choices: ['crime', 'traffic'].map((value) => ({ value, text: nameOfTeam(value) })),
  },
  { kind: 'text', path: 'email', label: 'E-mail address' },
];
const idField: Field = {
  ...{ kind: 'code', path: 'id', label: 'Signs in as' },
  hint: 'The subject by which the identity provider knows them. It cannot be changed',
};
const hereField: Field = {
  ...{ kind: 'choose', path: 'active', label: 'Do they work here?' },
  hint: 'Who leaves is signed out everywhere. Their open tasks go to the pool, and a senior has a task to share out their cases',
  choices: [
    { value: 'true', text: 'They work here' },
    { value: 'false', text: 'They have left' },
  ],
};

/** What a form says of somebody. A team that was not chosen is none. */
const bodyOf = (of: readonly Field[], form: Form) => ({ team: null, ...readFields(of, form) });

/** `GET /admin/people`, `GET|POST /admin/people/new`, `GET /admin/people/:id`, `GET|POST /admin/people/:id/change` */
export const peoplePages: Routes = (app) => {
  getPage(app, path, administrators, 'Who works here, and who is away', async (c) => {
    const found = await readListed<StaffJson>(c, app, '/api/staff', ['team']);
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const view = {
      title: 'People and absences',
      button: { text: 'Add somebody', href: `${path}/new` },
      tables: items.length === 0 ? [] : [peopleTable(items)],
      nothing: 'Nobody is known here.',
    };
    return tablesPage(c, view, administrationLink, next);
  });

  formPage<object, MemberJson>(app, {
    path: `${path}/new`,
    roles: administrators,
    summary: 'Add somebody who works here',
    read: () => Promise.resolve({ kind: 'ok', status: 200, body: {}, etag: null }),
    show: () => ({
      title: 'Add somebody',
      intro: ['They can sign in at once. Say next when they work and what they are trained in.'],
      fields: [idField, ...fields],
      button: 'Add them',
      back: peopleLink,
    }),
    send: (form) => ({ path: '/api/staff', body: bodyOf([idField, ...fields], form) }),
    next: ({ id }) => hrefOf(id),
  });

  getPage(app, `${path}/:id`, administrators, 'Somebody who works here, or has left', (c) => show(c, app));

  formPage<MemberJson, MemberJson>(app, {
    path: `${path}/:id/change`,
    roles: administrators,
    summary: 'Change somebody’s role, team or address, or record that they have left',
    read: (c) => callApi<MemberJson>(c, app, { path: `/api/staff/${idOf(c)}` }),
    show: ({ id, name, role, team, email, active }) => ({
      title: `Change ${name}`,
      fields: [...fields, hereField],
      start: { name, role, team: team ?? '', email, active: String(active) },
      button: 'Save',
      back: { text: name, href: hrefOf(id) },
    }),
    send: (form, { id }) => ({
      method: 'PATCH',
      path: `/api/staff/${encodeURIComponent(id)}`,
      body: { ...bodyOf(fields, form), ...hereOf(form) },
      ifMatch: form['etag'],
    }),
    next: ({ id }) => hrefOf(id),
  });
};

const hereOf = ({ active }: Form) => (active === undefined ? {} : { active: active === 'true' });

async function show(c: Context, app: Api): Promise<Response> {
  const found = await callApi<MemberJson>(c, app, { path: `/api/staff/${idOf(c)}` });
  if (found.kind === 'problem') return showProblem(c, found);
  const { id, name, role, team, email, active } = found.body;
  const isGivenWork = active && (role === 'caseworker' || role === 'senior');
  const model = {
    name,
    changeHref: `${hrefOf(id)}/change`,
    facts: [
      { key: 'Signs in as', value: id },
      { key: 'Role', value: roleNames[role] },
      { key: 'Team', value: team === null ? 'None' : nameOfTeam(team) },
      { key: 'E-mail address', value: email },
      { key: 'State', value: active ? 'Works here' : 'Has left' },
    ],
    attendance: isGivenWork ? await attendanceOf(c, app, id) : [],
    isByClaims: c.get('hub').config.oidcRoles !== undefined,
  };
  return renderPage(c, { view: 'administration/member', title: name, model, back: peopleLink });
}

/** When somebody works, is away, and what they are trained in, each with where it is changed. */
async function attendanceOf(c: Context, app: Api, id: string) {
  const base = `/staff/${encodeURIComponent(id)}`;
  const read = <T>(name: string): Promise<ApiAnswer<T>> =>
    callApi<T>(c, app, { path: `/api${base}/${name}` });
  const [pattern, skills, absences] = await Promise.all([
    read<PatternJson>('working-pattern'),
    read<{ skills: string[] }>('skills'),
    read<AbsencesJson>('absences'),
  ]);
  const say = <T>(answer: ApiAnswer<T>, inWords: (body: T) => string[]) =>
    answer.kind === 'ok' ? inWords(answer.body) : [answer.detail];
  return [
    { title: 'When they work', lines: say(pattern, sayPattern), href: `${base}/working-pattern` },
    {
      title: 'What they are trained in',
      lines: say(skills, (body) => (body.skills.length === 0 ? ['Nothing recorded'] : body.skills)),
      href: `${base}/skills`,
    },
    { title: 'When they are away', lines: say(absences, sayAbsences), href: `${base}/absences` },
  ];
}
