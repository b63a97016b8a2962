/** How postgres.js and the sockets under it name a connection that could not be had, or was lost. */
const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATEs after which Postgres closes the connection: shutting down, a crash, a session that idled too long. */
const closingStates = /^(57P0[1-5]|25P0[34]|08...)$/;

/**
 * SQLSTATEs with which Postgres says that it cannot serve now: resources used up (connections, memory, disk), not yet
 * a primary, no such database yet, a statement or transaction that took too long or lost to another.
 */
const unableStates = /^(53...|57014|58030|25006|40001|40P01|55P03|3D000)$/;

const deepestCause = 5;

/** Whether an error, or what caused it, says that Postgres cannot serve now, so that trying again later may help. */
export function isDatabaseOutage(error: unknown): boolean {
  return isConnectionLost(error) || codesOf(error).some(({ code }) => unableStates.test(code));
}

/** Whether an error, or what caused it, says that there is no connection any more. */
export function isConnectionLost(error: unknown): boolean {
  return codesOf(error).some(
    ({ code, syscall }) =>
      connectionCodes.has(code) ||
      closingStates.test(code) ||
      // A unix socket that is not there: the server is down.
      (code === 'ENOENT' && syscall === 'connect'),
  );
}

function codesOf(error: unknown): { code: string; syscall: unknown }[] {
  const codes: { code: string; syscall: unknown }[] = [];
  let current = error;
  for (let depth = 0; depth < deepestCause && current instanceof Error; depth += 1) {
    const { code, syscall } = current as { code?: unknown; syscall?: unknown };
    if (typeof code === 'string') codes.push({ code, syscall });
    current = current.cause;
  }
  return codes;
}
