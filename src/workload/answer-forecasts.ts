import { parentPort } from 'node:worker_threads';
import { forecastFrom, type ForecastInput } from './forecast-input.ts';

/** The program of the forecast's thread: answers one question after the other. */
parentPort?.on('message', ({ id, input }: { id: string; input: ForecastInput }) => {
  parentPort?.postMessage({ id, forecast: forecastFrom(input) });
});
