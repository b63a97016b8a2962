import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await testDatabase();
  connection = connect(database.address, { max: 4 });
});

afterAll(async () => {
  await connection.close();
  await database.close();
});

test('a transaction is carried out whole, however many statements of its process are on their way when it begins', async () => {
  const { db } = connection;
  const ask = () => runHot(db, 'select length($1::text) as long', ['known']);
  await Promise.all(Array.from({ length: 8 }, ask));
  // The driver sends up to a hundred together on each of the four connections for such statements.
  for (let depth = 394; depth <= 406; depth += 1) {
    const statements = Array.from({ length: depth }, ask);
    const turn = await db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('hub.turn', ${String(depth)}, true)`);
      const [row] = await tx.execute<{ turn: string }>(sql`select current_setting('hub.turn') as turn`);
      return row?.turn;
    });
    expect(turn).toBe(String(depth));
    expect(await Promise.all(statements)).toHaveLength(depth);
  }
});
