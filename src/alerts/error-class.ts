/** PostgreSQL's codes for deadlock, serialisation failure and a lock not available: nobody's fault, try again. */
const contention = new Set(['40P01', '40001', '55P03']);

/**
 * An error in a few words that hold nothing of a case: its type, its code and the line of ours that it came from.
 * Never its message: database messages quote values, and parsers quote what they could not read.
 */
export function errorClass(error: unknown): string {
  const root = rootCause(error);
  if (!(root instanceof Error)) return typeof root;
  const code = codeOf(root);
  const constraint = (root as { constraint_name?: unknown }).constraint_name;
  const frames = `${root.stack ?? ''}\n${error instanceof Error ? (error.stack ?? '') : ''}`;
  const place = /\/((?:src|workers|db|test)\/[\w./-]+\.ts:\d+)/.exec(frames)?.[1];
  return [
    root.constructor.name,
    ...(code ? [code] : []),
    ...(typeof constraint === 'string' ? [constraint] : []),
    ...(place ? [`at ${place}`] : []),
  ].join(' ');
}

/** Whether the database gave up a transaction because of others, so that it is worth running again as it was. */
export function isContention(error: unknown): boolean {
  const root = rootCause(error);
  return root instanceof Error && contention.has(codeOf(root) ?? '');
}

/** Drizzle wraps what the driver threw. */
function rootCause(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause !== undefined; depth++)
    cause = cause.cause;
  return cause;
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined;
}
