import type { z } from 'zod';
import { expect } from 'vitest';
import { addDays } from '../../src/calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../../src/calendar/london-time.ts';
import type { caseBody } from '../../src/cases/case-body.ts';
import { finalisationItemIds } from '../../src/finalisation/items.ts';
import type { caseSchema } from '../../src/http/api/case-json.ts';
import type { contactSchema } from '../../src/http/api/contact-json.ts';
import type { deadlineSchema } from '../../src/http/api/deadline-json.ts';
import type { materialSchema } from '../../src/http/api/material-json.ts';
import type { taskSchema } from '../../src/http/api/task-json.ts';
import type { Client, Reply } from '../support/client.ts';

export type CaseInput = z.input<typeof caseBody>;
export type CaseJson = z.input<typeof caseSchema>;
export type Contact = z.input<typeof contactSchema>;
export type Deadline = z.input<typeof deadlineSchema>;
export type Material = z.input<typeof materialSchema>;
export type Task = z.input<typeof taskSchema>;
export type Page<T> = { items: T[]; next: string | null };

export type Settled = {
  event: { id: string; hearing: string | null; type: string };
  added: Deadline[];
  moved: (Deadline & { before: { legalDue: string | null; actionDue: string | null } })[];
  met: Deadline[];
  withdrawn: Deadline[];
};

let serial = 10_000;
/** A URN that no other case of this run has. */
export const newUrn = (): string => `21AB${String((serial += 1)).padStart(5, '0')}26`;

type Body = Record<string, unknown>;

/** Surnames are nobody's, so that a search for them finds every leak. */
export const victim = (over: Body = {}): Body => ({
  name: 'Orla Squibbleworth',
  contact: { phone: '07700 900417', email: 'orla.squibbleworth@mail.invalid', address: '9 Fizzgig Row' },
  preferred: 'phone',
  ...over,
});

export const witness = (over: Body = {}): Body => ({
  name: 'Piers Nobblethwack',
  contact: { phone: '07700 900533' },
  preferred: 'phone',
  ...over,
});

export const theft = (over: Body = {}): Body => ({
  code: 'TH68006',
  committedOn: '2026-05-30',
  chargedOn: '2026-06-01',
  ...over,
});

export const defendant = (over: Body = {}): Body => ({
  name: 'Barnaby Wigglethrope',
  dateOfBirth: '1988-04-12',
  remand: 'unconditional-bail',
  offences: [theft()],
  ...over,
});

/** A crime case that comes in on Tuesday 2 June 2026, charged the day before, on bail. */
export const crimeCase = (over: Body = {}): CaseInput =>
  ({
    urn: newUrn(),
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    receivedAt: '2026-06-02T08:00:00+01:00',
    officer: 'PC1001',
    defendants: [defendant()],
    ...over,
  }) as CaseInput;

export const magistratesHearing = (on: string, type: string, over: Body = {}): Body => ({
  on,
  at: '10:00',
  court: 'magistrates',
  courtName: 'Norwich Magistrates’ Court',
  type,
  ...over,
});

/** The body of an answer that has to have this status. */
export async function expectStatus<T>(status: number, asked: Promise<Reply<T>>): Promise<T> {
  const reply = await asked;
  expect(reply.status, reply.text).toBe(status);
  return reply.body;
}

export async function create(client: Client, over: Body = {}): Promise<CaseJson> {
  return expectStatus(201, client.post<CaseJson>('/api/cases', crimeCase(over)));
}

export async function readCase(client: Client, urn: string): Promise<CaseJson> {
  return expectStatus(200, client.get<CaseJson>(`/api/cases/${urn}`));
}

/** Records an event that has to be accepted. */
export async function record(client: Client, urn: string, event: Body): Promise<Settled> {
  return expectStatus(201, client.post<Settled>(`/api/cases/${urn}/events`, event));
}

/** Says of everything that a case owes to the police systems that it is entered. */
export async function enterRecords(client: Client, urn: string): Promise<void> {
  const path = `/api/cases/${urn}/records`;
  const { items } = await expectStatus(200, client.get<Page<{ id: string; state: string }>>(path));
  for (const { id, state } of items)
    if (state === 'owed') await expectStatus(200, client.post(`${path}/${id}/entered`, {}));
}

/** Closes a case as it is: of no interest to the story is what is not done. */
export async function finaliseAsItIs(client: Client, urn: string, on: string): Promise<Settled> {
  const override = { reason: 'the story is about something else', items: finalisationItemIds };
  return record(client, urn, { type: 'finalised', on, data: { override } });
}

/** The rules of deadlines, each once, in order of the alphabet. */
export const rulesOf = (deadlines: readonly Deadline[]): string[] =>
  [...new Set(deadlines.map(({ rule }) => rule))].sort();

/** The one of a rule; where there are several, the first. */
export function ofRule<D extends { rule: string }>(deadlines: readonly D[], rule: string): D {
  const found = deadlines.find((deadline) => deadline.rule === rule);
  if (!found) throw new Error(`no deadline of ${rule} among ${deadlines.map((one) => one.rule).join()}`);
  return found;
}

export type Pulled = { task: Task; because: string[] };

/** Pulls the next task, which has to be there. */
export async function pull(client: Client, staffId: string): Promise<Task> {
  const { task } = await expectStatus(200, client.post<Pulled>(`/api/caseworkers/${staffId}/next-task`));
  return task;
}

/** Pulls tasks and puts off until the next day, or until it is due, what is of no interest to a story, until one of a kind comes. */
export async function pullKind(client: Client, staffId: string, kind: string, urn?: string): Promise<Task> {
  const { now } = await expectStatus(200, client.get<{ now: string }>('/demo/clock'));
  const tomorrow = addDays(civilDateOf(now), 1);
  // What is due before then is not put off into lateness.
  const laterThan = ({ dueAt }: Task) =>
    Date.parse(dueAt) > Date.parse(now) && dueAt < instantAt(tomorrow, '08:00') ? dueAt : tomorrow;
  for (let pulls = 0; pulls < 100; pulls++) {
    const task = await pull(client, staffId);
    if (task.kind === kind && (urn === undefined || task.caseUrn === urn)) return task;
    const until = laterThan(task);
    const body = { claim: task.claim?.token, until, reason: 'of no interest to this story' };
    await expectStatus(200, client.post(`/api/tasks/${task.id}/defer`, body));
  }
  throw new Error(`no task of kind ${kind} came`);
}

export async function complete(client: Client, task: Task, outcome = 'done'): Promise<Task> {
  const body = { claim: task.claim?.token, outcome };
  return expectStatus(200, client.post<Task>(`/api/tasks/${task.id}/complete`, body));
}

export type Message = {
  id: string;
  channel: string;
  to: { id: string; address: string };
  subject: string;
  body: string;
  at: string;
  purpose: string;
  caseUrns: string[];
};

/** What would have left the building, the newest last. */
export async function messagesTo(client: Client, to: string): Promise<Message[]> {
  const { items } = await expectStatus(200, client.get<{ items: Message[] }>(`/demo/messages?to=${to}`));
  return items;
}

/** Everything of a list, page by page. */
export async function all<T>(client: Client, path: string, limit = 100): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const at: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await expectStatus(
      200,
      client.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${at}`),
    );
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}
