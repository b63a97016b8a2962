import { defineWorker, type DefinedWorker, type WorkerOfQueue } from './define-worker.ts';

/** Works the queue of alerts of deadlines. The most dangerous queue. */
export function startDeadlineWorker(parts: WorkerOfQueue): DefinedWorker {
  return defineWorker({ ...parts, name: 'deadlines' });
}
