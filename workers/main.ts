import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { closeQueues, openQueues } from '../src/alerts/queues.ts';
import { readConfigOrExit, startOrExit } from '../src/platform/boot.ts';
import { createLogger } from '../src/platform/logger.ts';
import { readPostgresUrl } from '../src/platform/postgres-address.ts';
import { createShutdown } from '../src/platform/shutdown.ts';
import { watchCourtFolder } from './court-folder.ts';
import { startImports } from './imports.ts';
import { startNightlyCheck } from './nightly-check.ts';
import { startPlanWatch } from './plan-watch.ts';
import { startRecomputer } from './recompute.ts';
import { startSealer } from './seal-history.ts';
import { startWorkers } from './start-workers.ts';
import { startWebhooks } from './webhooks.ts';
import { workerParts } from './worker-parts.ts';

const config = readConfigOrExit('production');
const logger = createLogger(config.logLevel);
const shutdown = createShutdown({ logger });

/** A production worker process. Any number of them share the work, and none of them leads. */
await startOrExit(logger, config, async () => {
  const address = readPostgresUrl(config.databaseUrl ?? '');
  const connection = connect(address, { max: config.dbPool, applicationName: 'prosecution-hub worker' });
  await migrate(connection);
  const queues = await openQueues(config, address, logger);
  const hub = { db: connection.db, sql: connection.sql, config, logger };
  const running = startWorkers(hub, queues, address, workerParts(config));
  const recomputer = startRecomputer(hub);
  const nightlyCheck = startNightlyCheck(hub);
  const planWatch = startPlanWatch(hub);
  const imports = startImports(hub);
  const webhooks = startWebhooks(hub);
  const sealer = startSealer(hub);
  const courtFolder = watchCourtFolder(hub);
  shutdown.add('workers', (limitMs) => running.closeWorkers(limitMs));
  shutdown.add('sweep', () => running.closeSweep());
  shutdown.add('recomputer', () => recomputer.close());
  shutdown.add('nightly check', () => nightlyCheck.close());
  shutdown.add('plan watch', () => planWatch.close());
  shutdown.add('imports', () => imports.close());
  shutdown.add('webhooks', () => webhooks.close());
  shutdown.add('sealer', () => sealer.close());
  shutdown.add('court folder', () => courtFolder.close());
  shutdown.add('queues', (limitMs) => closeQueues(queues, limitMs));
  shutdown.add('connections', () => connection.close());
  logger.info({ queues: queues.backend }, 'the workers are working');
});
