import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

export type Statement = { text: string; params: unknown[] };

/**
 * Takes down every statement that a piece of work sends, so that the bare client can be made to send the same.
 * @param on a function that hands its listener each statement, as the `debug` option of postgres.js does
 */
export class Recorder {
  #statements: Statement[] = [];
  #isOn = false;

  readonly listen = (text: string, params: unknown[]): void => {
    if (this.#isOn) this.#statements.push({ text, params: [...params] });
  };

  async record(work: () => Promise<unknown>): Promise<Statement[]> {
    this.#statements = [];
    this.#isOn = true;
    await work();
    this.#isOn = false;
    return this.#statements.filter(
      ({ text }) => !/^(begin|commit|rollback|set |listen|savepoint)/i.test(text.trim()),
    );
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Sends recorded statements through the bare client in one transaction, with new ids in place of those that the
 * recording made, and with the ids that came back in place of those that had come back.
 * @param keep ids that stay as they are
 * @param texts other texts to replace, such as a URN
 */
export async function replay(
  sql: postgres.Sql,
  statements: readonly Statement[],
  keep: ReadonlySet<string>,
  texts: ReadonlyMap<string, string> = new Map(),
  learn?: { from: RegExp; oldId: string },
): Promise<void> {
  const fresh = new Map<string, string>();
  const replaced = (text: string): string => {
    let out = text.replace(uuid, (id) => {
      if (keep.has(id)) return id;
      const known = fresh.get(id) ?? randomUUID();
      fresh.set(id, known);
      return known;
    });
    for (const [from, to] of texts) out = out.replaceAll(from, to);
    return out;
  };
  await sql.begin(async (tx) => {
    for (const { text, params } of statements) {
      const values = params.map((param) => (typeof param === 'string' ? replaced(param) : param));
      const rows = await tx.unsafe<{ id?: string }[]>(text, values as never[]);
      if (learn?.from.test(text) && rows[0]?.id !== undefined) fresh.set(learn.oldId, rows[0].id);
    }
  });
}
