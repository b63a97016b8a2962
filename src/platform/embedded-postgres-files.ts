import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
} from 'node:fs';
import {
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ServerUser } from './embedded-postgres-user.ts';

/** Where things are in a data folder. `cluster` is Postgres's own; the rest is the launcher's. */
export type DataFolder = { root: string; cluster: string; log: string; socketNote: string };

const newClusterPrefix = 'postgres.new-';
const socketFolderName = /^hub-pg-[A-Za-z0-9]{6}$/;
// A unix socket's path has room for 107 bytes on Linux and 103 on macOS; the rest is kept for folder and file name.
const longestTemporaryFolder = 70;

/** Makes the data folder if need be. Its path has no symbolic links, as the paths that the system shows have none. */
export function openDataFolder(dataDir: string): DataFolder {
  mkdirSync(dataDir, { recursive: true });
  const root = realpathSync(dataDir);
  return {
    root,
    cluster: join(root, 'postgres'),
    log: join(root, 'postgres.log'),
    socketNote: join(root, 'postgres-socket-folder'),
  };
}

/** The folders for temporary files whose paths are short and plain enough for sockets, the preferred first. */
export function temporaryFolders(): string[] {
  const candidates = [tmpdir(), '/tmp'].filter(
    (folder) => folder.length <= longestTemporaryFolder && /^[\w./-]+$/.test(folder) && existsSync(folder),
  );
  return [...new Set(candidates.map((folder) => realpathSync(folder)))];
}

/** Deletes what an earlier start left behind: half-made clusters and its socket folder. Only while no server runs. */
export function clearLeftovers(folder: DataFolder): void {
  for (const name of readdirSync(folder.root)) {
    if (name.startsWith(newClusterPrefix)) rmSync(join(folder.root, name), { recursive: true, force: true });
  }
  const noted = existsSync(folder.socketNote) ? readFileSync(folder.socketNote, 'utf8') : '';
  const wasOurs = socketFolderName.test(basename(noted)) && temporaryFolders().includes(dirname(noted));
  if (wasOurs) rmSync(noted, { recursive: true, force: true });
}

/** Makes the folder that only the server's user (and root) may enter, and keeps its name for the next start. */
export function makeSocketFolder(folder: DataFolder, temporaryFolder: string, user: ServerUser): string {
  const socketDir = mkdtempSync(join(temporaryFolder, 'hub-pg-'));
  if (user.owner) chownSync(socketDir, user.owner.uid, user.owner.gid);
  writeFileSync(folder.socketNote, socketDir);
  return socketDir;
}

/** Whether the data folder holds a complete cluster; a half-made one never has this name. */
export function hasCluster(folder: DataFolder): boolean {
  return existsSync(join(folder.cluster, 'PG_VERSION'));
}

/** Gives the cluster to the server's user, where that is not the one it belongs to. */
export function ownCluster(folder: DataFolder, user: ServerUser): void {
  if (user.owner && statSync(folder.cluster).uid !== user.owner.uid) giveAll(folder.cluster, user.owner);
}

function giveAll(path: string, owner: { uid: number; gid: number }): void {
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveAll(child, owner);
    else lchownSync(child, owner.uid, owner.gid);
  }
}

/** Makes a cluster with `initialise`, which fills an empty folder; it gets its name only when it is complete. */
export async function makeCluster(
  folder: DataFolder,
  user: ServerUser,
  initialise: (emptyFolder: string) => Promise<void>,
): Promise<void> {
  const emptyFolder = mkdtempSync(join(folder.root, newClusterPrefix));
  if (user.owner) chownSync(emptyFolder, user.owner.uid, user.owner.gid);
  try {
    await initialise(emptyFolder);
    renameSync(emptyFolder, folder.cluster);
    syncFolder(folder.root);
  } finally {
    rmSync(emptyFolder, { recursive: true, force: true });
  }
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What a server wrote about itself into its cluster: its process id, and whether it accepts connections. */
export function readServerNote(folder: DataFolder): { pid: number; ready: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(folder.cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  // A server in single-user mode writes its process id as a negative number.
  const pid = Math.abs(Number(lines[0]));
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** The last lines of the server's log, for a message about why it did not start. */
export function readLogEnd(folder: DataFolder): string {
  const log = existsSync(folder.log) ? readFileSync(folder.log, 'utf8') : '';
  return log.trimEnd().split('\n').slice(-12).join('\n');
}
