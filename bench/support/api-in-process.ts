import type { Connection } from '../../db/connect.ts';
import { createApp } from '../../src/http/create-app.ts';
import { serve } from '../../src/http/serve.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createDemoIssuer } from '../../src/staff/demo-issuer.ts';
import { createClient, type Client } from '../../test/support/client.ts';

/** The hub's API in this process, on a free port of loopback, and a client of it for each of the demo's people. */
export async function startApi(connection: Connection, dataDir: string) {
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const { db, sql } = connection;
  const issuer = await createDemoIssuer(db, read.config.oidcAudience);
  const hub = { db, sql, config: read.config, logger: createLogger('silent') };
  const app = createApp({ hub, verifyToken: issuer.verifyToken });
  const listening = await serve(app, { host: '127.0.0.1', port: 0 });
  const clients = new Map<string, Client>();
  const clientOf = (who: string): Client => {
    const client =
      clients.get(who) ?? createClient(`http://127.0.0.1:${listening.port}`, () => issuer.issue(who));
    clients.set(who, client);
    return client;
  };
  return { clientOf, close: () => listening.close() };
}
