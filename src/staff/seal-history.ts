import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';

/** Any number that nothing else locks: one sealer at a time. */
const sealerLock = 7_051_987;
const firstLink = createHash('sha256').update('prosecution-hub history').digest('hex');

type Row = { id: string; text: string };

/**
 * The text of a history row that its link covers, as Postgres writes it: jsonb has one way to write a value, and
 * `at` is written in UTC.
 */
const rowText = sql.raw(
  `concat_ws('|', h.id, to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), h.actor, h.action,
   coalesce(h.case_id::text, ''), h.entity, h.entity_id, h.detail::text, coalesce(h.request_id, ''))`,
);

/**
 * Chains what has been written to the history since the last time, and returns how many rows. History rows are not
 * chained as they are written, since that would make every change of every case wait for every other.
 * Rows are taken by whether they are sealed, never by `id > last`: identity order is not commit order.
 */
export async function sealHistory(db: Database, limit = 2_000): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ got: boolean }>(
      sql`select pg_try_advisory_xact_lock(${sealerLock}) as got`,
    );
    if (!lock?.got) return 0;
    const [last] = await tx.execute<{ position: string; hash: string }>(
      sql`select position, hash from history_seals order by position desc limit 1`,
    );
    const rows = await tx.execute<Row>(
      sql`select h.id, ${rowText} as text from history h left join history_seals s on s.history_id = h.id
          where s.history_id is null order by h.id limit ${limit}`,
    );
    let hash = last?.hash ?? firstLink;
    let position = Number(last?.position ?? 0);
    const seals = rows.map((row) => {
      hash = link(hash, row.text);
      position += 1;
      return { position, history_id: Number(row.id), hash };
    });
    if (seals.length > 0)
      await tx.execute(
        sql`insert into history_seals (position, history_id, hash)
            select position, history_id, hash from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb)
            as seal(position bigint, history_id bigint, hash text)`,
      );
    return seals.length;
  });
}

/** The first place where the chain does not hold, or null: any edit, removal or insertion of a sealed row shows. */
export async function verifyHistory(db: Database): Promise<{ position: number } | null> {
  const rows = await db.execute<{ position: string; hash: string; text: string }>(
    sql`select s.position, s.hash, ${rowText} as text from history_seals s left join history h on h.id = s.history_id
        order by s.position`,
  );
  let hash = firstLink;
  let expected = 0;
  for (const row of rows) {
    expected += 1;
    hash = link(hash, row.text);
    if (Number(row.position) !== expected || row.hash !== hash) return { position: expected };
  }
  return null;
}

function link(previous: string, text: string): string {
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}
