import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { templateDatabase } from './global-setup.ts';

export type TestDatabase = Connection & { address: Extract<PostgresAddress, { kind: 'socket' }> };

/** A database of the test's own, migrated and with the reference data, on the run's real Postgres. */
export async function testDatabase(options: { max?: number } = {}): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `hub_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres({
    host: server.socketDir,
    port: server.port,
    user: server.user,
    database: 'postgres',
    max: 1,
  });
  await admin.unsafe(`create database ${name} template ${templateDatabase} strategy file_copy`);
  const address = { kind: 'socket' as const, ...server, database: name };
  const connection = connect(address, { max: options.max ?? 8 });
  return {
    ...connection,
    address,
    close: async () => {
      await connection.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
