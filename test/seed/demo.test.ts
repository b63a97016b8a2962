import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '../../db/seed/demo.ts';
import { surnameCount, surnameOf } from '../../db/seed/invented-people.ts';
import { readNow } from '../../db/read-now.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { bandEdges, bandOf, bands } from '../../src/tasks/urgency.ts';
import {
  caseEvents,
  cases,
  contacts,
  defendants,
  materialRequests,
  people,
  tasks,
} from '../../db/schema/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const caseworkers = { crime: ['cw-1', 'cw-2', 'cw-3', 'cw-4'], traffic: ['cw-5', 'cw-6', 'cw-7', 'cw-8'] };

describe('the demo', () => {
  let database: TestDatabase;
  let first: Awaited<ReturnType<typeof seedDemo>>;

  beforeAll(async () => {
    database = await testDatabase();
    first = await seedDemo(database.db, ENGLAND_AND_WALES);
  });
  afterAll(() => database.close());

  it('is planted with about sixty cases', async () => {
    expect(first.planted).toBe(true);
    expect(first.cases).toBe((await database.db.select().from(cases)).length);
    expect(first.cases).toBeGreaterThanOrEqual(55);
  });

  it('plants nothing when it is called again, also by two processes at once', async () => {
    const again = await Promise.all([1, 2].map(() => seedDemo(database.db, ENGLAND_AND_WALES)));
    expect(again).toEqual(Array(2).fill({ planted: false, cases: 0 }));
    expect(await database.db.select().from(cases)).toHaveLength(first.cases);
  });

  it('is planted once by two processes that start together', async () => {
    const other = await testDatabase();
    try {
      const answers = await Promise.all([1, 2].map(() => seedDemo(other.db, ENGLAND_AND_WALES)));
      expect(answers.reduce((sum, answer) => sum + answer.cases, 0)).toBe(first.cases);
      expect(await other.db.select().from(cases)).toHaveLength(first.cases);
    } finally {
      await other.close();
    }
  });

  it('plants the team that is missing when it was stopped between the two', async () => {
    const other = await testDatabase();
    try {
      // A trigger stands for the kill: the last case of the traffic team is refused, and the team with it.
      await other.sql.unsafe(`
        create function stop_here() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
        create trigger stop_here before insert on installation for each row
          when (new.name = 'demo-cases:traffic') execute function stop_here()`);
      await expect(seedDemo(other.db, ENGLAND_AND_WALES)).rejects.toThrow();
      const teams = (await other.db.select().from(cases)).map(({ team }) => team);
      expect(new Set(teams)).toEqual(new Set(['crime']));
      await other.sql.unsafe('drop trigger stop_here on installation');
      expect(await seedDemo(other.db, ENGLAND_AND_WALES)).toEqual({
        planted: true,
        cases: first.cases - teams.length,
      });
      expect(await other.db.select().from(cases)).toHaveLength(first.cases);
    } finally {
      await other.close();
    }
  });

  it('gives every caseworker open work, and each team work of every band', async () => {
    const now = await readNow(database.db);
    const edges = bandEdges(ENGLAND_AND_WALES, now);
    const open = (await database.db.select().from(tasks)).filter(({ state }) => state === 'open');
    for (const team of ['crime', 'traffic'] as const) {
      for (const id of caseworkers[team])
        expect(open.filter(({ assignee }) => assignee === id).length, id).toBeGreaterThan(2);
      const found = new Set(open.filter((task) => task.team === team).map((task) => bandOf(task, edges)));
      expect(
        bands.filter((band) => !found.has(band)),
        team,
      ).toEqual([]);
    }
  });

  it('shows a case in every state', async () => {
    const all = await database.db.select().from(cases);
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['open', 'finalised']));
    expect(all.filter(({ restricted }) => restricted).map(({ team }) => team)).toEqual(
      expect.arrayContaining(['crime', 'traffic']),
    );
    for (const row of all.filter(({ restricted }) => restricted))
      expect(row.visibleTo).toContain(row.caseworker);
    const types = new Set((await database.db.select().from(caseEvents)).map(({ type }) => type));
    const expected = [
      ...['bailed', 'plea-entered', 'trial-listed', 'hearing-listed', 'hearing-moved', 'hearing-vacated'],
      ...['sent-to-crown-court', 'custody-limit-extended', 'custody-limit-confirmed', 'statement-taken'],
      ...['initial-disclosure-served', 'document-served', 'action-plan-received', 'court-directions-given'],
      ...['file-checked', 'material-received', 'material-requested', 'officer-answered', 'officer-changed'],
      ...['contact-attempted', 'witness-required', 'convicted', 'acquitted', 'sentenced', 'discontinued'],
      ...['warrant-issued', 'defendant-died', 'appeal-lodged', 'finalised'],
    ];
    expect(expected.filter((type) => !types.has(type))).toEqual([]);
    const initiations = await database.sql`
      select distinct data ->> 'initiation' as initiation from case_events where type = 'case-received'`;
    expect(initiations).toHaveLength(3);
  });

  it('owes contacts to victims, of both entitlements, and none to those who prefer none', async () => {
    const all = await database.db.select().from(contacts);
    const owed = all.filter(({ state }) => state === 'owed');
    expect(new Set(owed.map(({ entitlement }) => entitlement))).toEqual(new Set(['standard', 'enhanced']));
    expect(all.some(({ state }) => state === 'made')).toBe(true);
    const silent = (await database.db.select().from(people)).filter(({ preferred }) => preferred === 'none');
    expect(silent.length).toBeGreaterThan(0);
    for (const { id } of silent) expect(owed.filter(({ personId }) => personId === id)).toEqual([]);
  });

  it('has material outstanding from many officers, some of it answered for', async () => {
    const outstanding = (await database.db.select().from(materialRequests)).filter(
      ({ state }) => state === 'outstanding',
    );
    expect(new Set(outstanding.map(({ officer }) => officer)).size).toBeGreaterThan(10);
    expect(new Set(outstanding.map(({ answer }) => answer))).toEqual(
      new Set([null, 'sent', 'late', 'not-mine', 'cannot']),
    );
  });

  it('keeps personal details in the tables that hold them', async () => {
    const known = [
      ...(await database.db.select().from(defendants)).map(({ name }) => name),
      ...(await database.db.select().from(people)).map(({ name }) => name),
    ].map((name) => name.split(' ').at(-1) ?? '');
    expect(new Set(known).size).toBe(known.length);
    const invented = new Set(Array.from({ length: surnameCount }, (_, index) => surnameOf(index)));
    expect(known.filter((surname) => !invented.has(surname))).toEqual([]);
    const [row] = await database.sql<{ text: string }[]>`
      select concat_ws(' ',
        (select string_agg(data::text, ' ') from case_events),
        (select string_agg(detail::text, ' ') from history),
        (select string_agg(title || ' ' || why::text || ' ' || subject::text || ' ' || source, ' ') from tasks),
        (select string_agg(facts::text || ' ' || explanation::text, ' ') from deadlines),
        (select string_agg(facts::text, ' ') from messages),
        (select string_agg(material || ' ' || why, ' ') from material_requests)) as text`;
    const text = (row?.text ?? '').toLowerCase();
    expect(text.length).toBeGreaterThan(10_000);
    expect(known.filter((surname) => text.includes(surname.toLowerCase()))).toEqual([]);
    expect(text).not.toMatch(/07700 9\d{5}|01632 96\d{4}|mail\.example/);
  });
});
