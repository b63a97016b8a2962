import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { countQueue, lockNext, readQueue, type QueueEntry } from '../../src/tasks/read-queue.ts';
import { bandEdges, bandOf, bands, compareTasks, type Orderable } from '../../src/tasks/urgency.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const puller = { id: 'cw-1', team: 'crime' };
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
  return fc.record({
    consequence: fc.integer({ min: 0, max: 4 }),
    danger: fc.boolean(),
    alwaysCritical: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    dueAt: moments(now),
    risesAt: moments(now),
    createdAt: fc.integer({ min: 0, max: 5 }).map((h) => new Date(start - h * hour).toISOString()),
  });
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
        const expected = [...rows].sort((a, b) => compareTasks(a, b, edges));
        const whole = await readQueue(database.db, puller, edges, 1_000);
        expect(whole.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(whole.map(({ band }) => band)).toEqual(expected.map((task) => bandOf(task, edges)));

        const paged: QueueEntry[] = [];
        for (;;) {
          const page = await readQueue(database.db, puller, edges, pageSize, paged.at(-1));
          if (page.length === 0) break;
          paged.push(...page);
        }
        expect(paged).toEqual(whole);
        const counts = await countQueue(database.db, puller, edges);
        for (const band of bands)
          expect(counts[band]).toBe(whole.filter((entry) => entry.band === band).length);
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
    caseId: null,
    source: randomUUID(),
    subject: {},
    why: [],
    team: 'crime',
    assignee: null,
    effortMinutes: 10,
  };
}
