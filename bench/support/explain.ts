import { randomUUID } from 'node:crypto';
import type { Connection } from '../../db/connect.ts';
import type { Recorded } from './claim-cycles.ts';

const heads: Record<string, RegExp> = {
  'the next task in the order of work': /for update skip locked/i,
  'the claim on it': /^with ended as[\s\S]*insert into claims/i,
  'its completion': /jsonb_populate_record\(null::tasks/i,
};

/** Prints how Postgres carries out the hot statements, as it does after the first few times: by one plan for everybody. */
export async function explainStatements(
  { sql }: Connection,
  { pull, complete, claim }: Recorded,
): Promise<void> {
  const sent = [...pull.inside, ...complete.inside].flat();
  for (const [what, pattern] of Object.entries(heads)) {
    const found = sent.find(({ text }) => pattern.test(text));
    if (!found) throw new Error(`nothing was sent for ${what}`);
    // The claim of the recording is there already.
    const values = found.params.map((param) => literal(param === claim ? randomUUID() : param)).join(', ');
    const plan = await sql
      .begin(async (tx) => {
        await tx.unsafe(`set local plan_cache_mode = force_generic_plan`);
        await tx.unsafe(`prepare explained as ${found.text}`);
        const rows = await tx.unsafe(`explain (analyze, buffers, costs off) execute explained(${values})`);
        await tx.unsafe('deallocate explained');
        throw new Explained(rows.map((row) => String(row['QUERY PLAN'])));
      })
      .catch((error: unknown) => {
        if (error instanceof Explained) return error.lines;
        throw error;
      });
    process.stdout.write(
      `b1  explain (analyze, buffers): ${what}\n${plan.map((line) => `    ${line}\n`).join('')}`,
    );
  }
}

/** Thrown so that what was carried out to be explained is rolled back. */
class Explained extends Error {
  readonly lines: string[];
  constructor(lines: string[]) {
    super('explained');
    this.lines = lines;
  }
}

function literal(param: unknown): string {
  if (param === null || param === undefined) return 'null';
  if (Array.isArray(param)) return `'{${param.join(',')}}'`;
  if (typeof param === 'number' || typeof param === 'boolean') return String(param);
  const text = typeof param === 'string' ? param : JSON.stringify(param);
  return `'${text.replaceAll("'", "''")}'`;
}
