import { randomUUID } from 'node:crypto';
import type { Connection, Sql } from '../../db/connect.ts';
import type { AlertClass } from '../../db/schema/alerts.ts';
import type { Effect } from '../../src/alerts/fire.ts';
import type { Drains } from '../../src/alerts/sweep.ts';

export type AlertSpec = {
  class?: AlertClass;
  /** Milliseconds from now, by the hub's clock; the past unless given. */
  inMs?: number;
  at?: string;
  step?: string;
  version?: number;
  officer?: string;
};

/** The officers that cases and requests of tests belong to. */
export async function makeOfficers(sql: Sql): Promise<void> {
  await sql`
    insert into officers (collar, name, rank, email, station, supervisor) values
      ('PC1001', 'Zzyzx Quillfeather', 'constable', 'pc1001@force.invalid', 'Central', 'PS2001'),
      ('PC1002', 'Vrotham Ixby', 'constable', 'pc1002@force.invalid', 'Central', 'PS2001'),
      ('PS2001', 'Oblix Fennimark', 'sergeant', 'ps2001@force.invalid', 'Central', null)
    on conflict do nothing`;
}

/** Cases that do nothing but be there. */
export async function makeCases(sql: Sql, many: number): Promise<string[]> {
  await makeOfficers(sql);
  const rows = await sql<{ id: string }[]>`
    insert into cases (id, urn, kind, officer, team, received_at, created_at, created_by)
    select gen_random_uuid(), 'T' || gen_random_uuid(), 'crime', 'PC1001', 'crime', now(), now(), 'test'
    from generate_series(1, ${many}) returning id`;
  return rows.map(({ id }) => id);
}

/** One obligation with one alert on a case, as a rule or a ladder would make them. */
export async function makeAlert(
  sql: Sql,
  caseId: string,
  spec: AlertSpec = {},
): Promise<{ id: string; obligationId: string }> {
  const cls = spec.class ?? 'deadlines';
  const obligationId =
    cls === 'chasers' ? await makeRequest(sql, caseId, spec.officer) : await makeDeadline(sql, caseId);
  return { id: await addAlert(sql, caseId, obligationId, spec), obligationId };
}

/** A further alert of an obligation that stands. */
export async function addAlert(
  sql: Sql,
  caseId: string,
  obligationId: string,
  spec: AlertSpec,
): Promise<string> {
  const id = randomUUID();
  const { step = 'due', version = 1, inMs = -1_000, at = null } = spec;
  await sql`
    insert into alerts (id, class, obligation_id, version, step, case_id, fire_at, state, created_at)
    values (${id}, ${spec.class ?? 'deadlines'}, ${obligationId}, ${version}, ${step}, ${caseId},
      coalesce(${at}::timestamptz, hub_now() + ${inMs} * interval '1 millisecond'), 'pending', now())`;
  return id;
}

/**
 * Many deadlines with one alert each, spread over the cases; each falls due `everyMs` after the one before.
 */
export async function makeAlerts(
  sql: Sql,
  caseIds: string[],
  many: number,
  spec: { inMs?: number; everyMs?: number; class?: 'deadlines' | 'victim-updates' } = {},
): Promise<void> {
  await sql`
    with made as (
      insert into deadlines (id, case_id, rule, rule_version, calendar_version, subject_key, clock_key, facts,
        explanation, state, started_by, created_at, changed_at)
      select gen_random_uuid(), (${caseIds}::uuid[])[1 + n % ${caseIds.length}], 'test', 1, 't', n::text,
        gen_random_uuid()::text, '{}', '[]', 'pending', gen_random_uuid(), now(), now()
      from generate_series(0, ${many - 1}) n
      returning id, case_id, subject_key::int as n
    ), clock as materialized (select date_trunc('milliseconds', hub_now()) as now)
    insert into alerts (id, class, obligation_id, version, step, case_id, fire_at, state, created_at)
    select gen_random_uuid(), ${spec.class ?? 'deadlines'}, made.id, 1, 'due', made.case_id,
      clock.now + (${spec.inMs ?? -1_000} + made.n * ${spec.everyMs ?? 0}) * interval '1 millisecond', 'pending', now()
    from made, clock`;
}

async function makeDeadline(sql: Sql, caseId: string): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into deadlines (id, case_id, rule, rule_version, calendar_version, subject_key, clock_key, facts,
      explanation, state, started_by, created_at, changed_at)
    values (${id}, ${caseId}, 'test', 1, 't', ${id}, 'c', '{}', '[]', 'pending', ${randomUUID()}, now(), now())`;
  return id;
}

async function makeRequest(sql: Sql, caseId: string, officer = 'PC1001'): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into material_requests (id, case_id, key, material, why, due_on, officer, state, requested_by, created_at,
      changed_at)
    values (${id}, ${caseId}, ${id}, 'statement', 'test', '2026-01-05', ${officer}, 'outstanding', ${randomUUID()},
      now(), now())`;
  return id;
}

/** An effect that leaves one row for each firing, in the firing's transaction: what is doubled shows. */
export function recordingEffect(): Effect {
  return async (tx, fired) => {
    await tx.execute(
      `insert into fired_in_test (alert_id, step) values ${fired.map((a) => `('${a.id}', '${a.step}')`).join(', ')}`,
    );
    return new Map(fired.map((alert) => [alert.id, [{ kind: 'task' as const, id: alert.id }]]));
  };
}

/** The table that `recordingEffect` writes. No key on it: a second row must be possible, so that it can be found. */
export async function makeRecord(sql: Sql): Promise<void> {
  await sql`create table fired_in_test (
    alert_id uuid not null, step text not null, at timestamptz not null default clock_timestamp())`;
}

/** How often each alert's effect took place: [alerts with an effect, effects]. */
export async function effects(sql: Sql): Promise<{ alerts: number; effects: number }> {
  const [row] = await sql<{ alerts: number; effects: number }[]>`
    select count(distinct alert_id)::int as alerts, count(*)::int as effects from fired_in_test`;
  return row!;
}

/** How many alerts are in each state. */
export async function states(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; many: number }[]>`
    select state, count(*)::int as many from alerts group by state order by state`;
  return Object.fromEntries(rows.map(({ state, many }) => [state, many]));
}

/** Moves the hub's clock, as the demo does, without carrying anything out. */
export async function jump(connection: Pick<Connection, 'sql'>, ms: number): Promise<void> {
  await connection.sql`update hub_clock set ahead_ms = ahead_ms + ${ms}`;
}

export const noDrains: Drains = {
  deadlines: () => Promise.resolve(),
  'victim-updates': () => Promise.resolve(),
  chasers: () => Promise.resolve(),
  messages: () => Promise.resolve(),
  'bulk-messages': () => Promise.resolve(),
};
