import { mkdirSync, writeFileSync } from 'node:fs';

/** The middle value; of an even number of values the upper middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which a share of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs work a number of times with so many in flight, and answers how many were done a second. */
export async function perSecond(
  count: number,
  inFlight: number,
  work: (i: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let i = next++; i < count; i = next++) await work(i);
    }),
  );
  return count / ((performance.now() - start) / 1000);
}

export type Pair = { ours: number; baseline: number };

/** Prints interleaved pairs as a ratio with its spread, and keeps them as JSON. */
export function report(
  id: string,
  title: string,
  unit: string,
  pairs: readonly Pair[],
  more: object = {},
): void {
  const ratios = pairs.map(({ ours, baseline }) => ours / baseline);
  const line = {
    ours: median(pairs.map(({ ours }) => ours)),
    baseline: median(pairs.map(({ baseline }) => baseline)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    pairs: pairs.length,
  };
  process.stdout.write(
    `${id}  ${title}\n    ours ${line.ours.toFixed(1)} ${unit}, baseline ${line.baseline.toFixed(1)} ${unit}, ` +
      `ratio ${line.ratio.toFixed(2)} (${line.lowest.toFixed(2)} to ${line.highest.toFixed(2)}, ${line.pairs} pairs)\n`,
  );
  keep(id, { id, title, unit, ...line, pairs, ...more });
}

/** Keeps what was measured as JSON in `bench/results`. */
export function keep(id: string, measured: object): void {
  mkdirSync(new URL('../results', import.meta.url), { recursive: true });
  writeFileSync(new URL(`../results/${id}.json`, import.meta.url), `${JSON.stringify(measured, null, 2)}\n`);
}
