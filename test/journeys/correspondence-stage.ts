import type { z } from 'zod';
import type { correspondenceSchema } from '../../src/http/api/correspondence-json.ts';
import type { querySchema } from '../../src/http/api/query-json.ts';
import type { Client } from '../support/client.ts';
import { expectStatus, readCase, type CaseJson, type Task } from './stage.ts';

export type Letter = z.input<typeof correspondenceSchema>;
export type Query = z.input<typeof querySchema>;
export type Body = Record<string, unknown>;

/** A message from the CPS that needs an answer, and names somebody. */
export const letterBody = (over: Body = {}): Body => ({
  with: 'cps',
  direction: 'in',
  channel: 'email',
  subject: 'disclosure',
  summary: 'Asks whether Orla Squibbleworth will come to court',
  needsAnswer: true,
  ...over,
});

/** A question of the victim by telephone, which names somebody. */
export const questionBody = (over: Body = {}): Body => ({
  from: { kind: 'victim' },
  how: 'phone',
  question: 'Is Barnaby Wigglethrope allowed to write to me?',
  ...over,
});

/** Logs a letter, which has to be accepted. */
export const log = (client: Client, { urn }: CaseJson, over: Body = {}): Promise<Letter> =>
  expectStatus(201, client.post<Letter>(`/api/cases/${urn}/correspondence`, letterBody(over)));

/** Logs a question, which has to be accepted. */
export const ask = (client: Client, { urn }: CaseJson, over: Body = {}): Promise<Query> =>
  expectStatus(201, client.post<Query>(`/api/cases/${urn}/queries`, questionBody(over)));

/** The tasks that a letter or a question has made. */
export const tasksOf = async (client: Client, { urn }: CaseJson, id: string): Promise<Task[]> =>
  (await readCase(client, urn)).tasks.filter(({ subject }) => Object.values(subject).includes(id));
