import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { readNow } from '../db/read-now.ts';
import { seedPeople } from '../db/seed/people.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { rules } from '../src/deadlines/rules/register.ts';
import { isFailure, type Failure } from '../src/platform/failure.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { newId } from '../src/platform/ids.ts';
import { applyRebalance } from '../src/workload/rebalance/apply.ts';
import { requestProposal } from '../src/workload/rebalance/request-proposal.ts';
import { saveProposal, type MoveOfCase } from '../src/workload/rebalance/store.ts';
import { undoRebalance } from '../src/workload/rebalance/undo.ts';
import { plantCases, plantStaff } from './support/caseload.ts';
import { report, type Pair } from './support/ratios.ts';

const cases = Number(process.env['B6_APPLIED_CASES'] ?? 1_000);
const pairsOf = 5;
const reading = { calendar: ENGLAND_AND_WALES, rules };
const actor = { id: 'sr-1', requestId: null };

/**
 * About five hundred moves of cases as the hub makes them (history, an event each, tasks, what victims are owed, whoever is
 * told), applied and taken back, each in one transaction; beside it two statements that only set whose those cases
 * and their open tasks are, which is what a spreadsheet would do.
 */
export async function benchApply(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
  const connection = connect(server.address, { max: 10 });
  try {
    await migrate(connection);
    await seedPeople(connection.db);
    // Half of the people have all of the cases, so that about half of the cases have to move.
    const staff = await plantStaff(connection.db, 20);
    await plantCases(connection.db, cases, staff.slice(0, 10), ENGLAND_AND_WALES);
    await connection.sql`vacuum (analyze)`;
    const [applied, undone]: [Pair[], Pair[]] = [[], []];
    const moves: number[] = [];
    for (let i = 0; i < pairsOf; i++) {
      const id = await proposed(connection);
      const forth = await timed(() => applyNow(connection, id));
      applied.push({ ours: forth.seconds, baseline: await setOwners(connection, forth.moves, 'to') });
      const back = await timed(() => undoNow(connection, id));
      undone.push({ ours: back.seconds, baseline: await setOwners(connection, back.moves, 'from') });
      moves.push(forth.moves.length);
      if (back.moves.length !== forth.moves.length) throw new Error('not all that moved was taken back');
    }
    const what = `${moves.join(', ')} moves in one transaction, beside one UPDATE of the cases and one of their tasks`;
    report('b6-apply', `applying ${what}`, 's', applied, { moves, load: loadavg() });
    report('b6-undo', `taking back ${what}`, 's', undone, { moves, load: loadavg() });
  } finally {
    await connection.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function proposed({ db }: Connection): Promise<string> {
  const now = await readNow(db);
  const planned = whole(await requestProposal(db, actor.id, { team: 'crime' }, { now, ...reading }));
  const id = newId();
  const times = { proposedBy: actor.id, proposedAt: now, expiresAt: '2100-01-01T00:00:00.000Z' };
  await db.transaction((tx) => saveProposal(tx, { id, kind: 'balance', ...times }, planned.proposal));
  return id;
}

function applyNow({ db }: Connection, id: string): Promise<MoveOfCase[]> {
  return db.transaction(async (tx) => {
    const recording = { now: await readNow(tx), ...reading, actor };
    return whole(await applyRebalance(tx, id, {}, recording)).applied;
  });
}

function undoNow({ db }: Connection, id: string): Promise<MoveOfCase[]> {
  return db.transaction(async (tx) => {
    const recording = { now: await readNow(tx), ...reading, actor };
    return whole(await undoRebalance(tx, id, undefined, recording)).undone;
  });
}

/** Says in the same rows what they say already, as bare as can be. */
async function setOwners(
  { sql }: Connection,
  moves: readonly MoveOfCase[],
  whose: 'from' | 'to',
): Promise<number> {
  const rows = JSON.stringify(moves.map((move) => ({ id: move.caseId, owner: move[whose] })));
  const { seconds } = await timed(() =>
    sql.begin(async (tx) => {
      const given = tx`jsonb_to_recordset(${rows}::text::jsonb) g(id uuid, owner text)`;
      await tx`update cases c set caseworker = g.owner from ${given} where c.id = g.id`;
      await tx`
        update tasks t set assignee = g.owner from ${given} where t.case_id = g.id and t.state = 'open'`;
      return [];
    }),
  );
  return seconds;
}

async function timed<T>(work: () => Promise<T>): Promise<{ moves: T; seconds: number }> {
  const start = performance.now();
  const moves = await work();
  return { moves, seconds: (performance.now() - start) / 1_000 };
}

function whole<T extends object>(answer: T | Failure): T {
  if (isFailure(answer)) throw new Error(answer.detail);
  return answer;
}
