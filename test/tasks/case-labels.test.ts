import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases } from '../../db/schema/index.ts';
import { seedPeople } from '../../db/seed/people.ts';
import { readCaseLabels } from '../../src/tasks/case-labels.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedPeople(database.db);
});
afterAll(() => database.close());

test('a list has the URN and the defendants of each of its cases, of those shown before and of new ones alike', async () => {
  const [before, added, unknown] = [randomUUID(), randomUUID(), randomUUID()];
  const at = '2026-03-01T09:00:00.000Z';
  await database.db.insert(cases).values(
    [before, added].map((id, i) => ({
      ...{ id, urn: `21AB2000${i}26`, kind: 'crime' as const, officer: 'PC1001', team: 'crime' as const },
      ...{ defendantNames: [`Zebedee Quimble ${i}`], createdBy: 'test', receivedAt: at, createdAt: at },
    })),
  );
  const first = { urn: '21AB2000026', defendants: ['Zebedee Quimble 0'] };
  expect((await readCaseLabels(database.db, [before, null])).get(before)).toEqual(first);

  const labels = await readCaseLabels(database.db, [before, added, null, added, unknown]);
  expect(labels.get(before)).toEqual(first);
  expect(labels.get(added)).toEqual({ urn: '21AB2000126', defendants: ['Zebedee Quimble 1'] });
  expect(labels.get(unknown)).toBeUndefined();
});
