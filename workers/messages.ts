import type { MessageQueue } from '../src/alerts/hub-queues.ts';
import { defineWorker, type DefinedWorker, type WorkerOfQueue } from './define-worker.ts';

/** Works a queue of messages that are due to leave: one for what somebody waits for, one for what goes by the thousand. */
export function startMessageWorker(parts: WorkerOfQueue & { name: MessageQueue }): DefinedWorker {
  return defineWorker(parts);
}
