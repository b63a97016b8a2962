import type { Programme } from './programme.ts';
import type { Solved } from './solve.ts';

type Solve = (programme: Programme, limitSeconds: number) => Solved;

/**
 * A solver that runs in this thread, where nothing else happens meanwhile: for measuring what the solver alone takes, and
 * for trying many plannings. What answers requests uses `solve`.
 */
export async function loadSolverHere(limitSeconds = 60): Promise<(programme: Programme) => Solved> {
  // By its address: the thread's programs are plain JavaScript, which has no types.
  const address = new URL('./run-programme.mjs', import.meta.url).href;
  const program = (await import(address)) as { loadSolver: () => Promise<Solve> };
  const solve = await program.loadSolver();
  return (programme) => solve(programme, limitSeconds);
}
