import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hold } from '../../src/court-results/store.ts';
import { startImports } from '../../workers/imports.ts';
import type { Looking } from '../../workers/look-every.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';
import { row, sheet } from './stage.ts';

const slow = { timeout: 120_000 };

describe('npm run import', () => {
  let hub: TestHub;
  let folder: string;
  let imports: Looking | undefined;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-06-02T12:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await imports?.close();
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a program as a process of its own. */
  const start = (program: string, given: string[], environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...given], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const said = { out: '', err: '' };
    child.stdout.on('data', (text) => (said.out += String(text)));
    child.stderr.on('data', (text) => (said.err += String(text)));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, said, ended };
  };
  const put = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const command = async (given: string[]) =>
    start('src/import.ts', given, { HUB_URL: hub.url, HUB_TOKEN: (await hub.as('cw-1').token()) ?? '' });
  const run = async (given: string[]) => {
    const { said, ended } = await command(given);
    return { code: await ended, ...said };
  };
  const timesCreated = async (urns: readonly (string | undefined)[]) => {
    const rows = await hub.hub.db.execute<{ urn: string; n: number }>(sql`
      select detail ->> 'urn' as urn, count(*)::int as n from history where action = 'case-created' group by 1`);
    return urns.map((urn) => rows.find((one) => one.urn === urn)?.n ?? 0);
  };

  test(
    'goes on where it was after it and the worker were killed in the middle, and creates nothing twice',
    slow,
    async () => {
      const rows = [row(), row(), row()];
      const urns = rows.map((cells) => cells['URN']);
      const file = await put('cases.csv', sheet(rows));
      let letGo: () => void = () => undefined;
      const held = hub.hub.db.transaction(async (tx) => {
        // The worker waits for this in the middle of creating the second case.
        await hold(tx, `urn:${urns[1]}`);
        await new Promise<void>((resolve) => (letGo = resolve));
      });
      const killed = start('test/intake/import-worker.ts', [JSON.stringify(hub.database.address)]);
      const first = await command([file]);
      await waitFor('the first case to be created', async () => (await timesCreated(urns))[0] === 1, 60_000);
      await waitFor('the command to follow it', () => /Creating/.test(first.said.err));
      first.child.kill('SIGKILL');
      killed.child.kill('SIGKILL');
      await Promise.all([first.ended, killed.ended]);
      letGo();
      await held;
      expect(await timesCreated(urns)).toEqual([1, 0, 0]);

      imports = startImports(hub.hub, 50);
      const second = await run([file]);
      expect(second, second.err).toMatchObject({ code: 0 });
      expect(await timesCreated(urns)).toEqual([1, 1, 1]);
      const third = await run([file]);
      expect(third).toMatchObject({ code: 0 });
      expect(third.out).toContain('There already, and alike: 3 cases');
      expect(await timesCreated(urns)).toEqual([1, 1, 1]);
    },
  );

  test(
    'says what is wrong by row and column and creates nothing, and nothing in a dry run either',
    slow,
    async () => {
      imports ??= startImports(hub.hub, 50);
      const rows = [row(), row({ 'Committed on': '05/30/2026' })];
      const [wrong, dry] = await Promise.all([
        run([await put('wrong.csv', sheet(rows))]),
        run(['--dry-run', await put('dry.csv', sheet([rows[0] ?? {}]))]),
      ]);
      expect(wrong.code).toBe(1);
      expect(wrong.err).toContain('Row 3, Committed on: has no such month');
      expect(dry.code).toBe(0);
      expect(dry.out).toMatch(/Can be created: 1 case, with \d+ deadlines/);
      expect(`${wrong.out}${wrong.err}${dry.out}${dry.err}`).not.toMatch(/Wigglethrope/);
      expect(await timesCreated(rows.map((cells) => cells['URN']))).toEqual([0, 0]);
      expect((await run([join(folder, 'nowhere.csv')])).code).toBe(2);
    },
  );
});
