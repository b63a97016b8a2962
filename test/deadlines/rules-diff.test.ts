import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffRules, sayDiffs } from '../../src/cases/diff-rules.ts';
import type { TestDatabase } from '../support/database.ts';
import { count, dayOfACustodyLimit, demoDatabase, proclaim, readAll, touchedBy } from './recompute-stage.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await demoDatabase();
});
afterAll(() => database.close());

test('the rules by which everything was worked out would change nothing', async () => {
  const found = await diffRules(database.db, 5);
  expect(found).toEqual({ cases: await count(database, `cases where state = 'open'`), diffs: [] });
  expect(sayDiffs(found)).toEqual([`${found.cases} open cases: nothing would change`]);
});

test('what would move is counted by rule, with so many examples by URN, and nothing is changed', async () => {
  const proclaimed = [{ date: await dayOfACustodyLimit(database), name: 'Jubilee' }];
  const before = await readAll(database);
  const touched = touchedBy(before, proclaimed);
  await proclaim(database, proclaimed);
  const { diffs } = await diffRules(database.db, 1);
  const moved = diffs.filter(({ kind }) => kind === 'moved');
  expect(moved.reduce((sum, diff) => sum + diff.count, 0)).toBe(touched.size);
  const rules = before.filter(({ id }) => touched.has(id)).map(({ rule }) => rule);
  expect(moved.map(({ rule }) => rule)).toEqual([...new Set(rules)].sort());
  for (const { examples } of moved) {
    expect(examples).toHaveLength(1);
    expect(examples[0]?.urn).toMatch(/^29Q/);
    expect(examples[0]?.before).not.toEqual(examples[0]?.after);
  }
  expect(await readAll(database)).toEqual(before);
});
