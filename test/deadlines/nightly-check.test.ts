import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readNow } from '../../db/read-now.ts';
import { deadlines, tasks } from '../../db/schema/index.ts';
import { seedDemo } from '../../db/seed/demo.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { businessDayOnOrAfter, isBeyondCalendar } from '../../src/calendar/holiday-calendar.ts';
import { checkTonight, nightOf } from '../../src/cases/nightly-check.ts';
import { recompute } from '../../src/cases/recompute.ts';
import { calendarOfVersion } from '../../src/deadlines/store-calendar.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { dayOfACustodyLimit, proclaim, readAll } from './recompute-stage.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  await seedDemo(hub.hub.db, ENGLAND_AND_WALES);
});
afterAll(() => hub.close());

type Checks = {
  items: { night: string; checked: number; differing: number; differences: { deadlineId: string }[] }[];
};
const checks = async (as = 'admin-1') => (await hub.as(as).get<Checks>('/api/deadline-checks')).body.items;

/** Moves the hub's clock on by days; answers the night whose check is due then. */
async function laterBy(days: number): Promise<string> {
  const now = await readNow(hub.hub.db);
  await hub.setClock(new Date(Date.parse(now) + days * 86_400_000).toISOString());
  return nightOf(await readNow(hub.hub.db));
}

test('the night begins at two in the morning in London, in summer and on the night that the clocks change', () => {
  expect(nightOf('2026-06-10T00:59:59.999Z')).toBe('2026-06-09');
  expect(nightOf('2026-06-10T01:00:00.000Z')).toBe('2026-06-10');
  expect(nightOf('2026-10-25T01:59:59.999Z')).toBe('2026-10-24');
  expect(nightOf('2026-10-25T02:00:00.000Z')).toBe('2026-10-25');
  expect(nightOf('2027-03-28T00:59:59.999Z')).toBe('2027-03-27');
  expect(nightOf('2027-03-28T01:00:00.000Z')).toBe('2027-03-28');
});

test('every stored date is what its own facts, rule version and calendar version give, through changes of the calendar', async () => {
  const { database } = hub;
  const holiday = await dayOfACustodyLimit(database);
  await proclaim(database, [{ date: holiday, name: 'Jubilee' }]);
  await recompute(database.db);
  // Four weeks on there may be Christmas, which is a holiday already.
  const another = businessDayOnOrAfter(ENGLAND_AND_WALES, addDays(holiday, 28));
  if (isBeyondCalendar(another)) throw new Error('the calendar ends too soon');
  await proclaim(database, [{ date: another, name: 'Coronation' }]);
  await recompute(database.db);
  const rows = await readAll(database);
  const versions = new Set(rows.map(({ calendarVersion }) => calendarVersion));
  expect(versions.size).toBeGreaterThan(1);
  for (const version of versions)
    expect((await calendarOfVersion(database.db, version))?.version).toBe(version);
  expect(await checkTonight(database.db)).toMatchObject({
    night: nightOf(await readNow(database.db)),
    checked: rows.length,
    differing: 0,
    differences: [],
  });
});

test('a night is checked once, whichever process comes first', async () => {
  const tonight = await laterBy(1);
  const both = await Promise.all([checkTonight(hub.hub.db), checkTonight(hub.hub.db)]);
  expect(both.filter((check) => check !== null)).toHaveLength(1);
  expect(await checkTonight(hub.hub.db)).toBeNull();
  expect((await checks()).map(({ night }) => night)).toEqual([tonight, addDays(tonight, -1)]);
});

test('a date that was changed behind the hub’s back is found, and an administrator gets a task', async () => {
  const tonight = await laterBy(4);
  const [row] = await hub.hub.db
    .update(deadlines)
    .set({ legalDue: sql`legal_due + 1` })
    .where(
      sql`id = (select id from deadlines where legal_due is not null and state = 'pending' order by id limit 1)`,
    )
    .returning();
  expect(await checkTonight(hub.hub.db)).toMatchObject({ night: tonight, differing: 1 });
  const [newest] = await checks('audit-1');
  expect(newest?.differences.map(({ deadlineId }) => deadlineId)).toEqual([row?.id]);
  const [task] = await hub.hub.db.select().from(tasks).where(eq(tasks.kind, 'deadline-check'));
  expect(task).toMatchObject({ state: 'open', team: 'administration', caseId: null });
});

test('a date whose calendar or rule is not known any more is found as well', async () => {
  await laterBy(1);
  await hub.hub.db.execute(sql`update deadlines set calendar_version = 'lost'
    where id = (select max(id::text)::uuid from deadlines where state = 'pending')`);
  await hub.hub.db.execute(sql`update deadlines set rule_version = 99
    where id = (select max(id::text)::uuid from deadlines where calendar_version <> 'lost' and state = 'pending')`);
  expect(await checkTonight(hub.hub.db)).toMatchObject({ differing: 3 });
});

test('the checks are for administrators and auditors', async () => {
  for (const who of ['cw-1', 'sr-1', 'feed-1'])
    expect((await hub.as(who).get('/api/deadline-checks')).status).toBe(403);
  expect((await hub.anyone.get('/api/deadline-checks')).status).toBe(401);
});
