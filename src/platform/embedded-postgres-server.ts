import { setTimeout as delay } from 'node:timers/promises';
import { startStopwatch } from './clock.ts';
import type { PostgresBinaries } from './embedded-postgres-binaries.ts';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres-error.ts';
import { readLogEnd, readServerNote, type DataFolder } from './embedded-postgres-files.ts';
import { endProcess, startGuard, type Guard } from './embedded-postgres-guard.ts';
import { folderInUse } from './embedded-postgres-lock.ts';
import { clusterName, findProcess, judgeServerProcess, waitUntil } from './embedded-postgres-process.ts';
import { commandAs, type ServerUser } from './embedded-postgres-user.ts';

/** What is needed to start the server of a complete cluster. */
export type ServerRecipe = {
  folder: DataFolder;
  binaries: PostgresBinaries;
  user: ServerUser;
  socketDir: string;
  settings: Record<string, string>;
  progress: (line: string) => void;
};

export const socketPort = 5432;

const startLimitMs = 300_000;
const sayRecoveringAfterMs = 3_000;
const oldMemoryLimitMs = 30_000;
const pauseBetweenRestartsMs = 2_000;

const usualSettings = {
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  // The log must hold no personal data: no rows in details, no statements with values in them.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/**
 * Ends what is left of an earlier server of this cluster. Called by the holder of the folder's lock, so a server that
 * the launcher started has lost its owner; a server that somebody else started is refused with `in-use`.
 */
export async function endEarlierServer(folder: DataFolder, progress: (line: string) => void): Promise<void> {
  const note = readServerNote(folder);
  if (!note) return;
  const server = findProcess(note.pid);
  const judgement = judgeServerProcess(note.pid, folder.cluster);
  if (!server || judgement === 'unrelated') return;
  if (judgement === 'foreign') throw folderInUse(folder.root, note.pid);
  progress(`Waiting for an earlier Postgres (process ${note.pid}) to stop`);
  await endProcess(server);
}

/**
 * Starts a server and keeps it up until told to stop: the guard starts a server again that ended, and this a guard
 * that ended. Throws `in-use` or `failed` when the first start fails; later failures go to `progress` and are retried.
 */
export async function keepServer(recipe: ServerRecipe): Promise<{ pid(): number; stop(): Promise<void> }> {
  let isStopping = false;
  let lastPid = 0;
  let restarting: Promise<void> = Promise.resolve();
  const onGuardLost = () => {
    restarting = restart();
  };
  let guard = await launchServer(recipe, onGuardLost);

  async function restart(): Promise<void> {
    recipe.progress('The process that guards Postgres has ended; starting both again');
    while (!isStopping) {
      try {
        await endEarlierServer(recipe.folder, recipe.progress);
        guard = await launchServer(recipe, onGuardLost);
        return;
      } catch (error) {
        recipe.progress((error as Error).message);
        await delay(pauseBetweenRestartsMs, undefined, { ref: false });
      }
    }
  }

  return {
    pid: () => (lastPid = guard.pid() ?? lastPid),
    stop: async () => {
      isStopping = true;
      await restarting;
      await guard.stop();
    },
  };
}

/**
 * Starts a server under a guard and waits until it accepts connections, crash recovery included.
 * Throws `in-use` or `failed`.
 * @param onGuardLost called when the guard has ended, once the server was ready, without having been asked to
 */
async function launchServer(recipe: ServerRecipe, onGuardLost: () => void): Promise<Guard> {
  const sinceStart = startStopwatch();
  for (;;) {
    let isReady = false;
    const guard = startGuard(planServer(recipe), recipe.folder.log, {
      started: (pid) => recipe.progress(`Postgres had ended; started it again (process ${pid})`),
      ended: () => isReady && onGuardLost(),
    });
    isReady = await becomesReady(guard, recipe);
    if (isReady) {
      guard.keepUp();
      return guard;
    }
    await guard.stop();
    const logEnd = readLogEnd(recipe.folder);
    if (logEnd.includes('lock file "postmaster.pid" already exists')) {
      throw folderInUse(recipe.folder.root, readServerNote(recipe.folder)?.pid ?? 0);
    }
    // After kill -9 the old server's last processes need a moment to notice and let go.
    if (!logEnd.includes('pre-existing shared memory block') || sinceStart() > oldMemoryLimitMs) {
      throw new EmbeddedPostgresError('failed', `Postgres did not start:\n${logEnd}\n${useAnotherServer}`);
    }
    await delay(100);
  }
}

async function becomesReady(guard: Guard, recipe: ServerRecipe): Promise<boolean> {
  const isReady = () => {
    const note = readServerNote(recipe.folder);
    return note !== undefined && note.ready && note.pid === guard.pid();
  };
  const isSettled = () => guard.hasEnded() || isReady();
  if (await waitUntil(isSettled, sayRecoveringAfterMs)) return !guard.hasEnded();
  recipe.progress('Waiting for Postgres to recover what the last run left unfinished');
  return (await waitUntil(isSettled, startLimitMs)) && !guard.hasEnded();
}

function planServer(recipe: ServerRecipe) {
  const { folder, binaries, user, socketDir } = recipe;
  const settings = {
    cluster_name: clusterName,
    ...usualSettings,
    ...recipe.settings,
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    port: String(socketPort),
  };
  const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The process id that a dead server left behind may be in use again, and Postgres would take it for a rival. Named
  // to it as a grandparent it is known for stale: Postgres then unlinks its file after checking the shared memory too,
  // a check that unlinking from here would make impossible.
  const noted = readServerNote(folder)?.pid;
  const stale =
    noted !== undefined && judgeServerProcess(noted, folder.cluster) === 'unrelated' ? noted : undefined;
  return {
    ...commandAs(user, binaries.postgres, ['-D', folder.cluster, ...switches]),
    env: { ...binaries.environment, ...(stale ? { PG_GRANDPARENT_PID: String(stale) } : {}) },
    socketDir,
  };
}
