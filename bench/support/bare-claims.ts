import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import type { Given, Recorded } from './claim-cycles.ts';

/** For whom to pull, how many at a time and for how long. */
export type Pulling = { people: string[]; inFlight: number; seconds: number };
type Result = { perSecond: number; given: Given[] };

export type BareClaims = {
  /** Shares the people and what is in flight out among the processes. */
  keepGoing(pulling: Pulling): Promise<Result>;
  stop(): Promise<void>;
};

/** Starts as many processes that send the bare statements as there are of the API, each with as many connections. */
export async function startBareClaims(
  address: PostgresAddress,
  recorded: { even: Recorded; odd: Recorded },
  processes: number,
  connections: number,
): Promise<BareClaims> {
  const given = [address, recorded.even, recorded.odd, connections].map((part) => JSON.stringify(part));
  const children = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = fork(fileURLToPath(new URL('bare-process.ts', import.meta.url)), given);
      await once(child, 'message');
      return child;
    }),
  );
  return {
    keepGoing: async ({ people, inFlight, seconds }) => {
      const results = await Promise.all(
        children.map(async (child, turn) => {
          const answered = once(child, 'message');
          child.send({
            people: people.filter((_, i) => i % processes === turn),
            inFlight: inFlight / processes,
            seconds,
          });
          return ((await answered) as [Result])[0];
        }),
      );
      return {
        perSecond: results.reduce((sum, result) => sum + result.perSecond, 0),
        given: results.flatMap((result) => result.given),
      };
    },
    stop: async () => {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ended);
    },
  };
}
