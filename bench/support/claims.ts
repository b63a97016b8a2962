import type { Client } from '../../test/support/client.ts';

/** Caseworkers who pull and give back at a steady rate, whatever becomes of the pulls before: an open loop. */
export type Claiming = {
  /** The milliseconds that each pull took since the last time of asking. */
  taken(): number[];
  stop(): Promise<void>;
};

type Pulled = { task?: { id: string; claim: { token: string } } };

/** @param everyMs between two pulls of the whole hub */
export function keepClaiming(
  clientOf: (staffId: string) => Client,
  caseworkers: readonly string[],
  everyMs: number,
): Claiming {
  const times: number[] = [];
  let turn = 0;
  let failure: unknown;
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  const claim = async (who: string) => {
    const start = performance.now();
    const { status, body } = await clientOf(who).post<Pulled>(`/api/caseworkers/${who}/next-task`);
    times.push(performance.now() - start);
    if (status !== 200 || !body.task) throw new Error(`a pull was answered ${status}`);
    const { id, claim: held } = body.task;
    await clientOf(who).post(`/api/tasks/${id}/release`, { claim: held.token });
  };
  const timer = setInterval(() => {
    const who = caseworkers[turn++ % caseworkers.length] ?? '';
    if (busy.has(who)) return;
    busy.add(who);
    const one = claim(who)
      .catch((error: unknown) => void (failure ??= error))
      .finally(() => {
        busy.delete(who);
        running.delete(one);
      });
    running.add(one);
  }, everyMs);
  return {
    taken: () => times.splice(0),
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      if (failure !== undefined) throw failure instanceof Error ? failure : new Error('a pull failed');
    },
  };
}
