import type postgres from 'postgres';
import type { Connection } from '../../db/connect.ts';
import { createApp } from '../../src/http/create-app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { DemoIssuer } from '../../src/staff/demo-issuer.ts';
import type { ApiServer, Reply } from './api-server.ts';
import { refresh, replayScript, type BatchRecorder, type Script, type Standing } from './recorded-batches.ts';

/** What somebody was given, and how long they waited for it. */
export type Given = { taskId: string; who: string; ms: number };
/** Pulls for a person and completes what they are given. */
export type Cycle = (who: string) => Promise<Given>;

type Pulled = { task: { id: string; claim: { token: string } } };

/** Pulls and completes over HTTP, each person with a token of their own. */
export function httpCycle(api: ApiServer, tokens: ReadonlyMap<string, string>): Cycle {
  return async (who) => {
    const headers = { Authorization: `Bearer ${tokens.get(who) ?? ''}` };
    const start = performance.now();
    const pulled = expectOk(await api.send('POST', `/api/caseworkers/${who}/next-task`, headers));
    const ms = performance.now() - start;
    const { task } = JSON.parse(pulled) as Pulled;
    const done = { claim: task.claim.token, outcome: 'done' };
    expectOk(await api.send('POST', `/api/tasks/${task.id}/complete`, headers, done));
    return { taskId: task.id, who, ms };
  };
}

function expectOk({ status, text }: Reply): string {
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return text;
}

/** What one person's pull and completion sent to Postgres, and the ids in it. */
export type Recorded = {
  who: string;
  pull: Script;
  complete: Script;
  taskId: string;
  claim: string;
  caseId: string;
};

/** Takes down what a pull and its completion send, by doing both once. */
export async function recordCycle(
  connection: Connection,
  recorder: BatchRecorder,
  issuer: DemoIssuer,
  who: string,
): Promise<Recorded> {
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const { db, sql } = connection;
  const hub = { db, sql, config: read.config, logger: createLogger('silent') };
  const app = createApp({ hub, verifyToken: issuer.verifyToken });
  const headers = { Authorization: `Bearer ${await issuer.issue(who)}`, 'Content-Type': 'application/json' };
  const post = async (path: string, body?: object) => {
    const answer = await app.request(path, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return JSON.parse(expectOk({ status: answer.status, text: await answer.text() })) as unknown;
  };
  let pulled: unknown;
  const pull = await recorder.record(
    async () => void (pulled = await post(`/api/caseworkers/${who}/next-task`)),
  );
  const { task } = pulled as Pulled;
  const complete = await recorder.record(() =>
    post(`/api/tasks/${task.id}/complete`, { claim: task.claim.token, outcome: 'done' }),
  );
  const [row] = await sql<{ case_id: string }[]>`select case_id from tasks where id = ${task.id}`;
  return { who, pull, complete, taskId: task.id, claim: task.claim.token, caseId: row?.case_id ?? '' };
}

/** Sends what a pull and its completion send, through postgres.js and nothing else, for whoever pulls. */
export function bareCycle(sql: postgres.Sql, recordedFor: (who: string) => Recorded): Cycle {
  return async (who) => {
    const recorded = recordedFor(who);
    const standing: Standing = new Map([[recorded.who, who]]);
    refresh(standing, recorded.claim);
    const learn = (row: Record<string, unknown>) => {
      if (typeof row['id'] === 'string' && row['id'] !== who && !standing.has(recorded.taskId))
        standing.set(recorded.taskId, row['id']);
      if (typeof row['case_id'] === 'string') standing.set(recorded.caseId, row['case_id']);
    };
    const start = performance.now();
    await replayScript(sql, recorded.pull, standing, learn);
    const ms = performance.now() - start;
    const taskId = standing.get(recorded.taskId);
    if (taskId === undefined) throw new Error('the bare statements gave nothing');
    await replayScript(sql, recorded.complete, standing, () => undefined);
    return { taskId, who, ms };
  };
}

/** Keeps so many people pulling and completing for a time, each by themselves one after the other. */
export async function keepGoing(
  people: readonly string[],
  inFlight: number,
  seconds: number,
  cycle: Cycle,
): Promise<{ perSecond: number; given: Given[] }> {
  const free = [...people];
  const given: Given[] = [];
  const start = performance.now();
  const isOver = () => performance.now() - start > seconds * 1_000;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (!isOver()) {
        const who = free.shift() ?? '';
        given.push(await cycle(who));
        free.push(who);
      }
    }),
  );
  return { perSecond: given.length / ((performance.now() - start) / 1_000), given };
}
