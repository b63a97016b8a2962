import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedDemo } from '../db/seed/demo.ts';
import { startSealer } from '../workers/seal-history.ts';
import { startWorkers } from '../workers/start-workers.ts';
import { workerParts } from '../workers/worker-parts.ts';
import { advanceClock } from './alerts/advance-clock.ts';
import { registry } from './alerts/metrics.ts';
import { closeQueues, openQueues } from './alerts/queues.ts';
import { loadCalendar } from './deadlines/store-calendar.ts';
import { createApp } from './http/create-app.ts';
import { serve } from './http/serve.ts';
import { readConfigOrExit } from './platform/boot.ts';
import { startStopwatch } from './platform/clock.ts';
import { withBoundPort, type Config } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { EmbeddedPostgresError } from './platform/embedded-postgres-error.ts';
import type { Hub } from './platform/hub.ts';
import { demoLinkSecret } from './platform/link-secret.ts';
import { createLogger } from './platform/logger.ts';
import { createShutdown } from './platform/shutdown.ts';
import { createDemoIssuer } from './staff/demo-issuer.ts';

/** `npm start`: the demo. Embedded Postgres, an invented force, the API and the workers in one process, on loopback. */
async function startDemo(given: Config): Promise<void> {
  const elapsedMs = startStopwatch();
  const logger = createLogger(given.logLevel);
  const shutdown = createShutdown({ logger });
  say(`Starting PostgreSQL in ${given.dataDir} …`);
  const postgres = await startEmbeddedPostgres({ dataDir: given.dataDir, database: 'hub', progress: say });
  const connection = connect(postgres.address, { max: given.dbPool });
  say('Bringing the database up to date …');
  await migrate(connection);
  const { db, sql } = connection;
  const seeded = await seedDemo(db, await loadCalendar(db));
  if (seeded.planted) say(`Planted an invented force with ${seeded.cases} cases`);

  const issuer = await createDemoIssuer(db, given.oidcAudience);
  const hub: Hub = {
    db,
    sql,
    logger,
    config: { ...given, linkSecret: given.linkSecret ?? demoLinkSecret(given.dataDir) },
  };
  const queues = await openQueues(hub.config, connection.address, logger);
  // The port may be any free one: the links that messages carry are known once it is bound.
  let running: ReturnType<typeof startWorkers> | undefined;
  const app = createApp({
    hub,
    verifyToken: issuer.verifyToken,
    queues: Object.values(queues.queues),
    metrics: registry,
    demo: {
      issuer,
      moveClock: async (to) => {
        if (!running) return { kind: 'unavailable', detail: 'The workers are still starting.' };
        const { drains, sweep } = running;
        const move = await advanceClock(hub, to, drains, () => sweep.armNow());
        return move.kind === 'backwards'
          ? {
              kind: 'invalid',
              detail: 'The clock goes forward only.',
              errors: [{ path: 'now', message: 'is in the past' }],
            }
          : { now: move.now };
      },
    },
  });
  const listening = await serve(app, { host: given.host, port: given.port });
  Object.assign(hub.config, withBoundPort(hub.config, listening.port));
  running = startWorkers(hub, queues, connection.address, workerParts(hub.config));
  const { closeWorkers, closeSweep } = running;
  const sealer = startSealer(hub);
  shutdown.add('HTTP', () => listening.close());
  shutdown.add('workers', () => closeWorkers());
  shutdown.add('sweep', () => closeSweep());
  shutdown.add('sealer', () => sealer.close());
  shutdown.add('queues', () => closeQueues(queues));
  shutdown.add('connections', () => connection.close());
  shutdown.add('Postgres', () => postgres.stop());
  say('');
  say(`prosecution-hub is ready after ${(elapsedMs() / 1000).toFixed(1)} s: ${hub.config.publicUrl}`);
  say('Sign in as cw-1 (caseworker, crime), cw-5 (caseworker, traffic), sr-1 (senior), admin-1 or audit-1:');
  say(
    `  curl -s ${hub.config.publicUrl}/demo/tokens -H 'Content-Type: application/json' -d '{"staffId":"cw-1"}'`,
  );
  say('Stop it with Ctrl-C.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const config = readConfigOrExit('demo');
try {
  await startDemo(config);
} catch (error) {
  const words = error instanceof EmbeddedPostgresError ? error.message : sayFailure(error, config);
  process.stderr.write(`prosecution-hub could not start: ${words}\n`);
  process.exit(1);
}

function sayFailure(error: unknown, { host, port }: Config): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return `something else listens on ${host}:${port}. Choose another port: PORT=${port + 1} npm start`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
