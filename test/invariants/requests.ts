import { sql } from 'drizzle-orm';
import type { RecordedRequest } from '../support/recorded-client.ts';
import type { Asked, Evidence } from './evidence.ts';

const isSuccess = ({ status }: RecordedRequest) => status >= 200 && status < 400;
const isChange = ({ method }: RecordedRequest) => method !== 'GET';
/** Of the hub's own; what the demo alone has shows no case to anybody in particular. */
const isOfHub = ({ path }: RecordedRequest) => /^\/(api|r)\//.test(path);

/**
 * Invariants 1, 2, 17 and 20 over the requests that were made: what was acknowledged is there, took effect once, was
 * written down with who saw which case, and nothing failed for a reason nobody expected.
 */
export async function requestProblems(db: Asked, evidence: Evidence): Promise<string[]> {
  const made = (evidence.requests ?? []).filter(isOfHub);
  const acknowledged = made.filter(isSuccess);
  return [
    ...made
      .filter(({ status }) => status >= 500 && !(evidence.outage === true && status === 503))
      .map(({ method, path, status }) => `20: ${method} ${path} answered ${status}`),
    ...(await missing(db, acknowledged)),
    ...twoAnswers(acknowledged),
    ...(await unwritten(db, acknowledged)),
    ...(await unseen(db, acknowledged)),
  ];
}

type Versioned = { id: string; version: number };

/** Invariant 1: every id that a change was answered with is there, at that version or a later one. */
async function missing(db: Asked, acknowledged: readonly RecordedRequest[]): Promise<string[]> {
  const rows = await db.execute<{ id: string; version: number }>(sql`
    select id::text, version from cases union all select id::text, version from deadlines
    union all select id::text, version from tasks union all select id::text, version from material_requests
    union all select id::text, version from people union all select id::text, version from agencies
    union all select id::text, max(version) from standing_requests group by id`);
  const stored = new Map(rows.map(({ id, version }) => [id, version]));
  const events = new Set(
    (
      await db.execute<{ id: string }>(sql`
      select id::text from case_events union all select id::text from contact_attempts`)
    ).map(({ id }) => id),
  );
  return acknowledged.filter(isChange).flatMap(({ method, path, body }) => {
    const told = objectsIn(body);
    const versioned = told.filter(
      (one): one is Versioned => typeof one['id'] === 'string' && typeof one['version'] === 'number',
    );
    const noted = told.filter((one) => 'supersedes' in one || ('channel' in one && 'result' in one));
    return [
      ...versioned
        .filter(({ id, version }) => (stored.get(id) ?? -1) < version)
        .map(({ id, version }) => `1: ${method} ${path} was answered with ${id} at version ${version}`),
      ...noted
        .filter(({ id }) => !events.has(id as string))
        .map(({ id }) => `1: ${method} ${path} was answered with ${String(id)}, which is gone`),
    ];
  });
}

/** Invariant 2: one key has one answer. */
function twoAnswers(acknowledged: readonly RecordedRequest[]): string[] {
  const answers = new Map<string, string>();
  return acknowledged.flatMap((request) => {
    const { key, text } = request;
    if (key === undefined) return [];
    const first = answers.get(sameRequest(request)) ?? text;
    answers.set(sameRequest(request), first);
    return first === text ? [] : [`2: ${request.method} ${request.path} had two answers for one key`];
  });
}

const sameRequest = ({ who, method, path, key }: RecordedRequest) => `${who} ${method} ${path} ${key}`;

/** Invariant 17: each change that was acknowledged has rows of history under the id of its request. */
async function unwritten(db: Asked, acknowledged: readonly RecordedRequest[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select distinct request_id as id from history where request_id is not null`,
  );
  const written = new Set(rows.map(({ id }) => id));
  const changes = acknowledged
    .filter(isChange)
    .filter(({ status, path }) => status !== 204 && !/\/(renew|calculate)$/.test(path));
  const once = new Set(changes.filter(({ requestId }) => written.has(requestId)).map(sameRequest));
  return changes
    .filter((request) => !written.has(request.requestId))
    .filter((request) => request.key === undefined || !once.has(sameRequest(request)))
    .map(({ method, path }) => `17: ${method} ${path} left nothing in the history`);
}

/** Invariant 17: each answer that showed a case has a row for it in the log of who saw what. */
async function unseen(db: Asked, acknowledged: readonly RecordedRequest[]): Promise<string[]> {
  const rows = await db.execute<{ seen: string }>(
    sql`select a.request_id || ' ' || c.urn as seen from case_access a join cases c on c.id = a.case_id`,
  );
  const seen = new Set(rows.map((row) => row.seen));
  const known = new Set(
    (await db.execute<{ urn: string }>(sql`select urn from cases`)).map(({ urn }) => urn),
  );
  const replayed = new Set<string>();
  return acknowledged.flatMap((request) => {
    const { method, path, body, requestId, key } = request;
    // A stored answer goes to the one who had it before, by their own key.
    const isReplay = key !== undefined && replayed.has(sameRequest(request));
    replayed.add(sameRequest(request));
    const fromPath = /^\/api\/cases\/([^/?]+)/.exec(path)?.[1];
    const urns = new Set([
      ...(fromPath === undefined ? [] : [fromPath.toUpperCase()]),
      ...objectsIn(body).flatMap(({ urn, caseUrn }) =>
        [urn, caseUrn].filter((one) => typeof one === 'string'),
      ),
    ]);
    return isReplay
      ? []
      : [...urns]
          // What a court says of a case that is not here shows none.
          .filter((urn) => known.has(urn) && !seen.has(`${requestId} ${urn}`))
          .map((urn) => `17: ${method} ${path} showed case ${urn}, and nothing says to whom`);
  });
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}
