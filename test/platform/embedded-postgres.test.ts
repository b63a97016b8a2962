import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { findBinaries } from '../../src/platform/embedded-postgres-binaries.ts';
import { openDataFolder, readServerNote } from '../../src/platform/embedded-postgres-files.ts';
import { endProcess } from '../../src/platform/embedded-postgres-guard.ts';
import { findProcess, judgeServerProcess, waitUntil } from '../../src/platform/embedded-postgres-process.ts';
import { commandAs, type ServerUser } from '../../src/platform/embedded-postgres-user.ts';
import {
  clearStage,
  copyCluster,
  isRoot,
  startOther,
  keepRow,
  keptRows,
  newFolder,
  removeTemplate,
  start,
  startProgram,
  withSql,
} from './embedded-postgres-stage.ts';

afterEach(clearStage);
afterAll(removeTemplate);

async function newDataFolder(): Promise<string> {
  const dataDir = newFolder();
  await copyCluster(dataDir);
  return dataDir;
}

test('what was committed is there after a stop and a second start', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  await keepRow(first.address, 'kept');
  await first.stop();
  const second = await start(dataDir);
  expect(await keptRows(second.address)).toEqual(['kept']);
});

test('the server listens on a socket in a folder closed to others, on no TCP port, and removes it when it stops', async () => {
  const server = await start(await newDataFolder());
  const { socketDir } = server.address;
  expect(statSync(socketDir).mode & 0o777).toBe(0o700);
  const [row] = await withSql(
    server.address,
    (sql) => sql`select current_setting('listen_addresses') as addresses`,
  );
  expect(row).toEqual({ addresses: '' });
  await server.stop();
  expect(existsSync(socketDir)).toBe(false);
});

test('text sorts by code point in UTF-8 and times are in UTC, whatever the machine is set to', async () => {
  const server = await start(await newDataFolder());
  const [row] = await withSql(
    server.address,
    (sql) => sql`
      select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding, current_setting('timezone') as zone
      from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8', zone: 'UTC' });
});

test('settings given by the caller take precedence, and durability is on unless they say otherwise', async () => {
  const server = await start(await newDataFolder(), { fsync: 'on', max_connections: '33' });
  const [row] = await withSql(
    server.address,
    (sql) => sql`select current_setting('fsync') as fsync, current_setting('max_connections') as connections`,
  );
  expect(row).toEqual({ fsync: 'on', connections: '33' });
});

test('a server that somebody else runs on the cluster is left alone, and the message says which process it is', async () => {
  const dataDir = await newDataFolder();
  await (await start(dataDir)).stop();
  const cluster = join(dataDir, 'postgres');
  const { uid, gid } = statSync(cluster);
  const owner: ServerUser = isRoot
    ? { kind: 'other', owner: { uid, gid } }
    : { kind: 'self', owner: undefined };
  // A server that is to stay up needs a socket somewhere: here within its own cluster.
  const switches = ['-c', 'listen_addresses=', '-c', 'unix_socket_directories=.'];
  const { command, args, ...ids } = commandAs(owner, findBinaries(dataDir).postgres, [
    '-D',
    cluster,
    ...switches,
  ]);
  const foreigner = startOther(command, args, ids);
  const isUp = () => readServerNote(openDataFolder(dataDir))?.ready === true;
  expect(await waitUntil(isUp, 10_000)).toBe(true);
  await expect(start(dataDir)).rejects.toMatchObject({ kind: 'in-use', holder: foreigner.pid });
  expect(findProcess(foreigner.pid!)).toBeDefined();
  await endProcess(findProcess(foreigner.pid!)!);
});

test('a process id that now belongs to the server of another data folder is not taken for this one', async () => {
  const [left, right] = [await newDataFolder(), newFolder()];
  const { pid } = await start(left);
  expect(judgeServerProcess(pid, join(left, 'postgres'))).toBe('ours');
  expect(judgeServerProcess(pid, join(right, 'postgres'))).toBe('unrelated');
});

test('two data folders run side by side without seeing each other', async () => {
  const [left, right] = await Promise.all([start(await newDataFolder()), start(await newDataFolder())]);
  await keepRow(left.address, 'left');
  await keepRow(right.address, 'right');
  expect([await keptRows(left.address), await keptRows(right.address)]).toEqual([['left'], ['right']]);
});

test('a data folder whose path is longer than a socket path may be works', async () => {
  const dataDir = join(newFolder(), 'a folder with a long name '.repeat(6).trim(), 'b'.repeat(200), 'data');
  const server = await start(dataDir);
  await keepRow(server.address, 'far away');
  expect(await keptRows(server.address)).toEqual(['far away']);
});

test('a second starter in the same process is told that this process has the folder', async () => {
  const dataDir = await newDataFolder();
  await start(dataDir);
  await expect(start(dataDir)).rejects.toMatchObject({ kind: 'in-use', holder: process.pid });
});

test('of two processes that start at once on a new folder one wins, and the other says which process has it', async () => {
  const dataDir = newFolder();
  const programs = [startProgram(dataDir), startProgram(dataDir)];
  const facts = await Promise.all(programs.map((program) => program.says('ready', 'error')));
  expect(facts.map((fact) => fact.kind).sort()).toEqual(['error', 'ready']);
  const winner = programs[facts.findIndex((fact) => fact.kind === 'ready')]!;
  const refusal = facts.find((fact) => fact.kind === 'error')!;
  expect(refusal).toMatchObject({ error: 'in-use', holder: winner.pid });
  expect(refusal.message).toContain(`process ${winner.pid}`);
  expect(refusal.message).toContain('DATABASE_URL');
});

test('a half-made cluster and the socket folder of a start that was cut short are cleared away', async () => {
  const dataDir = await newDataFolder();
  mkdirSync(join(dataDir, 'postgres.new-abcdef', 'base'), { recursive: true });
  const first = await start(dataDir);
  const leftover = first.address.socketDir;
  await first.stop();
  mkdirSync(leftover, { mode: 0o700 });
  writeFileSync(join(leftover, '.s.PGSQL.5432.lock'), '');
  const second = await start(dataDir);
  await keepRow(second.address, 'still works');
  expect(existsSync(leftover)).toBe(false);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
});

test('a server that cannot start says why, names DATABASE_URL, and leaves the folder free for the next start', async () => {
  const dataDir = await newDataFolder();
  const refusal = await start(dataDir, { work_mem: 'plenty' }).catch((error: Error) => error);
  expect(refusal).toMatchObject({ kind: 'failed' });
  expect((refusal as Error).message).toMatch(/work_mem[^]*DATABASE_URL/);
  await keepRow((await start(dataDir)).address, 'fine now');
});

test("the caller's own Postgres settings do not reach the server", async () => {
  const env = { PGPORT: '6543', PGDATA: '/nonexistent', PGOPTIONS: '-c work_mem=plenty', PGUSER: 'somebody' };
  const program = startProgram(await newDataFolder(), { env });
  const { address } = await program.says('ready');
  await keepRow(address, 'untouched');
  expect(await keptRows(address)).toEqual(['untouched']);
});
