// An API process of a benchmark. Argument: the address of Postgres as JSON. Beside its own routes it has one that does
// nothing but `select 1`.
import { connect } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';
import type { Routes } from '../../src/http/app-context.ts';
import { allowAnyone } from '../../src/http/authenticate.ts';
import { createApp } from '../../src/http/create-app.ts';
import { serve } from '../../src/http/serve.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makePausesShort } from '../../src/platform/short-pauses.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { createDemoIssuer } from '../../src/staff/demo-issuer.ts';
import { warmQueues } from '../../src/tasks/warm-queues.ts';

makePausesShort();
const connection = connect(JSON.parse(process.argv[2] ?? '') as PostgresAddress);
const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
const { db, sql } = connection;
const { verifyToken } = await createDemoIssuer(db, read.config.oidcAudience);
const selectOne: Routes = (app) => {
  app.get('/bench/select-1', allowAnyone(), async (c) => c.json(await runHot(db, 'select 1 as one', [])));
};
const hub = { db, sql, config: read.config, logger: createLogger('silent') };
// As a hub does before it listens.
await warmQueues(db);
const listening = await serve(createApp({ hub, verifyToken, extra: [selectOne] }), {
  host: '127.0.0.1',
  port: 0,
});
process.send?.({ port: listening.port });
process.on('disconnect', () => process.exit(0));
