import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { endProcess } from '../../src/platform/embedded-postgres-guard.ts';
import { findProcess, waitUntil } from '../../src/platform/embedded-postgres-process.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

export type Address = EmbeddedPostgres['address'];

export type Fact =
  | { kind: 'progress'; line: string }
  | { kind: 'ready'; pid: number; address: Address }
  | { kind: 'error'; error: string; message: string; holder?: number }
  | { kind: 'answered' }
  | { kind: 'refused'; message: string };

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export type Program = {
  child: ChildProcess;
  pid: number;
  facts: Fact[];
  /** Waits for the first fact of one of these kinds; throws with what the program wrote when it ends without one. */
  says<Kind extends Fact['kind']>(...kinds: Kind[]): Promise<FactOf<Kind>>;
};

/** Small and fast, for clusters that are thrown away. Killing processes loses nothing even without fsync. */
export const throwaway = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' };

export const isRoot = process.getuid?.() === 0;

const programFile = fileURLToPath(new URL('./embedded-postgres-program.ts', import.meta.url));
const servers: EmbeddedPostgres[] = [];
const programs: Program[] = [];
const folders: string[] = [];
const others: ChildProcess[] = [];

/** A new folder that everybody may enter, removed by `clearStage`. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

let template: Promise<string> | undefined;

/** Copies a new cluster into the folder: the same as the launcher would make there, in a tenth of the time. */
export async function copyCluster(dataDir: string): Promise<void> {
  template ??= makeTemplate();
  cpSync(join(await template, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
}

/** Removes what `copyCluster` copied from, once no test needs it any more. */
export async function removeTemplate(): Promise<void> {
  if (template) rmSync(await template, { recursive: true, force: true });
  template = undefined;
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    database: 'hub',
    progress: () => undefined,
    settings: throwaway,
  });
  await server.stop();
  return folder;
}

/** Starts a server in this process. */
export async function start(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'hub',
    progress: () => undefined,
    settings: { ...throwaway, ...settings },
  });
  servers.push(server);
  return server;
}

/** Starts a server in a Node process of its own, in a process group of its own, as a terminal would. */
export function startProgram(
  dataDir: string,
  options: { uid?: number; gid?: number; env?: Record<string, string> } = {},
): Program {
  const { uid, gid, env } = options;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', programFile, dataDir, JSON.stringify(throwaway)],
    {
      uid,
      gid,
      detached: true,
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const facts: Fact[] = [];
  let complaint = '';
  createInterface({ input: child.stdout }).on('line', (line) => facts.push(JSON.parse(line) as Fact));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const hasClosed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let closed = false;
  void hasClosed.then(() => (closed = true));
  const program: Program = {
    child,
    pid: child.pid!,
    facts,
    async says<Kind extends Fact['kind']>(...kinds: Kind[]) {
      const find = () => facts.find((fact): fact is FactOf<Kind> => kinds.includes(fact.kind as Kind));
      await waitUntil(() => find() !== undefined || closed, 30_000);
      const found = find();
      if (!found)
        throw new Error(
          `the program never said ${kinds.join(' or ')}: ${JSON.stringify(facts)} ${complaint}`,
        );
      return found;
    },
  };
  programs.push(program);
  return program;
}

/** Starts some other program, under the given user. */
export function startOther(
  command: string,
  args: string[],
  ids: { uid?: number; gid?: number },
): ChildProcess {
  const child = spawn(command, args, { ...ids, stdio: 'ignore' });
  others.push(child);
  return child;
}

/** Starts a process that does nothing, under the given user. */
export function startIdler(ids: { uid?: number; gid?: number }): ChildProcess {
  return startOther('sleep', ['600'], ids);
}

/** One connection to a server for the length of `work`. */
export async function withSql<Result>(
  address: Address,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const { socketDir, port, user, database } = address;
  const sql = postgres({ host: socketDir, port, user, database, max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** Commits a row that must never be lost. */
export async function keepRow(address: Address, text: string): Promise<void> {
  await withSql(address, async (sql) => {
    await sql`create table if not exists kept (text text)`;
    await sql`insert into kept values (${text})`;
  });
}

/** The rows committed by `keepRow`. */
export function keptRows(address: Address): Promise<string[]> {
  return withSql(address, async (sql) =>
    (await sql<{ text: string }[]>`select text from kept`).map((row) => row.text),
  );
}

/** Waits until a server that is being started again answers, then gives the rows committed by `keepRow`. */
export async function keptRowsOnceBack(address: Address): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await keptRows(address);
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Whether the process ends by itself within the time given. */
export function ends(pid: number, limitMs: number): Promise<boolean> {
  return waitUntil(() => findProcess(pid) === undefined, limitMs);
}

/** Ends everything that the test started, by process id, and removes its folders. */
export async function clearStage(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
  for (const child of others.splice(0)) child.kill('SIGKILL');
  for (const program of programs.splice(0)) {
    if (program.child.exitCode === null) program.child.kill('SIGKILL');
    for (const fact of program.facts) {
      const found = fact.kind === 'ready' ? findProcess(fact.pid) : undefined;
      if (found?.command.includes('cluster_name=')) await endProcess(found);
      if (fact.kind === 'ready') rmSync(fact.address.socketDir, { recursive: true, force: true });
    }
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
