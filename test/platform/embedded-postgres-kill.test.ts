import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { endProcess } from '../../src/platform/embedded-postgres-guard.ts';
import { findProcess } from '../../src/platform/embedded-postgres-process.ts';
import {
  clearStage,
  copyCluster,
  ends,
  keepRow,
  keptRows,
  keptRowsOnceBack,
  newFolder,
  removeTemplate,
  start,
  startIdler,
  startProgram,
  withSql,
} from './embedded-postgres-stage.ts';

afterEach(clearStage);
afterAll(removeTemplate);

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
}

async function newDataFolder(): Promise<string> {
  const dataDir = newFolder();
  await copyCluster(dataDir);
  return dataDir;
}

async function startProgramWithRow(dataDir: string) {
  await copyCluster(dataDir);
  const program = startProgram(dataDir);
  const { pid, address } = await program.says('ready');
  await keepRow(address, 'kept');
  return { program, server: pid, guard: parentOf(pid), address };
}

test('kill -9 of Node ends Postgres, and the next start has what was committed', async () => {
  const dataDir = newFolder();
  const { program, server, guard, address } = await startProgramWithRow(dataDir);
  process.kill(program.pid, 'SIGKILL');
  expect(await ends(server, 5_000)).toBe(true);
  expect(await ends(guard, 5_000)).toBe(true);
  expect(existsSync(address.socketDir)).toBe(false);
  expect(await keptRows((await start(dataDir)).address)).toEqual(['kept']);
});

test('a start in the moment after kill -9 of Node waits for the old server and works', async () => {
  const dataDir = newFolder();
  const { program } = await startProgramWithRow(dataDir);
  process.kill(program.pid, 'SIGKILL');
  expect(await ends(program.pid, 5_000)).toBe(true);
  expect(await keptRows((await start(dataDir)).address)).toEqual(['kept']);
});

test('after kill -9 of Postgres it is back at the same address by itself, with what was committed', async () => {
  const server = await start(await newDataFolder());
  await keepRow(server.address, 'kept');
  const before = server.pid;
  process.kill(before, 'SIGKILL');
  expect(await keptRowsOnceBack(server.address)).toEqual(['kept']);
  expect(server.pid).not.toBe(before);
});

test('after kill -9 of one backend the others recover in the same server', async () => {
  const server = await start(await newDataFolder());
  await keepRow(server.address, 'kept');
  const [row] = await withSql(
    server.address,
    (sql) => sql<{ pid: number }[]>`select pg_backend_pid() as pid`,
  );
  const writer = await withSql(
    server.address,
    (sql) => sql<{ pid: number }[]>`select pid from pg_stat_activity where backend_type = 'walwriter'`,
  );
  expect(row!.pid).toBeGreaterThan(0);
  process.kill(writer[0]!.pid, 'SIGKILL');
  expect(await ends(writer[0]!.pid, 5_000)).toBe(true);
  expect(await keptRowsOnceBack(server.address)).toEqual(['kept']);
});

test('after kill -9 of the guard Postgres is back under a new one, and stops when told to', async () => {
  const server = await start(await newDataFolder());
  await keepRow(server.address, 'kept');
  const before = server.pid;
  process.kill(parentOf(before), 'SIGKILL');
  expect(await ends(before, 5_000)).toBe(true);
  expect(await keptRowsOnceBack(server.address)).toEqual(['kept']);
  const after = server.pid;
  await server.stop();
  expect(findProcess(after)).toBeUndefined();
});

test('kill -9 of Node and Postgres together leaves a folder that starts again', async () => {
  const dataDir = newFolder();
  const { program, server } = await startProgramWithRow(dataDir);
  process.kill(program.pid, 'SIGKILL');
  process.kill(server, 'SIGKILL');
  expect(await keptRows((await start(dataDir)).address)).toEqual(['kept']);
});

test('kill -9 of Node and guard leaves a Postgres that the next start stops and replaces', async () => {
  const dataDir = newFolder();
  const { program, server, guard } = await startProgramWithRow(dataDir);
  process.kill(guard, 'SIGKILL');
  process.kill(program.pid, 'SIGKILL');
  const next = await start(dataDir);
  expect(findProcess(server)).toBeUndefined();
  expect(await keptRows(next.address)).toEqual(['kept']);
});

test('a start waits while a process of a killed server still holds its shared memory', async () => {
  const dataDir = newFolder();
  const { program, server, guard, address } = await startProgramWithRow(dataDir);
  const [writer] = await withSql(
    address,
    (sql) => sql<{ pid: number }[]>`select pid from pg_stat_activity where backend_type = 'walwriter'`,
  );
  const holdout = writer!.pid;
  process.kill(holdout, 'SIGSTOP');
  for (const pid of [guard, program.pid, server]) process.kill(pid, 'SIGKILL');
  try {
    const starting = start(dataDir);
    const log = join(dataDir, 'postgres.log');
    await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toContain('pre-existing shared memory block'), {
      timeout: 10_000,
      interval: 5,
    });
    process.kill(holdout, 'SIGCONT');
    expect(await keptRows((await starting).address)).toEqual(['kept']);
  } finally {
    const found = findProcess(holdout);
    if (found) await endProcess(found);
  }
});

test('a postmaster.pid left behind whose process id now belongs to another program does not refuse the start', async () => {
  const dataDir = await newDataFolder();
  const first = await start(dataDir);
  await keepRow(first.address, 'kept');
  const noteFile = join(dataDir, 'postgres', 'postmaster.pid');
  const note = readFileSync(noteFile, 'utf8');
  await first.stop();
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  const idler = startIdler(process.getuid?.() === 0 ? { uid, gid } : {});
  writeFileSync(noteFile, note.replace(/^\d+/, String(idler.pid)));
  const second = await start(dataDir);
  expect(await keptRows(second.address)).toEqual(['kept']);
  expect(findProcess(idler.pid!)).toBeDefined();
});

test('Ctrl-C in the terminal reaches Node alone, which can use Postgres until it stops it', async () => {
  const { program, server } = await startProgramWithRow(newFolder());
  process.kill(-program.pid, 'SIGINT');
  expect(await program.says('answered', 'refused')).toEqual({ kind: 'answered' });
  expect(await ends(program.pid, 5_000)).toBe(true);
  expect(findProcess(server)).toBeUndefined();
});

test('SIGTERM to Node, which then ends without a word, ends Postgres', async () => {
  const { program, server } = await startProgramWithRow(newFolder());
  process.kill(program.pid, 'SIGTERM');
  expect(await ends(server, 5_000)).toBe(true);
});
