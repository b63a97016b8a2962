import { readFileSync } from 'node:fs';
import type { CellError, Makes } from '../../db/schema/intake.ts';
import type { ImportOrder } from './read-arguments.ts';

/** A file of cases as the hub tells of it; as much of it as is used here. */
export type FileAtHub = {
  id: string;
  state: 'checking' | 'checked' | 'importing' | 'done' | 'discarded';
  file: { rows: number; cases: number; notRead: string[] };
  progress: { done: number; of: number };
  counts: Record<'ready' | 'wrong' | 'already-there' | 'differs' | 'created' | 'failed', number>;
  deadlines: number;
  errors: CellError[];
  errorCount: number;
};

/** A case of a file that would be created. */
export type ReadyCase = {
  urn: string;
  makes: Makes | null;
  firstDates: { title: string; actionDue: string | null; legalDue: string | null }[];
};

/** The hub refused something, or did not answer: why, in words for whoever runs the program. */
export class HubRefused extends Error {
  /** Whether it is the file that is wrong. */
  readonly isOfFile: boolean;
  constructor(why: string, isOfFile = false) {
    super(why);
    this.isOfFile = isOfFile;
  }
}

/** Statuses that are about what was sent. */
const aboutFile = [409, 413, 422];

type Problem = { detail?: string; errors?: { path: string; message: string }[] };

/** A hub that restarts is back within this many tries, a second apart. */
const mostTries = 60;

/** Talks to a hub over HTTP. A hub that is down for a moment is asked again. */
export class HubClient {
  readonly #order: Omit<ImportOrder, 'file'>;
  readonly #onWait: () => void;
  #token: string | undefined;

  /** @param onWait called when the hub does not answer, before it is asked again */
  constructor(order: Omit<ImportOrder, 'file'>, onWait: () => void) {
    this.#order = order;
    this.#onWait = onWait;
  }

  async upload(bytes: Uint8Array): Promise<FileAtHub> {
    return this.#ask('POST', '/api/imports', { type: 'text/csv', body: bytes });
  }

  async read(id: string): Promise<FileAtHub> {
    return this.#ask('GET', `/api/imports/${id}`);
  }

  async readyCases(id: string, limit: number): Promise<ReadyCase[]> {
    const page = await this.#ask<{ items: ReadyCase[] }>(
      'GET',
      `/api/imports/${id}/cases?state=ready&limit=${limit}`,
    );
    return page.items;
  }

  async confirm(id: string, leaveOut: boolean): Promise<FileAtHub> {
    const body = JSON.stringify({ leaveOut });
    return this.#ask('POST', `/api/imports/${id}/confirm`, { type: 'application/json', body });
  }

  async discard(id: string): Promise<void> {
    await this.#ask('DELETE', `/api/imports/${id}`, { ifMatch: '*' });
  }

  async template(): Promise<string> {
    return this.#ask('GET', '/api/imports/template.csv?example=yes');
  }

  async #ask<Answer>(
    method: string,
    path: string,
    more: { type?: string; body?: string | Uint8Array; ifMatch?: string } = {},
  ): Promise<Answer> {
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.#findToken()}` };
    if (more.type !== undefined) headers['Content-Type'] = more.type;
    if (more.ifMatch !== undefined) headers['If-Match'] = more.ifMatch;
    const answer = await this.#fetch(path, { method, headers, ...(more.body && { body: more.body }) });
    const text = await answer.text();
    if (!answer.ok) throw new HubRefused(sayProblem(answer.status, text), aboutFile.includes(answer.status));
    return (/json/.test(answer.headers.get('Content-Type') ?? '') ? JSON.parse(text) : text) as Answer;
  }

  async #findToken(): Promise<string> {
    this.#token ??= this.#givenToken() ?? (await this.#demoToken());
    return this.#token;
  }

  #givenToken(): string | undefined {
    const { tokenFile, token } = this.#order;
    return tokenFile === null ? (token ?? undefined) : readFileSync(tokenFile, 'utf8').trim();
  }

  async #demoToken(): Promise<string> {
    const answer = await this.#fetch('/demo/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ staffId: this.#order.as }),
    });
    if (!answer.ok)
      throw new HubRefused('This hub is no demo, or knows nobody of that id: give a token in HUB_TOKEN.');
    return ((await answer.json()) as { token: string }).token;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    for (let tries = 1; ; tries++) {
      const answer = await fetch(new URL(path, this.#order.hub), { ...init, redirect: 'manual' }).catch(
        (error: Error) => error,
      );
      const isDown = answer instanceof Error || answer.status === 503 || answer.status === 502;
      if (!isDown) return answer;
      if (tries === mostTries) throw new HubRefused(`The hub at ${this.#order.hub.origin} does not answer.`);
      this.#onWait();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function sayProblem(status: number, text: string): string {
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // Something other than the hub answered.
  }
  const errors = (problem.errors ?? []).map(({ path, message }) => `  ${path || 'The file'} ${message}`);
  return [problem.detail ?? `The hub answered ${status}.`, ...errors].join('\n');
}
