import type { Config } from '../platform/config.ts';
import type { Logger } from '../platform/logger.ts';
import type { PostgresAddress } from '../platform/postgres-address.ts';
import type { HubQueues } from './hub-queues.ts';
import { openPostgresQueues } from './queues-on-postgres.ts';
import { openRedisQueues } from './queues-on-redis.ts';

export { queueNames, type HubQueues, type QueueName } from './hub-queues.ts';

/**
 * Opens the queues on Redis where REDIS_URL is set, otherwise in the schema `bullmq` of the hub's own Postgres.
 * With Redis unreachable this still answers: the sweep fires until it is back.
 */
export async function openQueues(
  config: Pick<Config, 'redisUrl' | 'mode'>,
  address: PostgresAddress,
  logger: Logger,
): Promise<HubQueues> {
  return config.redisUrl === undefined
    ? openPostgresQueues(address, logger)
    : openRedisQueues(config.redisUrl, config.mode, logger);
}

/** Closes the queues, giving up what hangs after the time given. */
export async function closeQueues(queues: HubQueues, limitMs?: number): Promise<void> {
  await queues.close(limitMs);
}
