import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../db/connect.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { readNow } from '../../db/read-now.ts';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import { openTaskOnce } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { hashOf } from './canonical.ts';
import { refused, type Refusal } from './court-message.ts';
import { mostBytes } from './decode-xml.ts';
import { readMessage, recordingFor } from './receive-message.ts';
import { recordCourtMessage } from './record-court-message.ts';
import { recordRefusal } from './store.ts';

/** What is remembered between two looks: files are read once they have stopped growing. */
export type Looks = { seen: Map<string, string>; failures: Map<string, number> };

export type Look = { recorded: number; refused: number; failed: unknown[] };

/** After so many failures for a reason that nobody expected a file is put aside, and holds up nothing else. */
const mostFailures = 3;
const folderActor = { id: 'court-folder', requestId: null };

/**
 * Takes in the messages that lie in a folder as `*.xml`. A file is read when it has not changed since the look before
 * (or came by a rename, and is then read a look later); afterwards it is in the subfolder `done`, `refused` (with why
 * beside it) or, where something unexpected stopped it three times, `failed`. It is moved after the transaction: a
 * process that dies in between leaves a file whose message is known, and which is moved by the next look.
 */
export async function takeFromFolder(db: Database, folder: string, looks: Looks): Promise<Look> {
  const result: Look = { recorded: 0, refused: 0, failed: [] };
  const seen = new Map<string, string>();
  for (const name of (await readdir(folder)).filter((one) => /\.xml$/i.test(one)).sort()) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (found === null || !found.isFile()) continue;
    const mark = `${found.ino} ${found.size} ${found.mtimeMs}`;
    seen.set(name, mark);
    if (looks.seen.get(name) !== mark) continue;
    try {
      const trouble = await takeFile(db, path, found.size);
      result[trouble === null ? 'recorded' : 'refused'] += 1;
      if (trouble !== null) await writeReason(folder, name, trouble);
      await put(folder, trouble === null ? 'done' : 'refused', name);
      looks.failures.delete(name);
    } catch (error) {
      result.failed.push(withoutPath(error));
      if (isDatabaseOutage(error)) continue;
      const failures = (looks.failures.get(name) ?? 0) + 1;
      looks.failures.set(name, failures);
      if (failures < mostFailures) continue;
      await tellAdministrators(db, name);
      await put(folder, 'failed', name);
      looks.failures.delete(name);
    }
  }
  looks.seen = seen;
  return result;
}

/** The file system names the file that it complains of, and that may say whose it is. */
function withoutPath(error: unknown): unknown {
  if (!(error instanceof Error) || !('path' in error)) return error;
  return new Error(`the file system says ${String((error as NodeJS.ErrnoException).code)}`);
}

async function takeFile(db: Database, path: string, size: number): Promise<Refusal | null> {
  const read =
    size > mostBytes
      ? refused('too-large', `The message may have ${mostBytes} bytes.`)
      : readMessage(await readFile(path));
  if (read.kind === 'refused') {
    await recordRefusal(db, {
      receivedFrom: folderActor.id,
      reason: read.reason,
      bytes: Math.min(size, 2_147_483_647),
    });
    return read;
  }
  await db.transaction(async (tx) => {
    const recording = await recordingFor(tx, folderActor);
    await recordCourtMessage(tx, read.message, read.body, recording);
  });
  return null;
}

async function writeReason(folder: string, name: string, { reason }: Refusal): Promise<void> {
  await mkdir(join(folder, 'refused'), { recursive: true });
  await writeFile(join(folder, 'refused', `${name}.why.txt`), `${reason}\n`);
}

/** A file of the same name that is there already is of another message: neither is lost. */
async function put(folder: string, into: string, name: string): Promise<void> {
  await mkdir(join(folder, into), { recursive: true });
  const there = new Set(await readdir(join(folder, into)));
  let free = name;
  for (let i = 2; there.has(free); i += 1) free = `${name.slice(0, -4)} (${i})${name.slice(-4)}`;
  await rename(join(folder, name), join(folder, into, free)).catch((error: NodeJS.ErrnoException) => {
    // Another process was faster.
    if (error.code !== 'ENOENT') throw error;
  });
}

/** The name of a file may say whose it is: the task has a mark of it instead. */
async function tellAdministrators(db: Database, name: string): Promise<void> {
  await db.transaction(async (tx) => {
    const now = await readNow(tx);
    await openTaskOnce(
      tx,
      {
        kind: 'court-file-failed',
        title: 'A file of the courts could not be taken in',
        source: `court-file:${hashOf(name).slice(0, 16)}`,
        subject: {},
        why: [
          'A file in the watched folder failed three times for a reason that nobody expected',
          'It is in the subfolder "failed"; the log says why. Put it back when that is mended',
        ],
        ...{ consequence: 'hearing', danger: false, alwaysCritical: false, effortMinutes: 30 },
        dueAt: lastMomentOf(civilDateOf(now)),
      },
      'administration',
      now,
    );
  });
}
