import pg from 'pg';
import type { Logger } from '../platform/logger.ts';
import type { PostgresAddress } from '../platform/postgres-address.ts';
import { pgConfig } from './queues-on-postgres.ts';
import { dueChannel } from './announce-due.ts';
import { countSweepError } from './metrics.ts';

const retryMs = 500;

/**
 * Hears what writers announce, on a connection of its own that is made again for as long as it takes whenever it is
 * lost. What was announced meanwhile is not heard: `onHear` is also called, without a payload, after each new
 * connection, for the listener to look for itself.
 */
export function listenForDue(
  address: PostgresAddress,
  logger: Logger,
  onHear: (payload: string | undefined) => void,
): { close: () => Promise<void> } {
  const log = logger.child({ part: 'listen' });
  let isClosed = false;
  let current: pg.Client | undefined;
  let wake: () => void = () => undefined;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, retryMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const listenOnce = async () => {
    const client = new pg.Client(pgConfig(address, 'prosecution-hub-listen'));
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', (err) => {
        if (!isClosed) log.warn({ err }, 'stopped hearing what is due; listening again');
        resolve();
      });
    });
    current = client;
    try {
      await client.connect();
      client.on('notification', (message) => onHear(message.payload));
      await client.query(`listen ${dueChannel}`);
      onHear(undefined);
      await ended;
    } finally {
      current = undefined;
      await client.end().catch(() => undefined);
    }
  };

  const loop = async () => {
    while (!isClosed) {
      try {
        await listenOnce();
      } catch (err) {
        countSweepError('listen');
        log.warn({ err }, 'could not listen for what is due; trying again');
      }
      if (!isClosed) await pause();
    }
  };
  const running = loop();

  return {
    close: async () => {
      isClosed = true;
      wake();
      await current?.end().catch(() => undefined);
      await running;
    },
  };
}
