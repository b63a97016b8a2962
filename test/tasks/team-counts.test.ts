import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import type { CountedOfDay } from '../../src/tasks/count-pool.ts';
import type { Puller } from '../../src/tasks/eligible.ts';
import { readQueue, type Counts } from '../../src/tasks/read-queue.ts';
import {
  allDays,
  createTeamCounts,
  layAnew,
  layParts,
  mostInPart,
  type Part,
} from '../../src/tasks/team-counts.ts';
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

/**
 * Work of the pool of a team, of every consequence, a quarter of it for the trained, due long before and long after now:
 * where a day ends, a moment before and a moment after.
 */
async function plantPool(team: string, many: number): Promise<void> {
  await database.sql`
    insert into tasks (id, kind, title, source, subject, why, team, assignee, consequence, danger, due_at,
      effort_minutes, created_at, rises_at, skills, custody)
    select gen_random_uuid(), 'court-trigger', 'Planted by a test', ${team} || n || gen_random_uuid(), '{}', '[]', ${team},
      case when n % 10 = 0 then 'cw-2' end, n % 5, n % 5 = 0 and n % 3 = 0,
      ${edges.today}::timestamptz + (n % 121 - 30) * interval '1 day' + (n % 3 - 1) * interval '1 millisecond',
      20, ${edges.now},
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
  await plantPool('crime', 18_000);
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
  await plantPool('crime', 1_000);
  expect(await counts.countsFor(database.db, anybody, edges)).toEqual(before);
  const all = await countedNow(anybody);
  // Once: a count during which no time goes by needs no rest after it.
  nowMs += 60_000;
  await waitFor('all parts to be counted again', async () => {
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

test('the first pages of a day of a team count each consequence by one statement, and later ones part by part', async () => {
  await plantPool('fraud', 18_000);
  const sent: Record<string, unknown>[] = [];
  const onStatement = (text: string, [asking]: unknown[]) => {
    if (text.includes('due_until')) sent.push(JSON.parse(asking as string) as Record<string, unknown>);
  };
  const { db, close } = connect(database.address, { onStatement });
  let nowMs = 0;
  const counts = createTeamCounts(() => {
    const startMs = nowMs;
    return () => nowMs - startMs;
  });
  const puller = { ...anybody, team: 'fraud' };
  const look = (at = edges) => counts.countsFor(db, puller, at);
  const consequencesSent = () => sent.map(({ consequence }) => consequence).sort();
  const seen = [await countedNow(puller), ...(await Promise.all([look(), look()])), await look()];
  expect(consequencesSent()).toEqual([0, 1, 2, 3, 4]);

  sent.splice(0);
  nowMs += 60_000;
  await waitFor('all parts to be counted again', async () => {
    seen.push(await look());
    return sent.filter(({ due_until }) => due_until === 'Infinity').length === 5;
  });
  // Those of 1,800 tasks and of 3,600.
  expect(consequencesSent()).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
  expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);

  sent.splice(0);
  await look(bandEdges(ENGLAND_AND_WALES, '2026-03-25T12:00:00.000Z'));
  expect(consequencesSent()).toEqual([0, 1, 2, 3, 4]);
  await close();
});

test('after all of a pool was counted the rest is no longer than after a part of it', async () => {
  await plantPool('theft', 18_000);
  let sent = 0;
  const onStatement = (text: string) => (sent += text.includes('due_until') ? 1 : 0);
  const { db, close } = connect(database.address, { onStatement });
  let nowMs = 0;
  const counts = createTeamCounts(() => {
    const startMs = nowMs;
    return () => nowMs - startMs;
  });
  const look = () => counts.countsFor(db, { ...anybody, team: 'theft' }, edges);
  const first = look();
  // So long takes each consequence, which is laid out in two parts or three: a rest of 250 s at most.
  nowMs += 1_000;
  await first;
  expect(sent).toBe(5);
  nowMs += 150_000;
  await look();
  expect(sent).toBe(5);
  nowMs += 100_000;
  await waitFor('a part to be counted again', async () => {
    await look();
    return sent > 5;
  });
  await close();
});

test('what cannot be counted fails the page that asks, and is counted for the next', async () => {
  await plantPool('arson', 2_000);
  const broken = connect({ ...database.address, database: 'none_such' });
  const counts = createTeamCounts();
  const puller = { ...anybody, team: 'arson' };
  await expect(counts.countsFor(broken.db, puller, edges)).rejects.toThrow('none_such');
  const counted = await waitFor('the counts that fail with the first to have failed', () =>
    counts.countsFor(database.db, puller, edges),
  );
  expect(counted).toEqual(await countedNow(puller));
  await broken.close();
});

const countedOfDays = fc.array(
  fc.record({
    skills: fc.constantFrom<string[][]>([], ['youth'], ['youth', 'domestic-abuse']),
    rank: fc.integer({ min: 0, max: 4 }),
    many: fc.integer({ min: 1, max: mostInPart }),
    day: fc.oneof(fc.integer({ min: -10, max: 20 }), fc.integer({ min: -366, max: 366 })),
  }),
  { maxLength: 60 },
);
const has =
  ({ days: { after, until } }: Pick<Part, 'days'>) =>
  ({ day }: CountedOfDay) =>
    day > after && day <= until;

/** How many there are of each rank for whoever is trained in the same. */
function alike(counted: readonly Pick<CountedOfDay, 'skills' | 'rank' | 'many'>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { skills, rank, many } of counted) {
    const key = `${rank} ${skills.join()}`;
    sums[key] = (sums[key] ?? 0) + many;
  }
  return sums;
}
const sizeOf = (counted: readonly { many: number }[]) => counted.reduce((all, { many }) => all + many, 0);

/** That parts follow each other through all of some days, and that each has what is due on its own. */
function expectLaidOut(parts: readonly Part[], days: Part['days'], counted: readonly CountedOfDay[]): void {
  expect(parts.map((part) => part.days.after)).toEqual([
    days.after,
    ...parts.slice(0, -1).map((part) => part.days.until),
  ]);
  expect(parts.at(-1)?.days.until).toBe(days.until);
  for (const part of parts) {
    expect(part.days.after).toBeLessThan(part.days.until);
    expect(alike(part.counted)).toEqual(alike(counted.filter(has(part))));
  }
}

test('a pool is laid out in parts for all time, none of which is large but where so much is due on one day', () => {
  fc.assert(
    fc.property(countedOfDays, (counted) => {
      const parts = layParts(allDays, counted);
      expectLaidOut(parts, allDays, counted);
      for (const part of parts) {
        const days = new Set(counted.filter(has(part)).map(({ day }) => day));
        if (days.size > 1) expect(sizeOf(part.counted)).toBeLessThanOrEqual(mostInPart);
      }
      // No two that follow each other could have been one.
      for (const [i, part] of parts.slice(1).entries())
        expect(sizeOf([...(parts[i]?.counted ?? []), ...part.counted])).toBeGreaterThan(mostInPart);
    }),
  );
});

test('a part that has grown to more than twice its size is laid anew in its own days, and any other stays as it is', () => {
  fc.assert(
    fc.property(countedOfDays, countedOfDays, fc.nat(), (before, added, which) => {
      const parts = layParts(allDays, before);
      const { days } = parts[which % parts.length] as Part;
      const grown = [...before, ...added].filter(has({ days }));
      const anew = layAnew(days, grown);
      expectLaidOut(anew, days, grown);
      if (sizeOf(grown) <= 2 * mostInPart) expect(anew).toHaveLength(1);
      else expect(anew).toEqual(layParts(days, grown));
    }),
  );
});
