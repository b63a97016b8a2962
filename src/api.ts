import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { registry } from './alerts/metrics.ts';
import { closeQueues, openQueues } from './alerts/queues.ts';
import { createApp } from './http/create-app.ts';
import { serve } from './http/serve.ts';
import { readConfigOrExit, startOrExit } from './platform/boot.ts';
import { makePausesShort } from './platform/short-pauses.ts';
import { createLogger } from './platform/logger.ts';
import { readPostgresUrl } from './platform/postgres-address.ts';
import { createShutdown } from './platform/shutdown.ts';
import { addFirstAdministrator } from './staff/first-administrator.ts';
import { createTokenVerifier, discoverKeys } from './staff/tokens.ts';
import { warmQueues } from './tasks/warm-queues.ts';

const config = readConfigOrExit('production');
const logger = createLogger(config.logLevel);
const shutdown = createShutdown({ logger });
makePausesShort();

/** A production API process; its twin is workers/main.ts. */
await startOrExit(logger, config, async () => {
  const address = readPostgresUrl(config.databaseUrl ?? '');
  const connection = connect(address, { max: config.dbPool, applicationName: 'prosecution-hub api' });
  await migrate(connection);
  if (config.firstAdministrator && (await addFirstAdministrator(connection.db, config.firstAdministrator)))
    logger.info('the first administrator is added');
  const queues = await openQueues(config, address, logger);
  const issuer = config.oidcIssuer ?? '';
  const app = createApp({
    hub: { db: connection.db, sql: connection.sql, config, logger },
    verifyToken: createTokenVerifier({
      issuer,
      audience: config.oidcAudience,
      keys: discoverKeys(issuer),
      rolesClaim: config.oidcRoles?.claim,
    }),
    queues: Object.values(queues.queues),
    metrics: registry,
    isRedisUp: queues.backend === 'redis' ? async () => queues.isReady() : undefined,
  });
  await warmQueues(connection.db);
  const listening = await serve(app, { host: config.host, port: config.port });
  shutdown.add('HTTP', (limitMs) => listening.close(limitMs));
  shutdown.add('queues', (limitMs) => closeQueues(queues, limitMs));
  shutdown.add('connections', () => connection.close());
  logger.info({ port: listening.port }, 'the API is listening');
});
