import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

type Sent = { text: string; params: unknown[] };
/** What a request sends before its transaction, and in it: each time what goes out together. */
export type Script = { before: Sent[][]; inside: Sent[][] };

/** Takes down what a request sends to Postgres, and what of it goes out together, waiting for no answer in between. */
export class BatchRecorder {
  #batches: Sent[][] = [];
  #isOn = false;
  #isOpen = false;

  readonly listen = (text: string, params: unknown[]): void => {
    if (!this.#isOn) return;
    if (!this.#isOpen) {
      this.#batches.push([]);
      this.#isOpen = true;
      setImmediate(() => (this.#isOpen = false));
    }
    this.#batches.at(-1)?.push({ text, params: [...params] });
  };

  async record(work: () => Promise<unknown>): Promise<Script> {
    this.#batches = [];
    this.#isOn = true;
    await work();
    this.#isOn = false;
    const found = this.#batches.findIndex((batch) => batch.some(({ text }) => /^begin/i.test(text.trim())));
    const begin = found < 0 ? this.#batches.length : found;
    const wanted = (batches: Sent[][]) =>
      batches
        .map((batch) => batch.filter(({ text }) => !/^(begin|commit)/i.test(text.trim())))
        .filter((batch) => batch.length > 0);
    return { before: wanted(this.#batches.slice(0, begin)), inside: wanted(this.#batches.slice(begin)) };
  }
}

/** Ids of the recording, and what stands in their place now: a person, a task, a case, a claim. */
export type Standing = Map<string, string>;

/**
 * Sends what was recorded through postgres.js alone, with what stands for other ids now, in the same transaction and
 * together what went out together.
 * @param learn is told each row that comes back, to say what stands for what from here on
 */
export async function replayScript(
  sql: postgres.Sql,
  { before, inside }: Script,
  standing: Standing,
  learn: (row: Record<string, unknown>) => void,
): Promise<void> {
  const told = (param: unknown): unknown => {
    if (Array.isArray(param)) return param.map(told);
    if (typeof param !== 'string') return param;
    let out = standing.get(param) ?? param;
    if (out === param && (param.startsWith('{') || param.startsWith('[')))
      for (const [from, to] of standing) out = out.replaceAll(from, to);
    return out;
  };
  const send = async (on: Pick<postgres.Sql, 'unsafe'>, batches: Sent[][]) => {
    for (const batch of batches) {
      const answers = await Promise.all(
        batch.map(({ text, params }) =>
          on.unsafe(text, params.map(told) as never[], { prepare: true, simple: false } as object).execute(),
        ),
      );
      for (const [row] of answers) if (row !== undefined) learn(row as Record<string, unknown>);
    }
  };
  await send(sql, before);
  await sql.begin((tx) => send(tx, inside));
}

/** A new id in place of a recorded one. */
export function refresh(standing: Standing, recorded: string): string {
  const id = randomUUID();
  standing.set(recorded, id);
  return id;
}
