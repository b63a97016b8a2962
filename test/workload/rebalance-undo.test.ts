import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readNow } from '../../db/read-now.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { recordEvent } from '../../src/cases/record-event.ts';
import { lockCase } from '../../src/cases/settle.ts';
import { recordingOf } from '../../src/http/case-access.ts';
import { isFailure } from '../../src/platform/failure.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Proposal } from '../../src/workload/rebalance/proposal.ts';
import { saveProposal } from '../../src/workload/rebalance/store.ts';
import { expectStatus, pull, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { apply, casesOf, undo } from './rebalance-stage.ts';
import { plant, replace } from './stage.ts';

const crime = ['cw-1', 'cw-2', 'cw-3', 'cw-4'];
const many = 5;
const monday = '2026-06-08T09:00:00+01:00';
let hub: TestHub;
let made: CaseJson[];
beforeAll(async () => {
  hub = await startTestHub({ now: monday });
  made = await casesOf(hub, 'cw-1', many);
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');

/** What can happen to a case that was moved, before the move is taken back. */
const allowed = ['a task is opened', 'a task goes to another', 'the court lists a hearing'] as const;
const keeping = ['somebody pulls', 'a note is written', 'it is given away', 'it is pinned'] as const;
type Happening = (typeof allowed)[number] | (typeof keeping)[number];

/** Of each case to whom it goes, if to anybody; whose its tasks are before; and what happens afterwards. */
const stories = fc.record({
  cases: fc.array(
    fc.record({
      shift: fc.integer({ min: 0, max: 3 }),
      tasksOf: fc.array(fc.constantFrom(...crime, null), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: many, maxLength: many },
  ),
  between: fc.subarray([...Array(many).keys()]),
  afterwards: fc.array(
    fc.record({
      at: fc.nat(many - 1),
      what: fc.constantFrom<Happening>(...allowed, ...allowed, ...keeping),
      to: fc.constantFrom(...crime),
    }),
    { maxLength: 4 },
  ),
  ticked: fc.option(fc.subarray([...Array(many).keys()]), { nil: undefined }),
});

type Owners = { caseworker: string | null; tasks: Map<string, string | null> };

/** Who has each case, and each of its open tasks by what it is of: what is called for anew is another row. */
async function owners(): Promise<Map<string, Owners>> {
  const rows = await hub.database.sql<
    { urn: string; caseworker: string | null; source: string | null; assignee: string | null }[]
  >`
    select c.urn, c.caseworker, t.source, t.assignee
    from cases c left join tasks t on t.case_id = c.id and t.state = 'open'`;
  const found = new Map<string, Owners>();
  for (const { urn, caseworker, source, assignee } of rows) {
    const one = found.get(urn) ?? { caseworker, tasks: new Map<string, string | null>() };
    if (source !== null) one.tasks.set(source, assignee);
    found.set(urn, one);
  }
  return found;
}

/** A proposal of just these moves, of the cases as they stand. */
async function proposalOf(moves: { one: CaseJson; from: string; to: string }[]): Promise<string> {
  const { db, sql } = hub.database;
  const versions = new Map(
    (await sql<{ id: string; version: number }[]>`select id, version from cases`).map((row) => [
      row.id,
      row.version,
    ]),
  );
  const now = await readNow(db);
  const standing = { overload: 0, cost: 0, fairness: 1, people: [] };
  const proposal: Proposal = {
    moves: moves.map(({ one, from, to }) => ({
      ...{ caseId: one.id, caseUrn: one.urn, caseVersion: versions.get(one.id) ?? 0, from, to },
      ...{ minutes: 30, cost: 10, reason: 'It is part of a story' },
    })),
    ...{ pinned: [], before: standing, after: standing, lowerBound: standing, gap: 0 },
    ...{ method: 'linear-programme', methodBecause: null, until: '2026-07-03' },
  };
  const id = newId();
  const expiresAt = '2100-01-01T00:00:00.000Z';
  const row = { id, kind: 'balance' as const, proposedBy: 'sr-1', proposedAt: now, expiresAt };
  await db.transaction((tx) => saveProposal(tx, row, proposal));
  return id;
}

/** Makes something happen to a case. Answers of which case it keeps the move from being taken back, if of any. */
async function happen(one: CaseJson, what: Happening, to: string, holder: string): Promise<string | null> {
  switch (what) {
    case 'a task is opened':
      await plant(hub, one.id, [{ assignee: holder }]);
      return null;
    case 'a task goes to another': {
      const [task] = await hub.database.sql<{ id: string }[]>`
        select id from tasks where case_id = ${one.id} and state = 'open' and kind = 'planted'
          and claimed_by is null and assignee is distinct from ${to} order by id limit 1`;
      if (task !== undefined)
        await expectStatus(
          200,
          senior().post(`/api/tasks/${task.id}/reassign`, { to, reason: 'They know it' }),
        );
      return null;
    }
    case 'the court lists a hearing':
      await listHearing(one);
      return null;
    case 'somebody pulls':
      return (await pull(hub.as(holder), holder)).caseUrn;
    case 'a note is written':
      await expectStatus(
        201,
        hub.as(holder).post(`/api/cases/${one.urn}/hand-over-notes`, { note: 'The exhibits are in Norwich' }),
      );
      return one.urn;
    case 'it is given away': {
      const given = await senior().post(`/api/cases/${one.urn}/caseworker`, { to, reason: 'They asked' });
      return given.status === 200 ? one.urn : null;
    }
    case 'it is pinned':
      await expectStatus(200, replace(hub, `/api/cases/${one.urn}/pin`, { reason: 'For the family' }));
      return one.urn;
  }
}

/** A week later each time: a hearing is not listed twice. */
let listed = 0;

/** As a court's message does it: by a feed, which is nobody who works on the case. */
async function listHearing({ id }: CaseJson): Promise<void> {
  await hub.database.db.transaction(async (tx) => {
    const row = await lockCase(tx, id);
    const on = '2026-06-08';
    const data = {
      on: addDays('2026-07-21', 7 * listed++),
      court: 'magistrates',
      courtName: 'Leeds Magistrates’ Court',
      type: 'trial',
    };
    const actor = { id: 'feed-1', requestId: null };
    const recorded = await recordEvent(
      tx,
      row!,
      { type: 'hearing-listed', on, data },
      await recordingOf(tx, actor),
    );
    expect(isFailure(recorded), JSON.stringify(recorded)).toBe(false);
  });
}

/** What was in hand is given back, and what was pinned let go, for the next story. */
async function tidy(): Promise<void> {
  await hub.database.sql`update case_pins set pinned = false`;
  await hub.database.sql`
    update tasks set claimed_by = null, claim_token = null, claim_until = null where claimed_by is not null`;
  await hub.database
    .sql`update claims set ended_at = clock_timestamp(), how = 'released' where ended_at is null`;
}

test('undoing gives each case and each task back to whoever had it, whatever else happened, or says by name why not', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ({ cases, between, afterwards, ticked }) => {
      await tidy();
      for (const [i, { tasksOf }] of cases.entries())
        await plant(
          hub,
          made[i]!.id,
          tasksOf.map((assignee) => ({ assignee })),
        );
      const has = await owners();
      const moves = made.flatMap((one, i) => {
        const from = has.get(one.urn)?.caseworker ?? '';
        const to = crime[(crime.indexOf(from) + (cases[i]?.shift ?? 0)) % crime.length] ?? '';
        return to === from ? [] : [{ one, from, to }];
      });
      if (moves.length === 0) return;
      const id = await proposalOf(moves);
      for (const i of between)
        await plant(hub, made[i]!.id, [{ assignee: has.get(made[i]!.urn)!.caseworker }]);
      const before = await owners();

      const done = await apply(hub, id);
      expect(done.refused).toEqual([]);
      const after = await owners();
      for (const { one, from, to } of moves) {
        const { caseworker, tasks } = after.get(one.urn)!;
        expect(caseworker).toBe(to);
        expect([...tasks.values()], 'nothing is left behind').not.toContain(
          [...before.get(one.urn)!.tasks.values()].includes(from) ? from : 'nobody',
        );
      }
      const planted = (all: Map<string, Owners>) =>
        [...all].flatMap(([urn, { tasks }]) =>
          [...tasks.keys()].filter((source) => source.startsWith('planted:')).map((one) => `${urn} ${one}`),
        );
      expect(planted(after).sort(), 'no work is lost or made').toEqual(planted(before).sort());

      const kept = new Set<string>();
      for (const { at, what, to } of afterwards) {
        const one = made[at]!;
        const holder = (await owners()).get(one.urn)?.caseworker ?? '';
        const urn = await happen(one, what, to, holder);
        if (urn !== null) kept.add(urn);
      }
      const changed = await owners();
      const wanted = moves.filter(({ one }) => ticked === undefined || ticked.includes(made.indexOf(one)));
      if (wanted.length === 0) return;
      const back = await undo(hub, id, { moves: wanted.map(({ one }) => one.urn) });
      const urns = wanted.map(({ one }) => one.urn).sort();
      expect(back.refused.map(({ caseUrn }) => caseUrn).sort()).toEqual(urns.filter((urn) => kept.has(urn)));
      expect(back.undone.map(({ caseUrn }) => caseUrn).sort()).toEqual(urns.filter((urn) => !kept.has(urn)));

      const now = await owners();
      const isBack = new Set(back.undone.map(({ caseUrn }) => caseUrn));
      for (const { urn } of made) {
        const [is, was, had] = [now.get(urn)!, changed.get(urn)!, before.get(urn)!];
        if (!isBack.has(urn)) {
          expect(is, 'what is not taken back stays as it was').toEqual(was);
          continue;
        }
        expect(is.caseworker).toBe(had.caseworker);
        for (const [source, assignee] of had.tasks)
          if (is.tasks.has(source)) expect(is.tasks.get(source), source).toBe(assignee);
          else {
            const isClosedSince = after.get(urn)?.tasks.has(source) === true && !was.tasks.has(source);
            expect(isClosedSince, `${source} is lost`).toBe(true);
          }
        for (const [source, assignee] of is.tasks)
          if (!had.tasks.has(source))
            expect(assignee, `${source}, which is new`).not.toBe(after.get(urn)?.caseworker);
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
