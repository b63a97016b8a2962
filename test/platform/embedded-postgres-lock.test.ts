import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { lockFolder } from '../../src/platform/embedded-postgres-lock.ts';
import { findProcess } from '../../src/platform/embedded-postgres-process.ts';
import { clearStage, ends, newFolder, startIdler } from './embedded-postgres-stage.ts';

afterEach(clearStage);

function lockAs(folder: string, holder: object): void {
  writeFileSync(join(folder, 'postgres-7.lock'), JSON.stringify(holder));
}

test('a folder is held by one at a time, until released', async () => {
  const folder = newFolder();
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  lock.release();
  (await lockFolder(folder)).release();
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a living holder keeps the folder, and a dead one does not', async () => {
  const folder = newFolder();
  const idler = startIdler({});
  lockAs(folder, findProcess(idler.pid!)!);
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${idler.pid}`);
  idler.kill('SIGKILL');
  expect(await ends(idler.pid!, 5_000)).toBe(true);
  (await lockFolder(folder)).release();
});

test('a holder whose process id now belongs to another program does not count', async () => {
  const folder = newFolder();
  lockAs(folder, { pid: startIdler({}).pid, startedAt: 'before the last boot' });
  (await lockFolder(folder)).release();
});

test('a lock file cut short by a full disk does not lock the folder for ever', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'postgres-7.lock'), '{"pid":');
  (await lockFolder(folder)).release();
});
