import { defineWorker, type DefinedWorker, type WorkerOfQueue } from './define-worker.ts';

/** Works the queue of messages that are due to leave. */
export function startMessageWorker(parts: WorkerOfQueue): DefinedWorker {
  return defineWorker({ ...parts, name: 'messages' });
}
