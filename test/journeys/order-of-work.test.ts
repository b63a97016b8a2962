import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, materialRequests, tasks } from '../../db/schema/index.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { lockNext, readQueue, type QueueEntry, type QueuePosition } from '../../src/tasks/read-queue.ts';
import {
  bandEdges,
  bandOf,
  bands,
  compareTasks,
  type BandEdges,
  type Orderable,
} from '../../src/tasks/urgency.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedPeople(database.db);
  await database.db.insert(cases).values(
    ofCases.map((id, i) => ({
      ...{ id, urn: `21AB1000${i}26`, kind: 'crime', officer: 'PC1001', team: 'crime', createdBy: 'test' },
      ...{ receivedAt: '2026-03-01T09:00:00.000Z', createdAt: '2026-03-01T09:00:00.000Z' },
    })) as (typeof cases.$inferInsert)[],
  );
  const at = '2026-03-01T09:00:00.000Z';
  await database.db.insert(materialRequests).values({
    ...{
      id: randomUUID(),
      caseId: failed,
      key: 'asked:1',
      material: 'exhibit-list',
      why: 'planted',
      dueOn: '2026-03-10',
    },
    ...{
      officer: 'PC1001',
      state: 'outstanding',
      requestedBy: randomUUID(),
      failedAt: at,
      createdAt: at,
      changedAt: at,
    },
  });
});
afterAll(() => database.close());

const ofCases = [randomUUID(), randomUUID()];
const hand = ofCases[0] ?? null;
/** The case in which chasing has come to nothing. */
const failed = ofCases[1] ?? '';
const puller = { id: 'cw-1', team: 'crime', skills: [], away: null, covers: false, minutesLeft: null, hand };
const reading = { viewer: 'cw-1', shown: 1_000, route: '/test', requestId: 'test' };
const start = Date.parse('2026-03-20T12:00:00.000Z');
const hour = 3_600_000;

/** Moments near to and far from now, often the same, and often on the very edges of the bands. */
function moments(now: string): fc.Arbitrary<string> {
  const { today, soon, soonForHearing } = bandEdges(ENGLAND_AND_WALES, now);
  const edges = [now, today, soon, soonForHearing].flatMap((edge) =>
    [-1, 0, 1].map((ms) => new Date(Date.parse(edge) + ms).toISOString()),
  );
  const around = fc
    .integer({ min: -400, max: 600 })
    .map((h) => new Date(Date.parse(now) + h * hour).toISOString());
  return fc.oneof(fc.constantFrom(...edges), around);
}

function taskAt(now: string): fc.Arbitrary<Omit<Orderable, 'id'>> {
  const task = fc.record({
    caseId: fc.constantFrom(...ofCases, null),
    consequence: fc.integer({ min: 0, max: 4 }),
    danger: fc.boolean(),
    alwaysCritical: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    dueAt: moments(now),
    risesAt: moments(now),
    createdAt: fc.integer({ min: 0, max: 5 }).map((h) => new Date(start - h * hour).toISOString()),
  });
  return task.map((one) => ({ ...one, chasingFailed: one.caseId === failed }));
}

test('the queue is in the order of work, in whatever pages, and the next task is its first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 0, max: 24 * 60 })
        .map((h) => new Date(start + h * hour).toISOString())
        .chain((now) =>
          fc.tuple(fc.constant(now), fc.array(taskAt(now), { minLength: 250, maxLength: 250 })),
        ),
      fc.integer({ min: 7, max: 90 }),
      async ([now, random], pageSize) => {
        await database.sql`truncate tasks cascade`;
        const rows = random.map((task) => ({ ...planted(), ...task, id: randomUUID() }));
        await database.db.insert(tasks).values(rows);
        const edges = bandEdges(ENGLAND_AND_WALES, now);
        const expected = [...rows].sort((a, b) => compareTasks(a, b, edges, hand));
        const read = (limit: number, after?: QueuePosition) =>
          readQueue(database.db, puller, edges, { limit, after, countTeam: true, reading });
        const { entries: whole, counts } = await read(1_000);
        expect(whole.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(whole.map(({ band }) => band)).toEqual(expected.map((task) => bandOf(task, edges)));

        const paged: QueueEntry[] = [];
        for (;;) {
          const { entries: page } = await read(pageSize, paged.at(-1));
          if (page.length === 0) break;
          paged.push(...page);
        }
        expect(paged).toEqual(whole);
        for (const band of bands)
          expect(counts.own[band] + (counts.team?.[band] ?? 0)).toBe(
            whole.filter((entry) => entry.band === band).length,
          );
        const next = await database.db.transaction((tx) => lockNext(tx, puller, edges));
        expect(next).toBe(expected[0]?.id);
      },
    ),
    { numRuns: 4, seed: 20_260_602 },
  );
});

function planted() {
  return {
    kind: 'planted',
    title: 'Planted by a test',
    source: randomUUID(),
    subject: {},
    why: [],
    team: 'crime',
    assignee: null,
    effortMinutes: 10,
  };
}

type Given = {
  assignee: string | null;
  team: string;
  skills: string[];
  visibleTo: string[];
  notFor: string[];
  barred: string[];
  custody: boolean;
  effortMinutes: number;
};
const names = fc.constantFrom<string[][]>([], [], ['cw-1'], ['cw-2']);
const given: fc.Arbitrary<Given> = fc.record({
  assignee: fc.constantFrom('cw-1', 'cw-2', 'sr-1', null, null),
  team: fc.constantFrom('crime', 'crime', 'traffic'),
  skills: fc.constantFrom<string[][]>([], [], ['youth'], ['youth', 'domestic-abuse']),
  visibleTo: names,
  notFor: names,
  barred: names,
  custody: fc.boolean(),
  effortMinutes: fc.constantFrom(10, 30, 31, 90),
});

/** Who may be given what, said once more and plainly. */
function mayHave(task: Orderable & Given, who: typeof puller, edges: BandEdges): boolean {
  const isTrained = task.skills.every((skill) => (who.skills as string[]).includes(skill));
  const isUrgent = ['critical', 'overdue', 'today'].includes(bandOf(task, edges));
  const isPool = task.assignee === null && task.team === who.team && isTrained;
  const isCaseworkers = task.assignee?.startsWith('cw-') ?? false;
  const isCovered =
    who.covers && isCaseworkers && task.custody && task.team === who.team && isTrained && isUrgent;
  return (
    (task.assignee === who.id || isPool || isCovered) &&
    (task.visibleTo.length === 0 || task.visibleTo.includes(who.id)) &&
    !task.notFor.includes(who.id) &&
    !task.barred.includes(who.id)
  );
}

test('a queue has what its owner may have and nothing else, and of that only what fits the shift is pulled', async () => {
  const now = '2026-03-24T12:00:00.000Z';
  const edges = bandEdges(ENGLAND_AND_WALES, now);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(taskAt(now), given), { minLength: 120, maxLength: 120 }),
      fc.constantFrom<string[][]>([], ['youth'], ['youth', 'domestic-abuse']),
      fc.boolean(),
      fc.constantFrom(null, 0, 30),
      async (random, skills, covers, minutesLeft) => {
        await database.sql`truncate tasks cascade`;
        const rows = random.map(([task, of]) => ({ ...planted(), ...task, ...of, id: randomUUID() }));
        await database.db.insert(tasks).values(rows);
        const who = { ...puller, skills, covers, minutesLeft } as unknown as typeof puller;
        const expected = rows
          .filter((task) => mayHave(task, who, edges))
          .sort((a, b) => compareTasks(a, b, edges, hand));
        const how = { limit: 1_000, countTeam: true, reading };
        const { entries: listed, counts } = await readQueue(database.db, who, edges, how);
        for (const band of bands)
          expect(counts.own[band] + (counts.team?.[band] ?? 0)).toBe(
            listed.filter((entry) => entry.band === band).length,
          );
        expect(listed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        const fits = expected.find(
          (task) =>
            minutesLeft === null || task.effortMinutes <= minutesLeft || bandOf(task, edges) === 'critical',
        );
        const next = await database.db.transaction((tx) => lockNext(tx, who, edges));
        expect(next).toBe(fits?.id);
        const away = { ...who, away: 'away (leave)' } as unknown as typeof puller;
        expect(await database.db.transaction((tx) => lockNext(tx, away, edges))).toBeUndefined();
      },
    ),
    { numRuns: 6, seed: 20_260_603 },
  );
});
