import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReference } from '../../src/reference/load-reference.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const everyList = ['offences', 'courts', 'forces', 'result-codes', 'triggers', 'exceptions', 'codes'];

describe('loading the reference data', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const count = async (table: string): Promise<number> => {
    const rows = await database.sql<{ n: number }[]>`select count(*)::int as n from ${database.sql(table)}`;
    return rows[0]?.n ?? -1;
  };
  const loadedAt = () =>
    database.sql<{ list: string; at: string }[]>`
      select list, loaded_at::text as at from reference_loads order by list`;

  it('fills every table', async () => {
    expect(await count('reference_offences')).toBe(30_356);
    expect(await count('reference_courts')).toBeGreaterThan(380);
    expect(await count('reference_forces')).toBe(83);
    expect(await count('reference_result_codes')).toBe(898);
    expect(await count('reference_triggers')).toBe(34);
    expect(await count('reference_exceptions')).toBe(43);
    expect(await count('reference_codes')).toBeGreaterThan(90);
  });

  it('does nothing when done again', async () => {
    const before = await loadedAt();
    expect(await loadReference(database.sql)).toEqual([]);
    expect(await loadedAt()).toEqual(before);
  });

  it('replaces the lists that are not those of the files, and no other', async () => {
    await database.sql`update reference_loads set hash = 'of an older file' where list = 'courts'`;
    await database.sql`update reference_courts set name = 'Elsewhere' where code = 'B01LY00'`;
    await database.sql`insert into reference_courts values ('B99ZZ00', 'magistrates', 'Gone', 'Gone', 'Gone')`;
    const courts = await count('reference_courts');

    expect(await loadReference(database.sql)).toEqual(['courts']);

    expect(await count('reference_courts')).toBe(courts - 1);
    expect(await database.sql`select name from reference_courts where code = 'B01LY00'`).toEqual([
      { name: "Lavender Hill Magistrates' Court" },
    ]);
  });

  it('is done by one of several processes that start at once', async () => {
    await database.sql`delete from reference_loads`;
    const loads = await Promise.all([loadReference(database.sql), loadReference(database.sql)]);
    expect(loads.map((lists) => lists.length).sort()).toEqual([0, everyList.length]);
  });

  it('leaves the old list standing when it fails half way', async () => {
    await database.sql`update reference_loads set hash = 'of an older file' where list = 'triggers'`;
    await database.sql`alter table reference_triggers add constraint no_warrants check (code <> 'TRPR0002') not valid`;
    await expect(loadReference(database.sql)).rejects.toThrow('no_warrants');
    expect(await count('reference_triggers')).toBe(34);
    await database.sql`alter table reference_triggers drop constraint no_warrants`;
    expect(await loadReference(database.sql)).toEqual(['triggers']);
  });

  it("works on a client whose serialisers are Drizzle's", async () => {
    await database.sql`delete from reference_loads where list = 'exceptions'`;
    const { socketDir, port, user, database: name } = database.address;
    const client = postgres({ host: socketDir, port, user, database: name });
    drizzle(client);
    expect(await loadReference(client)).toEqual(['exceptions']);
    await client.end();
    const [row] = await database.sql<{ kind: string }[]>`
      select jsonb_typeof(details) as kind from reference_exceptions where code = 'HO100402'`;
    expect(row?.kind).toBe('array');
  });
});
