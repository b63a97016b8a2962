import type { Logger } from 'pino';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { readNow } from '../db/read-now.ts';
import { seedDemo } from '../db/seed/demo.ts';
import { watchCourtFolder } from '../workers/court-folder.ts';
import { startImports } from '../workers/imports.ts';
import type { Looking } from '../workers/look-every.ts';
import { startNightlyCheck } from '../workers/nightly-check.ts';
import { startPlanWatch } from '../workers/plan-watch.ts';
import { startReadLog } from '../workers/read-log.ts';
import { startRecomputer } from '../workers/recompute.ts';
import { startSealer } from '../workers/seal-history.ts';
import { startWorkers, type RunningWorkers } from '../workers/start-workers.ts';
import { startWebhooks } from '../workers/webhooks.ts';
import { workerParts } from '../workers/worker-parts.ts';
import { advanceClock } from './alerts/advance-clock.ts';
import { registry } from './alerts/metrics.ts';
import { closeQueues, openQueues } from './alerts/queues.ts';
import { lessThanAYearLeft, loadCalendar, sayFewHolidays } from './deadlines/store-calendar.ts';
import type { MoveClock } from './http/app-context.ts';
import { createApp } from './http/create-app.ts';
import { serve } from './http/serve.ts';
import { withBoundPort, type Config } from './platform/config.ts';
import type { Hub } from './platform/hub.ts';
import { demoLinkSecret } from './platform/link-secret.ts';
import type { PostgresAddress } from './platform/postgres-address.ts';
import { createDemoIssuer } from './staff/demo-issuer.ts';
import { warmQueues } from './tasks/warm-queues.ts';

/** What is to be closed of a demo, in this order; what is not there yet has not come up. */
export type DemoClosers = {
  http?: (limitMs: number) => Promise<void>;
  workers?: (limitMs: number) => Promise<void>;
  sweep?: () => Promise<void>;
  recomputer?: () => Promise<void>;
  nightlyCheck?: () => Promise<void>;
  planWatch?: () => Promise<void>;
  imports?: () => Promise<void>;
  webhooks?: () => Promise<void>;
  sealer?: () => Promise<void>;
  courtFolder?: () => Promise<void>;
  readLog?: () => Promise<void>;
  queues?: (limitMs: number) => Promise<void>;
  connections?: () => Promise<void>;
};

/**
 * Starts all of the demo but its Postgres: brings the database up to date, plants the invented force once, listens, and
 * starts the workers beside the API. `closers` is filled as it comes up; rejects once `signal` says to stop.
 * @returns the address at which it answers
 */
export async function startDemo(parts: {
  config: Config;
  logger: Logger;
  address: PostgresAddress;
  closers: DemoClosers;
  signal: AbortSignal;
  say: (line: string) => void;
}): Promise<string> {
  const { config: given, logger, closers, signal, say } = parts;
  const connection = connect(parts.address, { max: given.dbPool });
  closers.connections = () => connection.close();
  say('Bringing the database up to date …');
  await migrate(connection);
  signal.throwIfAborted();
  const { db, sql, address } = connection;
  const seeded = await seedDemo(db, await loadCalendar(db));
  if (seeded.planted) say(`Planted an invented force with ${seeded.cases} cases`);
  signal.throwIfAborted();

  const { lastYear } = await loadCalendar(db);
  if (lessThanAYearLeft(lastYear, await readNow(db))) say(sayFewHolidays(lastYear));
  const issuer = await createDemoIssuer(db, given.oidcAudience);
  const config = { ...given, linkSecret: given.linkSecret ?? demoLinkSecret(given.dataDir) };
  const hub: Hub = { db, sql, logger, config };
  const queues = await openQueues(config, address, logger);
  closers.queues = (limitMs) => closeQueues(queues, limitMs);
  signal.throwIfAborted();

  const running: Running = {};
  const app = createApp({
    hub,
    verifyToken: issuer.verifyToken,
    queues: Object.values(queues.queues),
    metrics: registry,
    isRedisUp: queues.backend === 'redis' ? async () => queues.isReady() : undefined,
    demo: { issuer, moveClock: clockMover(hub, running) },
  });
  await warmQueues(db);
  const listening = await serve(app, { host: config.host, port: config.port });
  closers.http = (limitMs) => listening.close(limitMs);
  signal.throwIfAborted();
  // The port may be any free one: the links that messages carry are known once it is bound.
  Object.assign(config, withBoundPort(config, listening.port));
  const workers = startWorkers(hub, queues, address, workerParts(config));
  running.workers = workers;
  closers.workers = (limitMs) => workers.closeWorkers(limitMs);
  closers.sweep = () => workers.closeSweep();
  const recomputer = startRecomputer(hub);
  closers.recomputer = () => recomputer.close();
  const nightlyCheck = startNightlyCheck(hub);
  running.nightlyCheck = nightlyCheck;
  closers.nightlyCheck = () => nightlyCheck.close();
  const planWatch = startPlanWatch(hub);
  running.planWatch = planWatch;
  closers.planWatch = () => planWatch.close();
  const imports = startImports(hub);
  closers.imports = () => imports.close();
  const webhooks = startWebhooks(hub);
  closers.webhooks = () => webhooks.close();
  const sealer = startSealer(hub);
  closers.sealer = () => sealer.close();
  const courtFolder = watchCourtFolder(hub);
  closers.courtFolder = () => courtFolder.close();
  const readLog = startReadLog(hub);
  closers.readLog = () => readLog.close();
  return config.publicUrl;
}

/** What moving the clock needs, once it has come up. */
type Running = { workers?: RunningWorkers; nightlyCheck?: Looking; planWatch?: Looking };

function clockMover(hub: Hub, running: Running): MoveClock {
  return async (to) => {
    const { workers, nightlyCheck, planWatch } = running;
    if (!workers) return { kind: 'unavailable', detail: 'The workers are still starting.' };
    const move = await advanceClock(hub, to, workers.drains, async () => {
      await Promise.all([workers.sweep.rearmNow(), nightlyCheck?.look(), planWatch?.look()]);
    });
    if (move.kind === 'moved') return { now: move.now };
    return {
      kind: 'invalid',
      detail: 'The clock goes forward only.',
      errors: [{ path: 'now', message: 'is in the past' }],
    };
  };
}
