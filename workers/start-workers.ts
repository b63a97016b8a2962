import type { AlertClass } from '../db/schema/alerts.ts';
import { addCanaries } from '../src/alerts/arm.ts';
import { drainClass } from '../src/alerts/drain.ts';
import type { Effect, OnQuarantine } from '../src/alerts/fire.ts';
import type { HubQueues, MessageQueue } from '../src/alerts/hub-queues.ts';
import { startSweep, type Drains, type Sweep } from '../src/alerts/sweep.ts';
import { openChannel } from '../src/messages/open-channel.ts';
import type {
  Channel,
  CompleteWords,
  MayLeave,
  MessageWriters,
  OnMessageTrouble,
} from '../src/messages/message-types.ts';
import { sendMessages } from '../src/messages/send-messages.ts';
import type { RetryPlan } from '../src/messages/after-delivery.ts';
import { machineClock, type Clock } from '../src/platform/clock.ts';
import type { Hub } from '../src/platform/hub.ts';
import type { PostgresAddress } from '../src/platform/postgres-address.ts';
import { startChaserWorker } from './chasers.ts';
import { watchClock } from './clock-skew.ts';
import { startDeadlineWorker } from './deadlines.ts';
import { startMessageWorker } from './messages.ts';
import { startVictimUpdateWorker } from './victim-updates.ts';

/** What firing an alert of each class does. */
export type Effects = Record<AlertClass, Effect>;

/** What the features hand in: the workers themselves know none of them. */
export type WorkerParts = {
  effects: Effects;
  onQuarantine: OnQuarantine;
  writers: MessageWriters;
  onMessageTrouble: OnMessageTrouble;
  /** Puts into words that leave what the database does not keep. */
  completeWords?: CompleteWords;
  mayLeave?: MayLeave;
  /** The way out of the building; from the configuration unless given. */
  channel?: Channel;
  retryPlan?: RetryPlan;
  clock?: Clock;
  /** Seconds between canaries and looks at the machine's clock. */
  canarySeconds?: number;
};

export type RunningWorkers = {
  /** Carry out what is due of each queue, as a worker does; for moving the demo's clock. */
  drains: Drains;
  sweep: Sweep;
  /** Stops taking work from the queues, and waits a little for what is being done. */
  closeWorkers(limitMs?: number): Promise<void>;
  /** Stops sweeping; to be called after `closeWorkers`. */
  closeSweep(): Promise<void>;
};

/**
 * Starts all that a worker process does: a BullMQ worker for each queue, the sweep, canaries and the watch over the
 * machine's clock. The demo runs it beside the API.
 */
export function startWorkers(
  hub: Hub,
  queues: HubQueues,
  address: PostgresAddress,
  parts: WorkerParts,
): RunningWorkers {
  let isStopped = false;
  const log = hub.logger.child({ part: 'fire' });
  const options = {
    onQuarantine: parts.onQuarantine,
    onFailure: (alertId: string, err: unknown) => log.error({ err, alert: alertId }, 'an alert failed'),
    isStopped: () => isStopped,
  };
  const channel = parts.channel ?? openChannel(hub.config);
  const sender = {
    db: hub.db,
    channel,
    logger: hub.logger.child({ part: 'messages' }),
    writers: parts.writers,
    onTrouble: parts.onMessageTrouble,
    complete: parts.completeWords,
    mayLeave: parts.mayLeave,
    perMinute: hub.config.messagesPerMinute,
    plan: parts.retryPlan,
  };
  const drainOf = (cls: AlertClass) => async () => drainClass(hub, cls, parts.effects[cls], options);
  const send = async (queue: MessageQueue) => {
    const onMore = () => void sweep.sweepNow(queue);
    await sendMessages(sender, { isStopped: options.isStopped, queue, onMore });
  };
  const drains: Drains = {
    deadlines: async () => void (await drainOf('deadlines')()),
    'victim-updates': async () => void (await drainOf('victim-updates')()),
    chasers: async () => {
      const { fired } = await drainOf('chasers')();
      // Messages are held while chasers to the same officer are still to fire, and nothing announces the last one.
      if (fired > 0) void sweep.sweepNow('bulk-messages');
    },
    messages: () => send('messages'),
    'bulk-messages': () => send('bulk-messages'),
  };
  const shared = { db: hub.db, queues, concurrency: hub.config.workerConcurrency, logger: hub.logger };
  const workers = [
    startDeadlineWorker({ ...shared, drain: drains.deadlines }),
    startVictimUpdateWorker({ ...shared, drain: drains['victim-updates'] }),
    startChaserWorker({ ...shared, drain: drains.chasers }),
    startMessageWorker({ ...shared, name: 'messages', drain: drains.messages }),
    startMessageWorker({ ...shared, name: 'bulk-messages', drain: drains['bulk-messages'] }),
  ];
  const sweep: Sweep = startSweep({ ...hub, address, drains, queues });
  const seconds = parts.canarySeconds ?? 30;
  const watch = watchClock({
    db: hub.db,
    logger: hub.logger,
    clock: parts.clock ?? machineClock,
    everyMs: seconds * 1_000,
    setPaused: async (paused) => void (await Promise.all(workers.map((worker) => worker.setPaused(paused)))),
    also: () => addCanaries(queues),
  });
  return {
    drains,
    sweep,
    closeWorkers: async (limitMs = 5_000) => {
      isStopped = true;
      await watch.close();
      await Promise.all(workers.map((worker) => worker.close(limitMs)));
    },
    closeSweep: async () => {
      isStopped = true;
      await sweep.close();
      await channel.close();
    },
  };
}
