import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { installation, recomputationMoves, recomputations } from '../../db/schema/index.ts';
import { noticeRelease } from '../../src/cases/proclaim-holidays.ts';
import { recompute } from '../../src/cases/recompute.ts';
import { readProgress } from '../../src/cases/store-recomputations.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startRecomputer } from '../../workers/recompute.ts';
import type { TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { count, dayOfACustodyLimit, demoDatabase, proclaim, readAll, touchedBy } from './recompute-stage.ts';

let database: TestDatabase;
let closers: (() => Promise<unknown> | void)[] = [];
beforeEach(async () => {
  database = await demoDatabase();
  closers = [() => database.close()];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

/** Proclaims a holiday that moves a custody limit among others; nothing is worked out again yet. */
async function begin() {
  const proclaimed = [{ date: await dayOfACustodyLimit(database), name: 'Jubilee' }];
  const touched = touchedBy(await readAll(database), proclaimed);
  return { recomputation: await proclaim(database, proclaimed), touched };
}

async function movedOnce(touched: ReadonlyMap<string, unknown>) {
  const moves = await database.db.select().from(recomputationMoves);
  expect(moves.map(({ deadlineId }) => deadlineId).sort()).toEqual([...touched.keys()].sort());
  expect(await count(database, `(select 1 from deadlines where version > 2) doubled`)).toBe(0);
}

/** Holds something in a transaction until it is let go. */
async function hold(statement: string): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (letGo = resolve));
  let holding: Promise<unknown> = Promise.resolve();
  await new Promise<void>((held, fail) => {
    holding = database.sql
      .begin(async (tx) => {
        await tx.unsafe(statement);
        held();
        await told;
      })
      .catch(fail);
  });
  return async () => {
    letGo();
    await holding;
  };
}

describe('a recomputation', () => {
  test('that is killed in the middle of a batch is finished by another, and each case is done once', async () => {
    const { recomputation, touched } = await begin();
    const release = await hold('lock table history in share mode');
    const program = fileURLToPath(new URL('./recompute-program.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(database.address)], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    closers.push(() => void child.kill('SIGKILL'));
    const waiting = `pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(
      'the worker to be in the middle of a batch',
      async () => (await count(database, waiting)) > 0,
    );
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await release();
    await waitFor('Postgres to have noticed', async () => (await count(database, waiting)) === 0);
    await waitFor('the rest to be done', async () => {
      await recompute(database.db);
      return (await readProgress(database.db, recomputation.id))?.finishedAt;
    });
    expect(await readProgress(database.db, recomputation.id)).toMatchObject({ casesLeft: 0, casesFailed: 0 });
    await movedOnce(touched);
  });

  test('is shared by workers: one goes past the case that another holds, and it is done when it is free', async () => {
    const { recomputation, touched } = await begin();
    const [moved] = [...touched.keys()];
    const release = await hold(
      `select from cases where id = (select case_id from deadlines where id = '${moved}') for update`,
    );
    const second = connect(database.address);
    closers.push(() => second.close());
    await Promise.all([recompute(database.db, { batch: 3 }), recompute(second.db, { batch: 3 })]);
    const progress = await readProgress(database.db, recomputation.id);
    expect(progress).toMatchObject({ casesLeft: 1, finishedAt: null });
    await release();
    await Promise.all([recompute(database.db, { batch: 3 }), recompute(second.db, { batch: 3 })]);
    expect((await readProgress(database.db, recomputation.id))?.finishedAt).not.toBeNull();
    await movedOnce(touched);
  });

  test('is done in the background by a worker process, also what was begun before it started', async () => {
    const { recomputation, touched } = await begin();
    const worker = startRecomputer({ db: database.db, logger: createLogger('silent') }, 20);
    closers.push(() => worker.close());
    const finished = async (id: string) => (await readProgress(database.db, id))?.finishedAt;
    await waitFor('the first', () => finished(recomputation.id));
    await movedOnce(touched);
    const back = await proclaim(database, []);
    await waitFor('the second', () => finished(back.id));
    expect((await readProgress(database.db, back.id))?.movedTotal).toBe(touched.size);
  });

  test('stops between batches when the process is told to stop, and goes on later', async () => {
    const { recomputation, touched } = await begin();
    let batches = 0;
    await recompute(database.db, { batch: 5, isStopped: () => batches++ === 2 });
    expect(await readProgress(database.db, recomputation.id)).toMatchObject({
      casesLeft: recomputation.casesTotal - 10,
      finishedAt: null,
    });
    await recompute(database.db);
    await movedOnce(touched);
  });
});

describe('a release', () => {
  test('with the same rules and holidays begins nothing, however often it is started', async () => {
    expect(await noticeRelease(database.db)).toEqual([]);
    expect(await noticeRelease(database.db)).toEqual([]);
  });

  test('with other rules goes through every live case once, and one with older rules leaves that alone', async () => {
    await noticeRelease(database.db);
    await database.db
      .update(installation)
      .set({ value: 'older' })
      .where(sql`name = 'rules'`);
    const [begun, ...more] = await noticeRelease(database.db);
    expect(begun).toMatchObject({
      cause: 'rules',
      casesTotal: await count(
        database,
        `cases where state = 'open'
      or id in (select case_id from deadlines where state = 'pending')`,
      ),
    });
    expect(more).toEqual([]);
    await database.db.update(recomputations).set({ rules: 'of another release' });
    await recompute(database.db);
    expect((await readProgress(database.db, begun?.id ?? ''))?.finishedAt).toBeNull();
    await database.db.update(recomputations).set({ rules: begun?.rules ?? null });
    await recompute(database.db);
    expect(await readProgress(database.db, begun?.id ?? '')).toMatchObject({ casesLeft: 0, movedTotal: 0 });
  });
});
