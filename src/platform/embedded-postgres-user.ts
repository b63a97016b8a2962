import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres-error.ts';
import type { PostgresBinaries } from './embedded-postgres-binaries.ts';

/**
 * Under whose rights the server runs, which may not be root's. `owner` is whom its files belong to.
 * `self`: the user who runs Node. `other`: a user that root steps down to. `namespace`: whoever runs Node, in a user
 * namespace in which they are `nobody`: the way out where folders above are closed to everybody but root, and for
 * users whom the machine has no name for, as in containers.
 */
export type ServerUser =
  | { kind: 'self'; owner: undefined }
  | { kind: 'other'; owner: Owner }
  | { kind: 'namespace'; owner: Owner | undefined };

type Owner = { uid: number; gid: number };

/** A program to spawn, with the user's rights written out in the form that `child_process` understands. */
export type CommandLine = { command: string; args: string[]; uid?: number; gid?: number };

const nobodyInNamespace = ['--user', '--map-user=65534', '--map-group=65534', '--'];

/** The command line that runs a program as that user. */
export function commandAs(user: ServerUser, command: string, args: string[]): CommandLine {
  switch (user.kind) {
    case 'self':
      return { command, args };
    case 'other':
      return { command, args, ...user.owner };
    case 'namespace':
      return { command: 'unshare', args: [...nobodyInNamespace, command, ...args] };
  }
}

/**
 * Finds a user who can really run the binaries and reach the data folder, and a folder for temporary files that this
 * user can reach too. As root: the owner of the cluster, the owner of the data folder, nobody, then a user namespace.
 * Throws `no-user`, or `unsupported` when root plays no part in it.
 * @param folders the folders whose owners are preferred, the most telling first; those that do not exist are skipped
 */
export function chooseServerUser(
  binaries: PostgresBinaries,
  dataFolder: string,
  folders: string[],
  temporaryFolders: string[],
): { user: ServerUser; temporaryFolder: string } {
  const asRoot = process.getuid?.() === 0;
  const complaints: string[] = [];
  for (const user of asRoot ? usersForRoot(folders) : ordinaryUsers) {
    for (const temporaryFolder of temporaryFolders) {
      const refusal = whyNot(user, binaries, [dataFolder, temporaryFolder]);
      if (refusal === undefined) return { user, temporaryFolder };
      complaints.push(refusal);
    }
  }
  throw asRoot
    ? new EmbeddedPostgresError(
        'no-user',
        `Postgres does not run as root, and no other user here can run it on ${dataFolder} (${[...new Set(complaints)].join('; ')}). Start the hub as an ordinary user. ${useAnotherServer}`,
      )
    : new EmbeddedPostgresError(
        'unsupported',
        `The embedded Postgres does not run on this machine (${[...new Set(complaints)].join('; ')}). ${useAnotherServer}`,
      );
}

function usersForRoot(folders: string[]): ServerUser[] {
  const owners = folders.flatMap((folder) => {
    const stat = statSync(folder, { throwIfNoEntry: false });
    return stat && stat.uid !== 0 ? [{ uid: stat.uid, gid: stat.gid }] : [];
  });
  const users: ServerUser[] = [...owners, ...nobody()].map((owner) => ({ kind: 'other', owner }));
  return [...users, ...inNamespace({ uid: 0, gid: 0 })];
}

function inNamespace(owner: Owner | undefined): ServerUser[] {
  return process.platform === 'linux' ? [{ kind: 'namespace', owner }] : [];
}

const ordinaryUsers: ServerUser[] = [{ kind: 'self', owner: undefined }, ...inNamespace(undefined)];

function nobody(): Owner[] {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
    );
    return uid && gid ? [{ uid, gid }] : [];
  } catch {
    return [];
  }
}

/** Only a trial tells: libraries, mount options and every folder on the way have a say. initdb wants a user's name. */
function whyNot(user: ServerUser, binaries: PostgresBinaries, folders: string[]): string | undefined {
  const enterAll = folders.map((_, index) => `cd "$${index + 1}"`).join(' && ');
  const script = `id -un >/dev/null && ${enterAll} && exec "$${folders.length + 1}" --version`;
  const { command, args, ...ids } = commandAs(user, '/bin/sh', [
    '-c',
    script,
    'sh',
    ...folders,
    binaries.postgres,
  ]);
  const trial = spawnSync(command, args, {
    ...ids,
    cwd: '/',
    env: binaries.environment,
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (trial.error) return trial.error.message;
  if (trial.status === 0) return undefined;
  return trial.stderr.trim().split('\n').at(-1) || `exit code ${trial.status}`;
}
