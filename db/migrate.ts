import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { loadReference } from '../src/reference/load-reference.ts';
import type { Connection } from './connect.ts';

/** Any number that nothing else in the database uses: two processes that start at once migrate one after the other. */
const migrationLock = 7_051_986;
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database to the newest schema and loads the reference data, under an advisory lock. Safe to run at every
 * start of every process.
 */
export async function migrate(connection: Connection): Promise<void> {
  // postgres.js 3.4.9 never answers a reservation for which it has to open a connection, where that asks for no types.
  await connection.sql`select 1`;
  const reserved = await connection.sql.reserve();
  try {
    await reserved`select pg_advisory_lock(${migrationLock})`;
    try {
      await applyMigrations(drizzle({ client: connection.db.$client }), { migrationsFolder });
      await loadReference(connection.sql);
    } finally {
      await reserved`select pg_advisory_unlock(${migrationLock})`;
    }
  } finally {
    reserved.release();
  }
}
