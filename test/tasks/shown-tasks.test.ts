import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { cases, tasks } from '../../db/schema/index.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { readShownTasks, type Written } from '../../src/tasks/shown-tasks.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
/** Another process on the same database. */
let other: Connection;
const sent: string[] = [];
beforeAll(async () => {
  database = await testDatabase();
  await seedPeople(database.db);
  other = connect(database.address, { max: 1, onStatement: (text) => sent.push(text) });
});
afterAll(async () => {
  await other.close();
  await database.close();
});

const at = '2026-03-01T09:00:00.000Z';

async function plantCase(urn: string, defendantNames: string[]): Promise<string> {
  const id = randomUUID();
  await database.db.insert(cases).values({
    ...{ id, urn, kind: 'crime', officer: 'PC1001', team: 'crime', defendantNames },
    ...{ createdBy: 'test', receivedAt: at, createdAt: at },
  });
  return id;
}

async function plantTask(caseId: string | null, title: string): Promise<Written> {
  const id = randomUUID();
  await database.db.insert(tasks).values({
    ...{
      id,
      kind: 'court-trigger',
      title,
      caseId,
      source: `test:${id}`,
      subject: {},
      why: ['Planted'],
      team: 'crime',
    },
    ...{ consequence: 4, dueAt: at, effortMinutes: 20, createdAt: at, risesAt: at },
  });
  return writtenNow(id);
}

async function writtenNow(id: string): Promise<Written> {
  const [row] = await database.sql<
    { writer: string }[]
  >`select xmin::text as writer from tasks where id = ${id}`;
  return { id, writer: row?.writer ?? '' };
}

test('a list has the URN and the defendants of each of its cases, of tasks shown before and of new ones alike', async () => {
  const first = await plantCase('21AB2000026', ['Zebedee Quimble']);
  const second = await plantCase('21AB2000126', ['Ermintrude Quimble', 'Dougal Quimble']);
  const before = await plantTask(first, 'Planted first');
  await readShownTasks(other.db, [before]);

  const found = [before, await plantTask(second, 'Planted second'), { id: randomUUID(), writer: '1' }];
  const shown = await readShownTasks(other.db, found);
  expect(
    found.map(({ id }) => shown.get(id)).map((one) => one && [one.task.title, one.urn, one.defendants]),
  ).toEqual([
    ['Planted first', '21AB2000026', ['Zebedee Quimble']],
    ['Planted second', '21AB2000126', ['Ermintrude Quimble', 'Dougal Quimble']],
    undefined,
  ]);
});

test('a task is read once for each time that it was written, whatever wrote it, and shown as it is now', async () => {
  const unchanged = await plantTask(null, 'Nobody changes this');
  const changing = await plantTask(null, 'As it was');
  await readShownTasks(other.db, [unchanged, changing]);

  sent.length = 0;
  await readShownTasks(other.db, [unchanged, changing]);
  expect(sent).toEqual([]);

  await database.sql`update tasks set title = 'As it is now' where id = ${changing.id}`;
  const found = [unchanged, await writtenNow(changing.id)];
  for (let look = 0; look < 2; look++) {
    const shown = await readShownTasks(other.db, found);
    expect(found.map(({ id }) => shown.get(id)?.task.title)).toEqual(['Nobody changes this', 'As it is now']);
  }
  expect(sent).toHaveLength(1);
});

test('a task that changes after it was found is shown as it is now', async () => {
  const found = await plantTask(null, 'As it was found');
  await database.sql`update tasks set title = 'As it became' where id = ${found.id}`;
  expect((await readShownTasks(other.db, [found])).get(found.id)?.task.title).toBe('As it became');
});
