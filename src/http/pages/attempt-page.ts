import { readNow } from '../../../db/read-now.ts';
import { parseInstant } from '../../calendar/london-time.ts';
import type { Api, Context, Routes } from '../app-context.ts';
import { attemptBody } from './attempt-body.ts';
import { callApi, type ApiAnswer } from './call-api.ts';
import type { CaseJson } from './case-glance.ts';
import { readFields, sayName, type Field } from './form-field.ts';
import { pickFrom } from './listed.ts';
import { ofCase, urnOf } from './of-case.ts';
import { formPage } from './one-form.ts';
import { channelNames, offeredResults, saySafe, wordsFor, type Contact } from './task-contact.ts';
import { caseReaders } from './who.ts';

type Found = {
  found: CaseJson;
  person: CaseJson['victims'][number];
  /** What can be recorded of, soonest due first. */
  open: Contact[];
  now: string;
};

const pick = (names: Record<string, string>) =>
  Object.entries(names).map(([value, text]) => ({ value, text }));

const fields: readonly Field[] = [
  { kind: 'tick', path: 'theyRang', label: 'They got in touch with us' },
  { kind: 'choose', path: 'channel', label: 'How?', choices: pick(channelNames) },
  { kind: 'choose', path: 'result', label: 'What came of it?', choices: pick(offeredResults) },
  { kind: 'words', path: 'note', label: 'Note', isOptional: true },
  {
    ...{ kind: 'moment', path: 'at', label: 'When was it?', isOptional: true },
    hint: 'Now, unless you say. For example, 27 3 2026 at 14:30',
  },
];
const against: Field = {
  ...{ kind: 'words', path: 'against', label: 'Why it was done against what keeps them safe' },
  ...{ hint: 'Only where it was', isOptional: true },
};

/** `GET|POST /cases/:urn/people/:id/attempt`: a talk with somebody is recorded when it takes place, by whoever has it. */
export const attemptPage: Routes = (app) => {
  formPage<Found>(app, {
    path: '/cases/:urn/people/:id/attempt',
    roles: caseReaders,
    summary: 'Record a talk with a victim or witness, or a try at one',
    read: (c) => readFound(c, app),
    show: ({ found, person, open }, c) => {
      const [first] = open;
      return {
        ...ofCase(c),
        title: `Record a contact with ${person.name}`,
        facts: first === undefined ? [] : factsOf(first, found),
        fields: fieldsFor(open),
        button: 'Record the contact',
        over: first === undefined ? nothingOwed : undefined,
        links:
          first === undefined ? [{ text: 'Log a question', href: `/cases/${urnOf(c)}/queries/new` }] : [],
      };
    },
    send: (form, { open, now }) => {
      const told = open.find(({ id }) => id === form['contact']) ?? open[0];
      const given = readFields(fields, form)['at'];
      const at = given === undefined ? undefined : parseInstant(given);
      if (at?.kind === 'invalid') return { problems: [{ path: 'at', message: at.problem }] };
      const read = attemptBody(told, form, { given: at?.instant, now });
      return 'problems' in read ? read : { path: `/api/contacts/${told?.id ?? ''}/attempts`, ...read };
    },
    next: (_done, _found, c) => `/cases/${urnOf(c)}?done=contacted#people`,
  });
};

const nothingOwed =
  'They are owed no update at the moment, so there is nothing to record of one. A question that they ask is logged by itself.';

async function readFound(c: Context, app: Api): Promise<ApiAnswer<Found>> {
  const found = await callApi<CaseJson>(c, app, { path: `/api/cases/${urnOf(c)}` });
  if (found.kind === 'problem') return found;
  const { victims, witnesses, contacts } = found.body;
  const missing = 'There is no such victim or witness in this case.';
  const of = pickFrom([...victims, ...witnesses], c.req.param('id'), found.etag, missing);
  if (of.kind === 'problem') return of;
  const person = of.body;
  const theirs = contacts.filter((contact) => contact.person.id === person.id);
  const owed = theirs.filter(({ state }) => state === 'owed').toSorted(bySoonest);
  // Who was given up may ring of themselves.
  const open = [...owed, ...theirs.filter(({ state }) => state === 'not-made')];
  return { ...found, body: { found: found.body, person, open, now: await readNow(c.get('hub').db) } };
}

const bySoonest = (one: Contact, other: Contact): number =>
  (one.dueAt ?? '9') < (other.dueAt ?? '9') ? -1 : 1;

function factsOf(contact: Contact, found: CaseJson): { key: string; value: string }[] {
  return [
    { key: 'Read first', value: saySafe(contact.readFirst) },
    { key: 'What to say', value: wordsFor(contact, found).join(' ') },
  ];
}

/** What it was about is asked where that is not plain: what they are to be told now goes together. */
function fieldsFor(open: readonly Contact[]): Field[] {
  const [first] = open;
  const together = new Set(first?.conversation.map(({ contactId }) => contactId));
  const others = open.filter(({ id }) => id !== first?.id && !together.has(id));
  const about: Field[] =
    first === undefined || others.length === 0
      ? []
      : [
          {
            ...{ kind: 'pick', path: 'contact', label: 'What was it about?' },
            choices: [
              { value: first.id, text: 'What they are to be told now' },
              ...others.map(({ id, reason }) => ({ value: id, text: sayName(reason) })),
            ],
          },
        ];
  const isSafe = first !== undefined && first.safeContact !== null;
  return [...about, ...fields, ...(isSafe ? [against] : [])];
}
