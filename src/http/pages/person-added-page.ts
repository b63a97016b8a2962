import type { Api, Context, Routes } from '../app-context.ts';
import { callApi } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { readFields, type Field } from './form-field.ts';
import { personFields } from './new-case-fields.ts';
import { ofCase, urnOf } from './of-case.ts';
import { formPage } from './one-form.ts';
import { caseReaders } from './who.ts';

const prefix = 'person';

const fields: readonly Field[] = [
  ...personFields(prefix),
  {
    kind: 'moment',
    path: `${prefix}.receivedAt`,
    label: 'When did the hub learn of them?',
    hint: 'Now, unless you say: what they are owed counts from then. For example, 27 3 2026 at 14:30',
    isOptional: true,
  },
];
const places = Object.fromEntries(fields.map(({ path }) => [path.slice(prefix.length + 1), path]));

/** `GET|POST /cases/:urn/victims/new`, `/cases/:urn/witnesses/new` */
export const personAddedPage: Routes = (app) => {
  addPage(app, 'victim', 'victims');
  addPage(app, 'witness', 'witnesses');
};

function addPage(app: Api, role: 'victim' | 'witness', folder: 'victims' | 'witnesses'): void {
  const ofApi = (c: Context) => `/api/cases/${urnOf(c)}`;
  formPage<CaseJson>(app, {
    path: `/cases/:urn/${folder}/new`,
    roles: caseReaders,
    summary: `Add a ${role} of whom the hub learned later`,
    read: (c) => callApi(c, app, { path: ofApi(c) }),
    show: (found, c) => ({
      ...ofCase(c),
      title: `Add a ${role}`,
      intro: ['What they are owed is worked out at once, all of it for one talk.'],
      fields,
      places,
      button: `Add the ${role}`,
      over: found.state === 'open' ? undefined : 'The case is finalised: reopen it first.',
    }),
    send: (form, _found, c) => ({
      path: `${ofApi(c)}/${folder}`,
      body: readFields(fields, form)[prefix] ?? {},
    }),
    next: (_done, _found, c) => `/cases/${urnOf(c)}?done=added#people`,
  });
}
