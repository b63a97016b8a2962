import type { z } from 'zod';
import type { referralSchema } from '../../api/referrals.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { wordHead, words, type Table } from '../figures/table.ts';
import { readFields, type Field } from '../form-field.ts';
import { answeredAt } from '../letters/answerable-pages.ts';
import { pickFrom, type Listed } from '../listed.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import type { PersonJson } from '../person/person-changes.ts';
import { sayDayOf, sayMoment } from '../say.ts';
import { tablesPage } from '../tables-page.ts';
import { caseReaders } from '../who.ts';

type ReferralJson = z.output<typeof referralSchema>;
type Folder = 'victims' | 'witnesses';

const title = 'Referrals to support services';
const states: Record<ReferralJson['state'], { text: string; classes: string }> = {
  sent: { text: 'Waits for an answer', classes: 'govuk-tag--blue' },
  accepted: { text: 'Taken on', classes: 'govuk-tag--green' },
  declined: { text: 'Declined', classes: 'govuk-tag--orange' },
  ended: { text: 'Ended', classes: 'govuk-tag--grey' },
};

/** `GET /victims/:id/referrals`, `GET|POST` of `/new` and `/:referral` below it, and the same of `/witnesses` */
export const referralPages: Routes = (app) => {
  pagesOf(app, 'victims');
  pagesOf(app, 'witnesses');
};

function pagesOf(app: Api, folder: Folder): void {
  const path = `/${folder}/:id/referrals`;
  const hrefOf = (c: Context) => `/${folder}/${idOf(c)}`;
  const list = (c: Context) => ({ text: title, href: `${hrefOf(c)}/referrals` });

  getPage(app, path, caseReaders, title, async (c) => {
    const person = await readPerson(c, app, folder);
    if (person.kind === 'problem') return showProblem(c, person);
    const found = await readReferrals(c, app);
    if (found.kind === 'problem') return showProblem(c, found);
    const { items } = found.body;
    const view = {
      title,
      caption: `${person.body.name}, case ${person.body.caseUrn}`,
      button: { text: 'Refer them to a support service', href: `${hrefOf(c)}/referrals/new` },
      tables: items.length === 0 ? [] : [referralsTable(items, `${hrefOf(c)}/referrals`)],
      nothing: 'They have been referred to nobody.',
    };
    return tablesPage(c, view, { text: person.body.name, href: hrefOf(c) });
  });

  formPage<{ person: PersonJson; fields: Field[] }>(app, {
    path: `${path}/new`,
    roles: caseReaders,
    summary: 'Refer somebody to a support service',
    read: (c) => readForReferring(c, app, folder),
    show: ({ person, fields }, c) => ({
      title: 'Refer them to a support service',
      caption: `${person.name}, case ${person.caseUrn}`,
      intro: ['Only where they have agreed to it. The service is asked after five working days.'],
      fields,
      button: 'Record the referral',
      back: list(c),
    }),
    send: (form, { fields }, c) => ({
      path: `/api/people/${idOf(c)}/referrals`,
      body: readFields(fields, form),
    }),
    next: (_done, _found, c) => `${list(c).href}?done=referred`,
  });

  formPage<ReferralJson>(app, {
    path: `${path}/:referral`,
    roles: caseReaders,
    summary: 'Record what a support service answered',
    read: (c) => readReferral(c, app),
    show: (found, c) => ({
      title: 'What the support service answered',
      facts: [
        { key: 'Service', value: found.agency.name },
        { key: 'Referred', value: `${sayMoment(found.madeAt)} by ${found.madeBy}` },
        { key: 'Why', value: found.why },
        ...found.replies.map(({ at, state, words: said }) => ({
          key: `Answered ${sayMoment(at)}`,
          value: `${states[state as ReferralJson['state']].text}: ${said}`,
        })),
      ],
      fields: replyFields,
      button: 'Record the answer',
      back: list(c),
    }),
    send: (form, { id }) => ({ path: `/api/referrals/${id}/replies`, body: readFields(replyFields, form) }),
    next: (_done, _found, c) => `${list(c).href}?done=answered`,
  });
}

const idOf = (c: Context): string => encodeURIComponent(c.req.param('id') ?? '');

function readPerson(c: Context, app: Api, folder: Folder): Promise<ApiAnswer<PersonJson>> {
  return callApi(c, app, { path: `/api/${folder}/${idOf(c)}` });
}

function readReferrals(c: Context, app: Api): Promise<ApiAnswer<Listed<ReferralJson>>> {
  return callApi(c, app, { path: `/api/people/${idOf(c)}/referrals` });
}

async function readReferral(c: Context, app: Api): Promise<ApiAnswer<ReferralJson>> {
  const found = await readReferrals(c, app);
  if (found.kind === 'problem') return found;
  return pickFrom(found.body.items, c.req.param('referral'), found.etag, 'There is no such referral.');
}

/** The person with the fields to fill in, the services that take referrals among them. */
async function readForReferring(
  c: Context,
  app: Api,
  folder: Folder,
): Promise<ApiAnswer<{ person: PersonJson; fields: Field[] }>> {
  const person = await readPerson(c, app, folder);
  if (person.kind === 'problem') return person;
  const services = await callApi<Listed<{ id: string; name: string; services: string[] }>>(c, app, {
    path: '/api/agencies?active=true&limit=100',
  });
  if (services.kind === 'problem') return services;
  return { ...person, body: { person: person.body, fields: referFields(services.body.items) } };
}

function referFields(services: readonly { id: string; name: string; services: string[] }[]): Field[] {
  return [
    {
      kind: 'pick',
      path: 'agency',
      label: 'Which service?',
      choices: services.map(({ id, name, services: of }) => ({
        value: id,
        text: of.length === 0 ? name : `${name} (${of.join(', ')})`,
      })),
    },
    { kind: 'words', path: 'why', label: 'Why?' },
    {
      kind: 'date',
      path: 'consentOn',
      label: 'When did they agree?',
      hint: 'The day on which they were asked, unless you say',
      isOptional: true,
    },
  ];
}

const replyFields: readonly Field[] = [
  {
    kind: 'choose',
    path: 'state',
    label: 'What did they say?',
    choices: (['accepted', 'declined', 'ended'] as const).map((value) => ({
      value,
      text: states[value].text,
    })),
  },
  { kind: 'words', path: 'words', label: 'In their words' },
  answeredAt,
];

function referralsTable(items: readonly ReferralJson[], href: string): Table {
  return {
    id: 'referrals',
    title: 'Referrals',
    heads: ['Service', 'Referred', 'Why', 'State', 'Last answer'].map(wordHead),
    rows: items.map(({ id, agency, madeAt, why, state, replies }) => ({
      cells: [
        { text: agency.name, about: ': record its answer', href: `${href}/${id}` },
        words(sayDayOf(madeAt)),
        words(why),
        { text: '', tag: states[state] },
        words(replies.at(-1)?.words ?? 'None'),
      ],
    })),
  };
}
