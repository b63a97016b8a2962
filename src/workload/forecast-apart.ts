import { Worker } from 'node:worker_threads';
import { newId } from '../platform/ids.ts';
import { forecastFrom, type ForecastInput } from './forecast-input.ts';
import type { Forecast } from './forecast-of-team.ts';

/** Up to so much work, as text, is worked out at once: sending it to a thread would take longer. */
const smallWork = 300_000;

type Waiting = { resolve: (forecast: Forecast) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<string, Waiting> };

const program = new URL('./forecast-thread.mjs', import.meta.url);
let thread: Thread | null = null;

/**
 * The forecast of a team; of a large one in a thread of its own, so that requests and alerts go on meanwhile.
 * @throws where the thread ended before it answered; the next question starts another
 */
export async function forecastApart(input: ForecastInput): Promise<Forecast> {
  return input.work.length <= smallWork ? forecastFrom(input) : forecastInThread(input);
}

/** The same in the thread, whatever its size. */
export function forecastInThread(input: ForecastInput): Promise<Forecast> {
  const { worker, waiting } = (thread ??= startThread());
  const id = newId();
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ id, input });
  });
}

/** The process may end while the thread has nothing to do. */
function startThread(): Thread {
  const worker = new Worker(program, { execArgv: [] });
  const waiting = new Map<string, Waiting>();
  const started = { worker, waiting };
  const end = (error: Error) => {
    if (thread === started) thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', ({ id, forecast }: { id: string; forecast: Forecast }) => {
    waiting.get(id)?.resolve(forecast);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread of the forecast ended')));
  worker.unref();
  return started;
}
