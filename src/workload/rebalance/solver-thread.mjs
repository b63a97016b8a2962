// The solver's thread: WebAssembly cannot be interrupted, a thread can be ended. Answers one programme after the other.
import { parentPort } from 'node:worker_threads';
import { loadSolver } from './run-programme.mjs';

const solve = await loadSolver();
parentPort.on('message', ({ id, programme, limitSeconds }) => {
  parentPort.postMessage({ id, solved: solve(programme, limitSeconds) });
});
