import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedPeople } from '../../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import type { Puller } from '../../src/tasks/eligible.ts';
import { readQueue, type Counts } from '../../src/tasks/read-queue.ts';
import { createTeamCounts } from '../../src/tasks/team-counts.ts';
import { bandEdges } from '../../src/tasks/urgency.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedPeople(database.db);
});
afterAll(() => database.close());

const edges = bandEdges(ENGLAND_AND_WALES, '2026-03-24T12:00:00.000Z');
const anybody: Puller = {
  ...{ id: 'cw-1', team: 'crime', skills: [], away: null, covers: false, minutesLeft: null, hand: null },
};

/** Work of the pool of a team, due before and long after now, of every consequence, a quarter of it for the trained. */
async function plantPool(team: string, many: number): Promise<void> {
  await database.sql`
    insert into tasks (id, kind, title, source, subject, why, team, assignee, consequence, danger, due_at,
      effort_minutes, created_at, rises_at, skills, custody)
    select gen_random_uuid(), 'court-trigger', 'Planted by a test', ${team} || n || gen_random_uuid(), '{}', '[]', ${team},
      case when n % 10 = 0 then 'cw-2' end, n % 5, n % 5 = 0 and n % 3 = 0,
      ${edges.now}::timestamptz + (n % 120 - 30) * interval '1 day', 20, ${edges.now},
      ${edges.now}::timestamptz + (n % 9 - 2) * interval '1 day',
      case when n % 4 = 0 then '{youth}'::text[] else '{}' end, n % 7 = 0
    from generate_series(1, ${many}) n`;
}

/** What there is beside their own, counted at this moment. */
async function countedNow(puller: Puller): Promise<Counts | null> {
  const reading = { viewer: puller.id, shown: 1, route: '/test', requestId: 'test' };
  const { counts } = await readQueue(database.db, puller, edges, { limit: 1, countTeam: true, reading });
  return counts.team;
}

test('a large pool is counted for all of the team, by training and by what somebody covers, and counted again later', async () => {
  await plantPool('crime', 3_000);
  let nowMs = 0;
  const counts = createTeamCounts(() => {
    const startMs = nowMs;
    return () => nowMs - startMs;
  });
  const trained = { ...anybody, skills: ['youth'] };
  const covering = { ...trained, covers: true };
  for (const puller of [anybody, trained, covering])
    expect(await counts.countsFor(database.db, puller, edges)).toEqual(await countedNow(puller));
  expect(await counts.countsFor(database.db, anybody, edges)).not.toEqual(
    await counts.countsFor(database.db, trained, edges),
  );

  const before = await counts.countsFor(database.db, anybody, edges);
  await plantPool('crime', 500);
  expect(await counts.countsFor(database.db, anybody, edges)).toEqual(before);
  const all = await countedNow(anybody);
  await waitFor('all parts to be counted again', async () => {
    nowMs += 60_000;
    expect(await counts.countsFor(database.db, anybody, edges)).toEqual(all);
    return true;
  });
});

test('a small pool is left to whoever looks, to be counted at that moment', async () => {
  await plantPool('traffic', 900);
  const counts = createTeamCounts();
  const puller = { ...anybody, team: 'traffic' };
  expect(await counts.countsFor(database.db, puller, edges)).toBeNull();
  expect(await countedNow(puller)).not.toBeNull();
});
