/**
 * Runs a piece of work never twice at once. Asked while it runs, it runs once more afterwards, however often it was
 * asked: whoever asks may have saved something that the running one looked for too early.
 */
export function createGate(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = () => {
    running = work().finally(() => (running = undefined));
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running.then(
      () => ((next = undefined), start()),
      () => ((next = undefined), start()),
    );
    return next;
  };
}
