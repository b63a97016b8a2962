import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { Config } from '../platform/config.ts';
import type { Logger } from '../platform/logger.ts';
import { queueNames, type HubQueues, type QueueName, type WakeUp } from './hub-queues.ts';
import { closeWithin, workerSettings } from './worker-settings.ts';

/** In braces, so that a Redis Cluster keeps the keys of a queue together. */
const prefix = '{hub}';

const settings: RedisOptions = {
  connectTimeout: 5_000,
  // Never longer: after an outage of 20 s the usual back-off would leave a worker deaf for as long again.
  retryStrategy: (times) => Math.min(50 * times, 1_000),
  keepAlive: 10_000,
};

/** What goes unanswered for so long is a dead connection. A worker waits in Redis for up to 10 s. */
const producerSilenceMs = 5_000;
const workerSilenceMs = 13_000;

/**
 * The queues on Redis. Producers fail fast; workers wait for as long as it takes. In production an eviction policy
 * under which Redis may throw wake-ups away is refused at boot.
 */
export async function openRedisQueues(url: string, mode: Config['mode'], logger: Logger): Promise<HubQueues> {
  const log = logger.child({ part: 'queues', backend: 'redis' });
  const onError = (err: Error) => log.warn({ err }, 'queue connection failed; it will be tried again');
  const clients: Redis[] = [];
  const connect = (options: RedisOptions) => {
    const client = keepCopies(new Redis(url, { ...settings, ...options }), clients, onError);
    return client;
  };
  const producer = connect({
    maxRetriesPerRequest: 1,
    socketTimeout: producerSilenceMs,
    commandTimeout: producerSilenceMs,
  });
  const consumer = connect({ maxRetriesPerRequest: null, socketTimeout: workerSilenceMs });

  const open = (name: QueueName) => {
    const queue = new Queue<WakeUp, void>(name, {
      connection: producer,
      prefix,
      streams: { events: { maxLen: 1_000 } },
    });
    queue.on('error', onError);
    return queue;
  };
  const queues = Object.fromEntries(queueNames.map((name) => [name, open(name)])) as HubQueues['queues'];
  const problem = await evictionProblem(producer);
  if (problem) {
    if (mode === 'production' && problem.isCertain) {
      for (const client of clients) client.disconnect();
      throw new Error(problem.words);
    }
    log.error(problem.words);
  }
  producer.on('ready', () => {
    void evictionProblem(producer).then((found) => found?.isCertain && log.error(found.words));
  });

  return {
    backend: 'redis',
    queues,
    isReady: () => producer.status === 'ready',
    onReady: (listener) => void producer.on('ready', listener),
    createWorker: (name, processor, { concurrency }) => {
      const worker = new Worker<WakeUp, void>(name, processor, {
        ...workerSettings,
        connection: consumer,
        prefix,
        concurrency,
      });
      worker.on('error', onError);
      return worker;
    },
    close: async (limitMs = 5_000) => {
      await closeWithin(() => Promise.all(queueNames.map((name) => queues[name].close())), limitMs);
      // Tears down what hangs: closing politely waits for ever while Redis is down.
      for (const client of clients) client.disconnect();
    },
  };
}

/** Remembers the copies that BullMQ makes of a client for its blocking reads, so that they can be torn down too. */
function keepCopies(client: Redis, clients: Redis[], onError: (error: Error) => void): Redis {
  clients.push(client);
  client.on('error', onError);
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (override) => keepCopies(duplicate(override), clients, onError);
  return client;
}

async function evictionProblem(client: Redis): Promise<{ words: string; isCertain: boolean } | undefined> {
  try {
    const answer = await client.config('GET', 'maxmemory-policy');
    if (answer[1] === 'noeviction') return undefined;
    return {
      words: 'Redis may evict wake-ups: set maxmemory-policy to noeviction, or leave REDIS_URL out',
      isCertain: answer[1] !== undefined,
    };
  } catch {
    return { words: 'Redis did not tell its maxmemory-policy, which must be noeviction', isCertain: false };
  }
}
