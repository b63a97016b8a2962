import type { z } from 'zod';
import { sayInstant } from '../../../calendar/london-time.ts';
import { sayMaterial } from '../../../materials/material-types.ts';
import {
  discardReasons,
  type quarantinedSchema,
  type quarantinedWithAboutSchema,
} from '../../api/quarantine.ts';
import type { Routes } from '../../app-context.ts';
import { figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
import { sayName, type Field } from '../form-field.ts';
import { readListed } from '../listed.ts';
import { getPage, showProblem } from '../page-route.ts';
import { tablesPage } from '../tables-page.ts';
import { administrationLink, administrators } from './administrators.ts';
import { givenUpPages } from './given-up-pages.ts';

type QuarantinedJson = z.output<typeof quarantinedSchema>;
type WithAbout = z.output<typeof quarantinedWithAboutSchema>;

const path = '/admin/quarantine';
const title = 'Work that was put aside';

const classNames: Record<QuarantinedJson['class'], string> = {
  deadlines: 'Deadlines',
  'victim-updates': 'Victim updates',
  chasers: 'Chasers',
};
const reasonNames: Record<(typeof discardReasons)[number], string> = {
  'done-by-hand': 'It was done by hand',
  'not-needed': 'It does not have to be done',
  'over-by-now': 'What it was for is over by now',
};
const reason: Field = {
  path: 'reason',
  kind: 'choose',
  label: 'Why can it be done without?',
  choices: discardReasons.map((value) => ({ value, text: reasonNames[value] })),
};

const done: Record<string, string> = {
  retry:
    'It is due again, and is carried out within seconds. Where it fails three times more it is back here.',
  discard: 'It is done without, and the history of its case says so.',
};

/** `GET /admin/quarantine`, `/admin/quarantine/:id`, and what is done with work that was put aside */
export const quarantinePages: Routes = (app) => {
  getPage(app, path, administrators, title, async (c) => {
    const found = await readListed<QuarantinedJson>(c, app, '/api/quarantine');
    if (found.kind === 'problem') return showProblem(c, found);
    const { items, next } = found.body;
    const verb = c.req.query('seen-to') ?? '';
    const view = {
      title,
      intro: [
        ...(Object.hasOwn(done, verb) ? [done[verb] ?? ''] : []),
        'What failed three times is put aside, so that nothing else waits for it. The caseworker of the case, or a senior, has a task to do it by hand.',
      ],
      tables: items.length === 0 ? [] : [quarantineTable(items)],
      nothing: 'Nothing is put aside: everything that was due has been carried out.',
      links: [{ text: 'What the queues hold', href: '/admin/queues' }],
    };
    return tablesPage(c, view, administrationLink, next);
  });

  givenUpPages<WithAbout>(app, {
    path: `${path}/:id`,
    api: '/api/quarantine',
    summary: 'Work that was put aside, and what can be done with it',
    fields: [reason],
    again: {
      verb: 'retry',
      title: 'Try it again',
      text: 'Do this when what stopped it is mended. The task that it made for a person is closed.',
    },
    settle: {
      verb: 'discard',
      title: 'Or do without it',
      text: 'The hub does nothing more about it, and the task that it made for a person is closed: be sure that it was seen to.',
      button: 'Do without it',
    },
    back: { text: title, href: path },
    next: (_id, verb) => `${path}?seen-to=${verb}`,
    show: (item) => ({
      heading: `${sayName(item.step)}: ${classNames[item.class].toLowerCase()}`,
      tag: item.isCurrent
        ? { text: 'Put aside', classes: 'govuk-tag--red' }
        : { text: 'Over by now', classes: 'govuk-tag--grey' },
      facts: factsOf(item),
      table: null,
      mayRetry: item.isCurrent,
      maySettle: true,
    }),
  });
};

function factsOf({ id, about, fireAt, starts, lastError }: WithAbout) {
  return [
    ...(about === null
      ? []
      : 'rule' in about
        ? [{ key: 'Rule', value: about.rule, href: `/admin/rules/${encodeURIComponent(about.rule)}` }]
        : [{ key: 'Material', value: sayMaterial(about.material) }]),
    { key: 'Was due', value: sayInstant(fireAt) },
    { key: 'Times tried', value: String(starts) },
    { key: 'How it failed', value: lastError ?? 'Not known' },
    { key: 'Number to ask for', value: id },
  ];
}

function quarantineTable(items: readonly QuarantinedJson[]): Table {
  const heads = ['Was due', 'What', 'Step'].map(wordHead);
  return {
    id: 'quarantine',
    title,
    heads: [...heads, numberHead('Times tried'), wordHead('How it failed'), wordHead('Look')],
    rows: items.map(({ id, class: queue, step, fireAt, starts, lastError }) => ({
      cells: [
        words(sayInstant(fireAt)),
        words(classNames[queue]),
        words(sayName(step)),
        figure(starts),
        words(lastError ?? 'Not known'),
        { text: 'Look at it', about: `: ${sayName(step)}, ${sayInstant(fireAt)}`, href: `${path}/${id}` },
      ],
    })),
  };
}
