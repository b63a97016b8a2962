import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await testDatabase();
  connection = connect(database.address);
});

afterAll(async () => {
  await connection.close();
  await database.close();
});

const backend = async () =>
  (await runHot<{ pid: number }>(connection.db, 'select pg_backend_pid() as pid', []))[0]?.pid;

test('what every request asks goes over one connection while that keeps up, and over another while it is held up', async () => {
  const { db } = connection;
  const usual = await backend();
  expect(await backend()).toBe(usual);

  let heldUp: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(1)`);
    heldUp = runHot(db, 'select pg_advisory_lock(1)', []);
    const meanwhile = await backend();
    expect(meanwhile).not.toBe(usual);
    expect(await backend()).toBe(meanwhile);
  });
  await heldUp;
  expect(await backend()).toBe(usual);
});

test('a statement that fails leaves its connection as free as it was', async () => {
  const usual = await backend();
  await expect(runHot(connection.db, 'select 1 / $1::int', [0])).rejects.toThrow('division by zero');
  expect(await backend()).toBe(usual);
});

test('what every request asks is planned once for each connection, not for each of the first that ask', async () => {
  const text = 'select $1::int as planned_once';
  await runHot(connection.db, text, [1]);
  await runHot(connection.db, text, [2]);
  const [plans] = await runHot<{ generic: number; custom: number }>(
    connection.db,
    `select generic_plans::int as generic, custom_plans::int as custom
      from pg_prepared_statements where statement = $1::text`,
    [text],
  );
  expect(plans).toEqual({ generic: 2, custom: 0 });
});

test('what every request asks is planned anew where a table has changed since, as when a new version is brought up', async () => {
  const { db } = connection;
  const read = () => runHot(db, 'select * from changing', []);
  await db.execute(sql`create table changing as select 1 as before`);
  try {
    expect(await read()).toEqual([{ before: 1 }]);
    await db.execute(sql`alter table changing add column since int default 2`);
    expect(await read()).toEqual([{ before: 1, since: 2 }]);
  } finally {
    await db.execute(sql`drop table changing`);
  }
});
