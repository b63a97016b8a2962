/**
 * How every BullMQ worker runs. The defaults leave a worker idle for 15 s after an outage, recover the job of a killed
 * process after a minute, and keep jobs whose ids then block new ones.
 */
export const workerSettings = {
  runRetryDelay: 500,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 3,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
  drainDelay: 2,
};

/** Runs a closing that may hang, and gives it up after a time. Answers whether it finished. */
export async function closeWithin(closing: () => Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([
      closing().then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
