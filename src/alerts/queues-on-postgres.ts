import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import type { Logger } from '../platform/logger.ts';
import type { PostgresAddress } from '../platform/postgres-address.ts';
import {
  queueNames,
  type HubQueues,
  type QueueName,
  type WakeUp,
  type WakeUpQueue,
  type WakeUpWorker,
} from './hub-queues.ts';
import { closeWithin, workerSettings } from './worker-settings.ts';

const schema = 'bullmq';
/** Any number that nothing else in the database uses. */
const migrationLock = 7_051_987;
const producerPool = 4;
/** Each worker keeps one connection for LISTEN; the rest are for work. */
const workerPool = queueNames.length + 6;

/** How node-postgres reaches a server, for connections outside Drizzle's pools. */
export function pgConfig(address: PostgresAddress, applicationName: string): pg.ClientConfig {
  return {
    ...(address.kind === 'url'
      ? { connectionString: address.url }
      : {
          host: address.socketDir,
          port: address.port,
          user: address.user,
          password: address.password,
          database: address.database,
        }),
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** The queues on BullMQ's PostgreSQL backend, in a schema of their own, with pools of their own. */
export async function openPostgresQueues(address: PostgresAddress, logger: Logger): Promise<HubQueues> {
  const bull = withBackend(createPostgresBackend);
  const log = logger.child({ part: 'queues', backend: 'postgres' });
  const onError = (err: Error) => log.warn({ err }, 'queue connection failed; it will be tried again');
  const openPool = (max: number) => {
    const pool = new pg.Pool({
      ...pgConfig(address, 'prosecution-hub-queues'),
      options: `-c search_path=${schema}`,
      query_timeout: 10_000,
      max,
    });
    pool.on('error', onError);
    return pool;
  };
  const producers = openPool(producerPool);
  const consumers = openPool(workerPool);
  await migrateQueues(producers);

  const open = (name: QueueName) => {
    const queue = new bull.Queue<WakeUp, void>(name, {
      connection: producers,
      streams: { events: { maxLen: 1_000 } },
    });
    queue.on('error', onError);
    return queue as unknown as WakeUpQueue;
  };
  const queues = Object.fromEntries(queueNames.map((name) => [name, open(name)])) as HubQueues['queues'];
  await Promise.all(queueNames.map((name) => queues[name].waitUntilReady()));

  return {
    backend: 'postgres',
    queues,
    isReady: () => true,
    onReady: () => undefined,
    createWorker: (name, processor, { concurrency }) => {
      const worker = new bull.Worker<WakeUp, void>(name, processor, {
        ...workerSettings,
        connection: consumers,
        concurrency,
      });
      worker.on('error', onError);
      return worker as unknown as WakeUpWorker;
    },
    close: async (limitMs = 5_000) => {
      await closeWithin(() => Promise.all(queueNames.map((name) => queues[name].close())), limitMs / 2);
      await closeWithin(() => Promise.all([producers.end(), consumers.end()]), limitMs / 2);
    },
  };
}

async function migrateQueues(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      await runMigrations(client, schema);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    }
  } finally {
    client.release();
  }
}
