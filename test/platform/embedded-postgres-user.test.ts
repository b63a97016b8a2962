import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, lstatSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { locatePackage } from '../../src/platform/embedded-postgres-binaries.ts';
import { chooseServerUser } from '../../src/platform/embedded-postgres-user.ts';
import {
  clearStage,
  isRoot,
  keepRow,
  keptRows,
  newFolder,
  start,
  startProgram,
} from './embedded-postgres-stage.ts';

afterEach(clearStage);

const needsRoot = 'NOT PROVED HERE: only root can show what root does; run the tests as root too';
const project = fileURLToPath(new URL('../..', import.meta.url));

function idsOf(name: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name])));
  return { uid: uid!, gid: gid! };
}

function userOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }));
}

function canReach(ids: { uid: number; gid: number }, folder: string): boolean {
  return spawnSync(process.execPath, ['--version'], { ...ids, cwd: folder }).status === 0;
}

test('an ordinary user runs the server under their own name', async (context) => {
  const ids = isRoot ? idsOf('nobody') : { uid: process.getuid!(), gid: process.getgid!() };
  if (!canReach(ids, project))
    context.skip('NOT PROVED HERE: nobody cannot enter this checkout or run its Node');
  const folder = newFolder();
  chmodSync(folder, 0o777);
  const dataDir = join(folder, 'data');
  const program = startProgram(dataDir, isRoot ? ids : {});
  const { pid, address } = await program.says('ready');
  expect(userOf(pid)).toBe(ids.uid);
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(ids.uid);
  await keepRow(address, 'mine');
  expect(await keptRows(address)).toEqual(['mine']);
});

test('root steps down to another user, and only the cluster changes owner', async (context) => {
  if (!isRoot) context.skip(needsRoot);
  const dataDir = newFolder();
  const server = await start(dataDir);
  const owner = statSync(join(dataDir, 'postgres')).uid;
  expect(userOf(server.pid)).toBe(owner);
  expect(statSync(dataDir).uid).toBe(0);
  await keepRow(server.address, 'kept');
});

test('root steps down to the owner of the data folder', async (context) => {
  if (!isRoot) context.skip(needsRoot);
  const dataDir = newFolder();
  const { uid, gid } = idsOf('daemon');
  chownSync(dataDir, uid, gid);
  const server = await start(dataDir);
  expect(userOf(server.pid)).toBe(uid);
  await keepRow(server.address, 'kept');
});

test('a user whom the machine has no name for, as in a container, runs the server too', async (context) => {
  const ids = { uid: 54321, gid: 54321 };
  if (!isRoot) context.skip(needsRoot);
  const namespace = spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true'], {
    ...ids,
  });
  if (namespace.status !== 0)
    context.skip('NOT PROVED HERE: this machine has no user namespaces for ordinary users');
  if (!canReach(ids, project))
    context.skip('NOT PROVED HERE: others cannot enter this checkout or run its Node');
  const dataDir = newFolder();
  chownSync(dataDir, ids.uid, ids.gid);
  const { pid, address } = await startProgram(dataDir, ids).says('ready');
  expect(userOf(pid)).toBe(ids.uid);
  await keepRow(address, 'mine');
});

test('root runs the server where the folders above are closed to everybody else', async (context) => {
  if (!isRoot) context.skip(needsRoot);
  const home = newFolder();
  chmodSync(home, 0o700);
  const dataDir = join(home, 'checkout', 'data');
  const first = await start(dataDir);
  await keepRow(first.address, 'kept');
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(0);
  await first.stop();
  expect(await keptRows((await start(dataDir)).address)).toEqual(['kept']);
});

test('a cluster made where nobody could reach it changes owner with the way it is reached', async (context) => {
  if (!isRoot) context.skip(needsRoot);
  const home = newFolder();
  const dataDir = join(home, 'data');
  const owners: number[] = [];
  for (const mode of [0o755, 0o700, 0o755]) {
    chmodSync(home, mode);
    const server = await start(dataDir);
    owners.push(statSync(join(dataDir, 'postgres')).uid);
    await keepRow(server.address, 'kept');
    await server.stop();
  }
  expect(owners).toEqual([idsOf('nobody').uid, 0, idsOf('nobody').uid]);
  expect(await keptRows((await start(dataDir)).address)).toEqual(['kept', 'kept', 'kept']);
});

test('binaries that nobody here can run are refused with a message that names DATABASE_URL', () => {
  const binaries = { postgres: '/nonexistent/postgres', initdb: '/nonexistent/initdb', environment: {} };
  expect(() => chooseServerUser(binaries, tmpdir(), [], ['/tmp'])).toThrow(/DATABASE_URL/);
});

test('an ordinary user may use binaries that another user installed without their library links', (context) => {
  if (isRoot && !canReach(idsOf('nobody'), project))
    context.skip('NOT PROVED HERE: nobody cannot enter this checkout');
  const [folder, spare] = [newFolder(), newFolder()];
  const installed = locatePackage(`@embedded-postgres/${process.platform}-${process.arch}`)!;
  const isNoLink = (path: string) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a');
  for (const part of ['native/bin', 'native/lib', 'native/pg-symlinks.json']) {
    cpSync(join(installed, part), join(folder, part), { recursive: true, filter: isNoLink });
  }
  chmodSync(join(folder, 'native', 'lib'), 0o555);
  chmodSync(spare, 0o777);
  const script = `
    import { linkLibraries } from './src/platform/embedded-postgres-binaries.ts';
    import { execFileSync } from 'node:child_process';
    const env = linkLibraries(${JSON.stringify(folder)}, ${JSON.stringify(spare)});
    for (const program of ['initdb', 'postgres'])
      process.stdout.write(execFileSync(${JSON.stringify(join(folder, 'native', 'bin'))} + '/' + program, ['--version'], { env }));`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    ...(isRoot ? idsOf('nobody') : {}),
    cwd: project,
    encoding: 'utf8',
  });
  chmodSync(join(folder, 'native', 'lib'), 0o755);
  expect(run).toMatchObject({ stdout: expect.stringMatching(/initdb.*\n.*postgres/) as string, status: 0 });
});

test('a data folder that may not be written is refused with a message that names DATA_DIR and DATABASE_URL', async (context) => {
  if (isRoot && !canReach(idsOf('nobody'), project))
    context.skip('NOT PROVED HERE: nobody cannot enter this checkout');
  const folder = newFolder();
  chmodSync(folder, 0o555);
  const refusal = await startProgram(join(folder, 'data'), isRoot ? idsOf('nobody') : {}).says('error');
  chmodSync(folder, 0o755);
  expect(refusal.error).toBe('no-folder');
  expect(refusal.message).toMatch(/DATA_DIR.*DATABASE_URL/);
});
