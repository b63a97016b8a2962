// A worker process for tests to kill: it carries out alerts of deadlines as the hub does, says so on standard output,
// and then hangs within the transaction of the firing. Arguments: the address of Postgres as JSON, and the URL of Redis
// or nothing.
import { connect } from '../../db/connect.ts';
import { openQueues } from '../../src/alerts/queues.ts';
import type { Effect } from '../../src/alerts/fire.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { workerParts } from '../../workers/worker-parts.ts';

const [address = '', redisUrl] = process.argv.slice(2);
const read = readConfig({ LOG_LEVEL: 'silent', LINK_SECRET: 'x'.repeat(40), REDIS_URL: redisUrl });
if (read.kind === 'invalid') throw new Error(read.problems.join());
const { config } = read;
const connection = connect(JSON.parse(address) as PostgresAddress);
const hub = { db: connection.db, sql: connection.sql, config, logger: createLogger(config.logLevel) };
const parts = workerParts(config);
const hanging =
  (effect: Effect): Effect =>
  async (tx, fired, now) => {
    await effect(tx, fired, now);
    process.stdout.write(`firing ${fired.length}\n`);
    return new Promise(() => undefined);
  };
const queues = await openQueues(config, connection.address, hub.logger);
startWorkers(hub, queues, connection.address, {
  ...parts,
  effects: { ...parts.effects, deadlines: hanging(parts.effects.deadlines) },
});
