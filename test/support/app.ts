import { sql } from 'drizzle-orm';
import type { DestinationStream } from 'pino';
import { hubClock } from '../../db/schema/platform.ts';
import { readNow } from '../../db/read-now.ts';
import { seedPeople } from '../../db/seed/people.ts';
import type { Api, AppParts, MoveClock } from '../../src/http/app-context.ts';
import { createApp } from '../../src/http/create-app.ts';
import { serve } from '../../src/http/serve.ts';
import { readConfig, withBoundPort, type Environment } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { Hub } from '../../src/platform/hub.ts';
import { createDemoIssuer } from '../../src/staff/demo-issuer.ts';
import { createClient, type Client } from './client.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/** A hub of the test's own: real HTTP over a real Postgres, in demo mode, with the demo's people. */
export type TestHub = {
  url: string;
  /** A client that is signed in as one of the demo's people. */
  as(staffId: string): Client;
  /** A client without a token. */
  anyone: Client;
  hub: Hub;
  app: Api;
  database: TestDatabase;
  /** Sets the hub's clock, to earlier too, without carrying anything out. */
  setClock(to: string): Promise<void>;
  close(): Promise<void>;
};

export type TestHubOptions = {
  /** Environment variables beside the test's own. */
  environment?: Environment;
  /** Where the hub's clock starts; the machine's time unless given. */
  now?: string;
  /** Parts beside or instead of the test's own, such as `extra` routes, `queues` or a real `demo.moveClock`. */
  parts?: (hub: Hub) => Partial<AppParts> & { moveClock?: MoveClock };
  /** Takes the log, which is silent otherwise. */
  log?: DestinationStream;
  /** Connections in the pool. */
  max?: number;
  /** The database to run on, which the test then closes itself; a fresh one with the demo's people otherwise. */
  database?: TestDatabase;
};

/** After all that tests tell of without setting a clock: the hub takes nothing that is still to happen. */
const afterStories = '2026-09-01T10:00:00.000Z';

/** Starts a hub on a free port. Close it when the test is over: that drops its database. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const database = options.database ?? (await testDatabase({ max: options.max ?? 8 }));
  const read = readConfig({ PORT: '0', LOG_LEVEL: options.log ? 'info' : 'silent', ...options.environment });
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  const { db } = database;
  const hub: Hub = {
    db,
    sql: database.sql,
    config: read.config,
    logger: createLogger(read.config.logLevel, options.log),
  };
  await seedPeople(db);
  // Rounded up, as the demo does it: a clock that was set to an instant never tells an earlier one.
  const setClock = async (to: string) => {
    await db
      .update(hubClock)
      .set({ aheadMs: sql`ceil(extract(epoch from ${to}::timestamptz - clock_timestamp()) * 1000)` });
  };
  if (options.now !== undefined) await setClock(options.now);
  else if ((await readNow(db)) < afterStories) await setClock(afterStories);
  const issuer = await createDemoIssuer(db, read.config.oidcAudience);
  const moveClock: MoveClock = async (to) => {
    await setClock(to);
    return { now: await readNow(db) };
  };
  const { moveClock: givenMoveClock, ...parts } = options.parts?.(hub) ?? {};
  const app = createApp({
    hub,
    verifyToken: issuer.verifyToken,
    demo: { issuer, moveClock: givenMoveClock ?? moveClock },
    ...parts,
  });
  const listening = await serve(app, { host: '127.0.0.1', port: 0, drainLimitMs: 2_000 });
  // The links that messages carry need the port, which is known only now.
  Object.assign(hub.config, withBoundPort(hub.config, listening.port));
  const url = `http://127.0.0.1:${listening.port}`;
  const clients = new Map<string, Client>();
  return {
    url,
    as: (staffId) => {
      const client = clients.get(staffId) ?? createClient(url, () => issuer.issue(staffId));
      clients.set(staffId, client);
      return client;
    },
    anyone: createClient(url),
    hub,
    app,
    database,
    setClock,
    close: async () => {
      await listening.close();
      if (!options.database) await database.close();
    },
  };
}
