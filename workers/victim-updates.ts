import { defineWorker, type DefinedWorker, type WorkerOfQueue } from './define-worker.ts';

/** Works the queue of alerts of updates owed to victims and witnesses. */
export function startVictimUpdateWorker(parts: WorkerOfQueue): DefinedWorker {
  return defineWorker({ ...parts, name: 'victim-updates' });
}
