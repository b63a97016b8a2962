// A Node program for tests to kill: runs embedded Postgres, says so on standard output, and on SIGINT uses the server
// once more before stopping it. Arguments: data folder, settings as JSON.
import postgres from 'postgres';
import { EmbeddedPostgresError } from '../../src/platform/embedded-postgres-error.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

const [dataDir = '', settings = '{}'] = process.argv.slice(2);
const say = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`);

try {
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'hub',
    progress: (line) => say({ kind: 'progress', line }),
    settings: JSON.parse(settings) as Record<string, string>,
  });
  const keepAlive = setInterval(() => undefined, 60_000);
  process.on('SIGINT', () => {
    const { socketDir, port, user, database } = server.address;
    const sql = postgres({ host: socketDir, port, user, database, max: 1, connect_timeout: 2 });
    void sql`select 1 as answer`
      .then(
        () => say({ kind: 'answered' }),
        (error: Error) => say({ kind: 'refused', message: error.message }),
      )
      .then(() => sql.end())
      .then(() => server.stop())
      .then(() => clearInterval(keepAlive));
  });
  say({ kind: 'ready', pid: server.pid, address: server.address });
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  say({ kind: 'error', error: error.kind, message: error.message, holder: error.holder });
}
