import type { SQL } from 'drizzle-orm';
import type { Asked } from './evidence.ts';

/** The first column of every row that a query finds: a sentence for each violation. */
export async function sentences(db: Asked, query: SQL): Promise<string[]> {
  const rows = await db.execute<Record<string, string>>(query);
  return rows.map((row) => Object.values(row)[0] ?? '');
}
