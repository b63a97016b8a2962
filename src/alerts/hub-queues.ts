import type { Processor, Queue, Worker } from 'bullmq';
import { alertClasses, type AlertClass } from '../../db/schema/alerts.ts';
import type { Instant } from '../platform/clock.ts';

/** The queues on which messages leave: those that somebody waits for, and those that are sent by the thousand. */
export const messageQueues = ['messages', 'bulk-messages'] as const;
export type MessageQueue = (typeof messageQueues)[number];

/** One queue for each class of alerts, and two for messages. */
export type QueueName = AlertClass | MessageQueue;

/** The queues, most dangerous first. */
export const queueNames: readonly QueueName[] = [...alertClasses, ...messageQueues];

/** Whether messages leave on a queue. */
export function isMessageQueue(name: QueueName): name is MessageQueue {
  return (messageQueues as readonly QueueName[]).includes(name);
}

/** All that a job says: something of its queue is due at this instant. Never an id, never a name. */
export type WakeUp = { at: Instant };

/** A BullMQ queue on whichever backend. */
export type WakeUpQueue = Queue<WakeUp, void>;
export type WakeUpWorker = Worker<WakeUp, void>;
export type WakeUpProcessor = Processor<WakeUp, void>;

/** BullMQ as the hub uses it: it wakes, and remembers nothing that Postgres does not. */
export type HubQueues = {
  backend: 'redis' | 'postgres';
  queues: Record<QueueName, WakeUpQueue>;
  /** Whether adding can succeed now. Ask first: BullMQ waits rather than refuse. */
  isReady(): boolean;
  /** Called whenever the backend is reached again; all that was armed may be gone. */
  onReady(listener: () => void): void;
  createWorker(name: QueueName, processor: WakeUpProcessor, options: { concurrency: number }): WakeUpWorker;
  /** Closes within the time given, whatever state the backend is in; workers are to be closed before. */
  close(limitMs?: number): Promise<void>;
};

/** Jobs leave no trace: a job that is kept silently blocks its id. What happened is in Postgres. */
export const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;
