import type { Connection } from '../../db/connect.ts';
import { openQueues, type HubQueues } from '../../src/alerts/queues.ts';
import type { Channel, Delivery, Letter } from '../../src/messages/message-types.ts';
import { readConfig, type Config } from '../../src/platform/config.ts';
import type { Hub } from '../../src/platform/hub.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startWorkers, type RunningWorkers, type WorkerParts } from '../../workers/start-workers.ts';
import { recordingEffect } from '../alerts/stage.ts';

/** A configuration for tests: seldom sweeps, so that what is fired soon was fired by a wake-up. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const read = readConfig({});
  if (read.kind === 'invalid') throw new Error(read.problems.join());
  return { ...read.config, logLevel: 'silent', sweepSeconds: 3_600, armSeconds: 3_600, ...changes };
}

export function testHub(connection: Connection, changes: Partial<Config> = {}): Hub {
  const config = testConfig(changes);
  return { db: connection.db, sql: connection.sql, config, logger: createLogger(config.logLevel) };
}

/** A way out that keeps what left, and answers as it is told. */
export function recordingChannel(answer: (letter: Letter) => Delivery = () => ({ kind: 'accepted' })) {
  const letters: Letter[] = [];
  const channel: Channel = {
    deliver: (letter) => {
      letters.push(letter);
      return Promise.resolve(answer(letter));
    },
    close: () => Promise.resolve(),
  };
  return { letters, channel };
}

/** Parts of workers whose effects leave one row for each firing. */
export function testParts(changes: Partial<WorkerParts> = {}): WorkerParts {
  const effect = recordingEffect();
  return {
    effects: { deadlines: effect, 'victim-updates': effect, chasers: effect },
    onQuarantine: () => Promise.resolve(),
    writers: {},
    onMessageTrouble: () => Promise.resolve(),
    canarySeconds: 3_600,
    ...changes,
  };
}

export type Running = RunningWorkers & { hub: Hub; queues: HubQueues; stop(): Promise<void> };

/** A worker process within this one. */
export async function runWorkers(
  connection: Connection,
  config: Partial<Config> = {},
  parts: Partial<WorkerParts> = {},
): Promise<Running> {
  const hub = testHub(connection, config);
  const queues = await openQueues(hub.config, connection.address, hub.logger);
  const running = startWorkers(hub, queues, connection.address, testParts(parts));
  return {
    ...running,
    hub,
    queues,
    stop: async () => {
      await running.closeWorkers(1_000);
      await running.closeSweep();
      await queues.close(1_000);
    },
  };
}
