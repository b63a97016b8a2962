import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { isConnectionLost } from '../../src/platform/database-outage.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await testDatabase();
  connection = connect(database.address, { max: 2 });
  await connection.db.execute(sql`create table kept (what text)`);
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const pid = async (db: Pick<Connection['db'], 'execute'>) => {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row!.pid;
};
const cut = (backend: number) => database.sql`select pg_terminate_backend(${backend}, 5000)`;
const kept = async () => [...(await database.sql<{ what: string }[]>`select what from kept order by 1`)];

test('a transaction that fails because another connection was lost is rolled back, and holds no lock', async () => {
  const failing = connection.db.transaction(async (tx) => {
    await tx.execute(sql`insert into kept values ('rolled back')`);
    await tx.execute(sql`select pg_advisory_xact_lock(77)`);
    await connection.db.transaction(async (other) => {
      await cut(await pid(other));
      await other.execute(sql`select ${'on the connection that was cut'}::text`);
    });
  });
  await expect(failing).rejects.toSatisfy(isConnectionLost);
  const [row] = await database.sql<{ free: boolean }[]>`select pg_try_advisory_lock(77) as free`;
  expect(row?.free).toBe(true);
  expect(await kept()).toEqual([]);
});

test('work that does not notice that its connection was lost is refused its next statement, and nothing of it is kept', async () => {
  let refused: unknown;
  let isLost = false;
  let release: () => void = () => undefined;
  const isRefused = new Promise<void>((resolve) => (release = resolve));
  const failing = connection.db.transaction(async (tx) => {
    await tx.execute(sql`insert into kept values ('before')`);
    await cut(await pid(tx));
    await waitFor('the loss to be seen', () => isLost);
    // By now the pool may have given the connection to these.
    await Promise.all([1, 2, 3].map(() => connection.db.execute(sql`select ${'someone else'}::text`)));
    refused = await tx.execute(sql`insert into kept values ('after')`).catch((error: unknown) => error);
    release();
  });
  failing.catch(() => (isLost = true));
  await expect(failing).rejects.toBeInstanceOf(Error);
  await isRefused;
  expect(refused).toMatchObject({ cause: { code: 'CONNECTION_CLOSED' } });
  await connection.db.execute(sql`insert into kept values ('by another')`);
  expect(await kept()).toEqual([{ what: 'by another' }]);
});
