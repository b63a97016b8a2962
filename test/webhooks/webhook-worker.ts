// A worker process for tests to kill: it tells other systems until it is ended. Arguments: the address of Postgres as
// JSON, and the hub's key.
import { connect } from '../../db/connect.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { startWebhooks } from '../../workers/webhooks.ts';

const [address = '', LINK_SECRET] = process.argv.slice(2);
const read = readConfig({ LINK_SECRET });
if (read.kind === 'invalid') throw new Error(read.problems.join());
const { db } = connect(JSON.parse(address) as PostgresAddress);
startWebhooks(
  { db, config: read.config, logger: createLogger('silent') },
  { everyMs: 50, timeoutMs: 60_000 },
);
