import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { foldCase } from '../../cases/fold.ts';
import { readEvents, readPeople, type CasePeople } from '../../cases/store.ts';
import type { CaseRow } from '../../cases/settle.ts';
import { readChasing } from '../../chasers/read-chasing.ts';
import type { CaseState } from '../../deadlines/case-state.ts';
import { readDeadlines } from '../../deadlines/store.ts';
import { readRequests } from '../../materials/store.ts';
import { readTasks } from '../../tasks/store.ts';
import { compareTasks } from '../../tasks/urgency.ts';
import { readContactView } from '../../victims/contact-view.ts';
import { readContacts } from '../../victims/store.ts';
import { contactJson, contactSchema } from './contact-json.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';
import { materialJson, materialSchema } from './material-json.ts';
import { personJson, personSchema } from './person-json.ts';
import { taskJson, taskSchema, type TaskView } from './task-json.ts';

const offenceSchema = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  class: z.enum(['summary-only', 'either-way', 'indictable-only']),
  committedOn: z.string(),
  chargedOn: z.string().nullable(),
  domesticAbuse: z.boolean(),
  plea: z.enum(['guilty', 'not-guilty']).nullable(),
  sentToCrownCourtOn: z.string().nullable(),
  result: z.enum(['convicted', 'acquitted', 'discontinued', 'sentenced']).nullable(),
});

const defendantSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  dateOfBirth: z.string().nullable(),
  remand: z.enum(['custody', 'conditional-bail', 'unconditional-bail', 'none']),
  custody: z.array(z.strictObject({ from: z.string(), to: z.string().nullable() })),
  offences: z.array(offenceSchema),
});

const hearingSchema = z.strictObject({
  id: z.uuid(),
  on: z.string(),
  at: z.string().nullable(),
  court: z.enum(['magistrates', 'crown', 'youth']),
  courtName: z.string(),
  type: z.enum(['first-hearing', 'trial', 'ptph', 'sentence', 'other']),
  state: z.enum(['listed', 'vacated']),
});

/** What a list shows of a case. */
export const caseSummarySchema = z.strictObject({
  id: z.uuid(),
  urn: z.string(),
  kind: z.enum(['crime', 'traffic']),
  state: z.enum(['open', 'finalised']),
  officer: z.string(),
  caseworker: z.string().nullable(),
  team: z.string(),
  restricted: z.boolean(),
  receivedAt: z.string(),
  createdAt: z.string(),
  version: z.number().int(),
});

/** What was asked for, with how it is being chased. */
const chasedSchema = materialSchema.extend({
  lastChaser: z
    .strictObject({ at: z.string(), level: z.enum(['officer', 'sergeant', 'inspector', 'caseworker']) })
    .nullable(),
  nextChaserAt: z.string().nullable().meta({ description: 'Unless it comes before' }),
});

/** A case as the API shows it. */
export const caseSchema = caseSummarySchema
  .extend({
    initiation: z.enum(['charge', 'postal-requisition', 'single-justice-procedure']),
    anticipatedPlea: z.enum(['guilty', 'not-guilty', 'none']),
    visibleTo: z.array(z.string()),
    domesticAbuse: z.boolean(),
    hateCrime: z.boolean(),
    sexualOffence: z.boolean(),
    defendants: z.array(defendantSchema),
    hearings: z.array(hearingSchema),
    victims: z.array(personSchema),
    witnesses: z.array(personSchema),
    deadlines: z.array(deadlineSchema),
    materials: z.array(chasedSchema),
    tasks: z.array(taskSchema).meta({ description: 'In the order of work' }),
    contacts: z.array(contactSchema),
  })
  .meta({ id: 'Case' });

export function caseSummaryJson(row: CaseRow): z.input<typeof caseSummarySchema> {
  const { id, urn, kind, state, officer, caseworker, team, restricted, receivedAt, createdAt, version } = row;
  return { id, urn, kind, state, officer, caseworker, team, restricted, receivedAt, createdAt, version };
}

/** Everything of a case, as it stands in the caller's transaction. */
export async function readCaseJson(
  db: Database | Transaction,
  row: CaseRow,
  view: TaskView,
): Promise<z.input<typeof caseSchema>> {
  const state = foldCase(await readEvents(db, row.id));
  const names = await readPeople(db, row.id);
  const deadlines = await readDeadlines(db, row.id);
  const contacts = await readContacts(db, row.id);
  const contactView = await readContactView(
    db,
    contacts.map(({ personId }) => personId),
  );
  const tasks = await readTasks(db, row.id);
  const requests = await readRequests(db, row.id);
  const chasing = await readChasing(db, row.id);
  const people = (role: 'victim' | 'witness') =>
    names.people
      .filter((person) => person.role === role && state.people.some(({ id }) => id === person.id))
      .map((person) => personJson(person, state, row.urn));
  return {
    ...caseSummaryJson(row),
    initiation: state.initiation,
    anticipatedPlea: state.anticipatedPlea,
    visibleTo: row.visibleTo,
    domesticAbuse: state.domesticAbuse,
    hateCrime: state.hateCrime,
    sexualOffence: state.sexualOffence,
    defendants: defendantsJson(state, names),
    hearings: hearingsJson(state),
    victims: people('victim'),
    witnesses: people('witness'),
    deadlines: deadlines.map(deadlineJson),
    materials: requests.map((request) => ({
      ...materialJson(request, row.urn),
      lastChaser: chasing.get(request.id)?.last ?? null,
      nextChaserAt: chasing.get(request.id)?.nextAt ?? null,
    })),
    tasks: tasks
      .toSorted((one, other) => compareTasks(one, other, view.edges, null))
      .map((task) => taskJson(task, row.urn, view)),
    contacts: contacts.flatMap((contact) => {
      const person = names.people.find(({ id }) => id === contact.personId);
      const deadline = deadlines.find(({ id }) => id === contact.id);
      return person && deadline ? [contactJson(contact, person, deadline, row.urn, contactView)] : [];
    }),
  };
}

function defendantsJson(state: CaseState, names: CasePeople): z.input<typeof defendantSchema>[] {
  return state.defendants.map((defendant) => ({
    id: defendant.id,
    name: names.defendants.find(({ id }) => id === defendant.id)?.name ?? '',
    dateOfBirth: defendant.dateOfBirth ?? null,
    remand: defendant.remand,
    custody: defendant.custody.map(({ from, to }) => ({ from, to: to ?? null })),
    offences: defendant.offences.map((offence) => ({
      id: offence.id,
      code: offence.code,
      title: names.offences.find(({ id }) => id === offence.id)?.title ?? offence.code,
      class: offence.class,
      committedOn: offence.committedOn,
      chargedOn: offence.chargedOn ?? null,
      domesticAbuse: offence.domesticAbuse,
      plea: offence.plea?.plea ?? null,
      sentToCrownCourtOn: offence.sent?.on ?? null,
      result: resultOf(offence),
    })),
  }));
}

function resultOf(offence: CaseState['defendants'][number]['offences'][number]) {
  if (offence.sentenced) return 'sentenced';
  if (offence.acquitted) return 'acquitted';
  if (offence.discontinued) return 'discontinued';
  return offence.convicted ? 'convicted' : null;
}

function hearingsJson(state: CaseState): z.input<typeof hearingSchema>[] {
  return state.hearings
    .map(({ id, on, time, court, courtName, type, state: listed }) => ({
      id,
      on,
      at: time ?? null,
      court,
      courtName,
      type,
      state: listed,
    }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
