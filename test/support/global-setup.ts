import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { socketDir: string; port: number; user: string };
  }
}

/** The migrated database that every test's own database is copied from. */
export const templateDatabase = 'hub_template';

/** One real Postgres for the whole run, on a throw-away folder, with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-test-'));
  const server = await startEmbeddedPostgres({
    dataDir,
    database: templateDatabase,
    progress: () => undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const connection = connect(server.address);
  await migrate(connection);
  await connection.close();
  const { socketDir, port, user } = server.address;
  project.provide('postgres', { socketDir, port, user });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
