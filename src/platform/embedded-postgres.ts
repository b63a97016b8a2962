import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { findBinaries, type PostgresBinaries } from './embedded-postgres-binaries.ts';
import { EmbeddedPostgresError, explainFolderTrouble, useAnotherServer } from './embedded-postgres-error.ts';
import {
  clearLeftovers,
  hasCluster,
  makeCluster,
  makeSocketFolder,
  openDataFolder,
  ownCluster,
  temporaryFolders,
} from './embedded-postgres-files.ts';
import { lockFolder } from './embedded-postgres-lock.ts';
import { endEarlierServer, keepServer, socketPort } from './embedded-postgres-server.ts';
import { chooseServerUser, commandAs, type ServerUser } from './embedded-postgres-user.ts';
import type { PostgresAddress } from './postgres-address.ts';

const superuser = 'hub';
const unknownDatabase = '3D000';

/** A server that runs as long as this process, or until stopped. `pid` changes when it had to be started again. */
export type EmbeddedPostgres = {
  address: Extract<PostgresAddress, { kind: 'socket' }>;
  readonly pid: number;
  stop(): Promise<void>;
};

/**
 * - `dataDir`: made if it does not exist
 * - `database`: made if it does not exist
 * - `progress`: told, a line at a time, what takes longer than an ordinary start, and what happens to the server later
 * - `settings`: Postgres settings that take precedence over the launcher's; `fsync: 'off'` also makes a new cluster
 *   faster, and is for clusters that are thrown away
 */
export type EmbeddedPostgresOptions = {
  dataDir: string;
  database: string;
  progress: (line: string) => void;
  settings?: Record<string, string>;
};

/**
 * Starts the PostgreSQL that npm installed, on a data folder that this process then has to itself, and waits until it
 * answers. The server listens on a unix socket alone. It is started again should it end, stops when this process ends
 * in whatever way, and recovers at the next start whatever was killed; what was committed is kept.
 *
 * Throws EmbeddedPostgresError, whose message is for the person at the terminal.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await startOnFolder(options);
  } catch (error) {
    throw explainFolderTrouble(error, options.dataDir);
  }
}

async function startOnFolder(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { progress, database, settings = {} } = options;
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError('unsupported', `Windows has no embedded Postgres. ${useAnotherServer}`);
  }
  const folder = openDataFolder(options.dataDir);
  const lock = await lockFolder(folder.root);
  let socketDir: string | undefined;
  try {
    await endEarlierServer(folder, progress);
    clearLeftovers(folder);
    const binaries = findBinaries(folder.root);
    const owners = [folder.cluster, folder.root];
    const { user, temporaryFolder } = chooseServerUser(binaries, folder.root, owners, temporaryFolders());
    if (hasCluster(folder)) {
      ownCluster(folder, user);
    } else {
      progress(`Preparing a new Postgres in ${folder.cluster}`);
      await makeCluster(folder, user, (empty) =>
        initialise(empty, binaries, user, settings['fsync'] === 'off'),
      );
    }
    socketDir = makeSocketFolder(folder, temporaryFolder, user);
    const server = await keepServer({ folder, binaries, user, socketDir, settings, progress });
    const address = { kind: 'socket', socketDir, port: socketPort, user: superuser, database } as const;
    const stop = async () => {
      await server.stop();
      rmSync(address.socketDir, { recursive: true, force: true });
      lock.release();
    };
    try {
      await ensureDatabase(address);
    } catch (error) {
      await server.stop();
      throw error;
    }
    let stopping: Promise<void> | undefined;
    return {
      address,
      get pid() {
        return server.pid();
      },
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    if (socketDir) rmSync(socketDir, { recursive: true, force: true });
    lock.release();
    throw error;
  }
}

async function initialise(
  emptyFolder: string,
  binaries: PostgresBinaries,
  user: ServerUser,
  isThrownAway: boolean,
): Promise<void> {
  const switches = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth=trust',
  ];
  const sync = isThrownAway ? ['--no-sync'] : [];
  const programArguments = [
    '-D',
    emptyFolder,
    `--username=${superuser}`,
    ...switches,
    ...sync,
    '--no-instructions',
  ];
  const { command, args, ...ids } = commandAs(user, binaries.initdb, programArguments);
  try {
    await promisify(execFile)(command, args, { ...ids, cwd: '/', env: binaries.environment });
  } catch (error) {
    const output = (error as { stderr?: string }).stderr ?? (error as Error).message;
    throw new EmbeddedPostgresError(
      'failed',
      `No new Postgres could be made:\n${output}\n${useAnotherServer}`,
    );
  }
}

async function ensureDatabase(address: EmbeddedPostgres['address']): Promise<void> {
  try {
    await withConnection(address, address.database, (sql) => sql`select 1`);
  } catch (error) {
    if ((error as { code?: string }).code !== unknownDatabase) throw error;
    await withConnection(address, 'postgres', (sql) => sql`create database ${sql(address.database)}`);
  }
}

async function withConnection(
  address: EmbeddedPostgres['address'],
  database: string,
  work: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const { socketDir, port, user } = address;
  const sql = postgres({ host: socketDir, port, user, database, max: 1, fetch_types: false });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
