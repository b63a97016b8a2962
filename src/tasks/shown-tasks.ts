import { getTableColumns } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database, Sql } from '../../db/connect.ts';
import { runHotForValues } from '../../db/hot-statement.ts';
import { instantOf } from '../../db/schema/columns.ts';
import { tasks } from '../../db/schema/index.ts';
import type { TaskRow } from './store.ts';

/** What a list shows of a task, in the order in which `shownOf` reads it. */
const shownFields = [
  ...(['id', 'kind', 'title', 'caseId', 'deadlineId', 'requestId', 'subject', 'why'] as const),
  ...(['team', 'assignee', 'visibleTo', 'consequence', 'danger', 'alwaysCritical', 'dueAt'] as const),
  ...(['effortMinutes', 'state', 'deferredUntil', 'deferredWhy', 'risesAt', 'chasingFailed'] as const),
  ...(['claimedBy', 'claimToken', 'claimUntil', 'outcome', 'note', 'createdAt', 'version'] as const),
] as const;
export type ShownTask = Pick<TaskRow, (typeof shownFields)[number]>;
/** A task, with the URN and the defendants of its case. */
export type Shown = { task: ShownTask; urn: string | null; defendants: string[] };

/** A task as some transaction wrote it: `writer` is the row's `xmin`, which is another after every change. */
export type Written = { id: string; writer: string };

type FieldsOf<Names extends readonly (keyof TaskRow)[]> = { -readonly [I in keyof Names]: TaskRow[Names[I]] };
type Row = [...FieldsOf<typeof shownFields>, writer: string, urn: string | null, defendants: string[] | null];

const columns = getTableColumns(tasks);
const statement = `select ${shownFields.map((field) => `t.${columns[field].name}`).join()},
    t.xmin::text as writer, c.urn, c.defendant_names
  from jsonb_array_elements_text($1::text::jsonb) asked
    join tasks t on t.id = asked::uuid left join cases c on c.id = t.case_id`;

/** Lists of so many caseworkers of a large force as they lie side by side; a task takes about a kilobyte. */
const mostKept = 20_000;
const keptOf = new WeakMap<Sql, LRUCache<string, Shown>>();

/**
 * What lists show of these tasks. People look at the same lists again and again, and between two looks hardly a task of
 * them changes: to write the columns out and to read them takes longer than to find the tasks, so each is read once for
 * each time that it is written. The URN and the defendants of a case never change. Who may see them is for the caller to decide.
 * @returns by id; a task that was changed after it was found is as it is now
 */
export async function readShownTasks(
  db: Database,
  found: readonly Written[],
): Promise<ReadonlyMap<string, Shown>> {
  const kept = keptOf.get(db.$client) ?? new LRUCache<string, Shown>({ max: mostKept });
  keptOf.set(db.$client, kept);
  const shown = new Map<string, Shown>();
  const missing: string[] = [];
  for (const one of found) {
    const known = kept.get(keyOf(one));
    if (known === undefined) missing.push(one.id);
    else shown.set(one.id, known);
  }
  if (missing.length === 0) return shown;
  for (const row of await runHotForValues<Row>(db, statement, [JSON.stringify(missing)])) {
    const one = shownOf(row);
    kept.set(keyOf({ id: one.task.id, writer: row[28] }), one);
    shown.set(one.task.id, one);
  }
  return shown;
}

const keyOf = ({ id, writer }: Written) => `${id} ${writer}`;

/** Written out, so that all have one shape: what reads them afterwards is several times as fast. */
function shownOf(row: Row): Shown {
  const task: ShownTask = {
    id: row[0],
    kind: row[1],
    title: row[2],
    caseId: row[3],
    deadlineId: row[4],
    requestId: row[5],
    subject: row[6],
    why: row[7],
    team: row[8],
    assignee: row[9],
    visibleTo: row[10],
    consequence: row[11],
    danger: row[12],
    alwaysCritical: row[13],
    dueAt: instantOf(row[14]),
    effortMinutes: row[15],
    state: row[16],
    deferredUntil: instantOrNull(row[17]),
    deferredWhy: row[18],
    risesAt: instantOf(row[19]),
    chasingFailed: row[20],
    claimedBy: row[21],
    claimToken: row[22],
    claimUntil: instantOrNull(row[23]),
    outcome: row[24],
    note: row[25],
    createdAt: instantOf(row[26]),
    version: row[27],
  };
  return { task, urn: row[29], defendants: row[30] ?? [] };
}

const instantOrNull = (value: string | null) => (value === null ? null : instantOf(value));
