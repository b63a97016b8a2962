import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres-error.ts';
import { findProcess, waitUntil } from './embedded-postgres-process.ts';

/** The right to start a server on a data folder, held until released or until the holding process ends. */
export type FolderLock = { release(): void };

const endingHolderLimitMs = 1_000;
let nextDraft = 0;

type Holder = { pid: number; startedAt: string } | { released: true };

/**
 * Takes a data folder for this process, or throws `in-use` with the process that has it. A holder that died, however
 * it died, no longer counts, even when its process id belongs to another program by now. One that is about to end
 * (kill -9 takes effect a moment later) is given a second to do so.
 *
 * The highest numbered lock file decides and is never deleted, only outnumbered: deleting a dead holder's file would
 * let two starters that both saw it delete each other's fresh one.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const me = findProcess(process.pid);
  const holder: Holder = { pid: process.pid, startedAt: me?.startedAt ?? '' };
  const draft = join(folder, `.lock-${process.pid}-${nextDraft++}`);
  for (;;) {
    const highest = highestNumber(folder);
    if (highest > 0) await refuseIfHeld(folder, lockFile(folder, highest));
    const mine = lockFile(folder, highest + 1);
    writeFileSync(draft, JSON.stringify(holder));
    try {
      linkSync(draft, mine);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    if (highestNumber(folder) > highest + 1) {
      // A slow starter can revive a number that was cleared away meanwhile; the higher one counts.
      rmSync(mine, { force: true });
      continue;
    }
    for (const number of numbers(folder))
      if (number <= highest) rmSync(lockFile(folder, number), { force: true });
    return { release: () => markReleased(draft, mine) };
  }
}

function lockFile(folder: string, number: number): string {
  return join(folder, `postgres-${number}.lock`);
}

function numbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const match = /^postgres-(\d+)\.lock$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
}

function highestNumber(folder: string): number {
  return Math.max(0, ...numbers(folder));
}

async function refuseIfHeld(folder: string, file: string): Promise<void> {
  const livingHolder = () => {
    const holder = readHolder(file);
    if (!holder || 'released' in holder) return undefined;
    return findProcess(holder.pid)?.startedAt === holder.startedAt ? holder.pid : undefined;
  };
  await waitUntil(() => livingHolder() === undefined, endingHolderLimitMs);
  const pid = livingHolder();
  if (pid !== undefined) throw folderInUse(folder, pid);
}

/** The refusal of a data folder that process `pid` has. */
export function folderInUse(folder: string, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'in-use',
    `The data folder ${folder} is in use by process ${pid}. Stop that process, or choose another folder with DATA_DIR. ${useAnotherServer}`,
    pid,
  );
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    // Outnumbered and cleared since it was listed, or cut short by a full disk: either way nobody holds it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function markReleased(draft: string, mine: string): void {
  try {
    writeFileSync(draft, JSON.stringify({ released: true } satisfies Holder));
    renameSync(draft, mine);
  } catch (error) {
    // Whoever deleted the whole folder left nothing to release.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
