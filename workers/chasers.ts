import { defineWorker, type DefinedWorker, type WorkerOfQueue } from './define-worker.ts';

/** Works the queue of chaser steps. */
export function startChaserWorker(parts: WorkerOfQueue): DefinedWorker {
  return defineWorker({ ...parts, name: 'chasers' });
}
