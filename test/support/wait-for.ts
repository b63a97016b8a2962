/**
 * Waits until something holds, looking again every few milliseconds, and answers what it found. Throws, naming what
 * was awaited, when it never does: tests wait for conditions, never for time to pass.
 */
export async function waitFor<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  limitMs = 30_000,
): Promise<NonNullable<Exclude<Found, false>>> {
  const end = performance.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) {
        return found as NonNullable<Exclude<Found, false>>;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`waited ${limitMs} ms in vain: ${what}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
