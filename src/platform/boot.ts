import { readConfig, type Config } from './config.ts';
import { isDatabaseOutage } from './database-outage.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { Logger } from './logger.ts';

/**
 * The configuration of a process that was started for a mode; where the environment is wrong, says everything that is
 * wrong with it and ends the process.
 */
export function readConfigOrExit(mode: Config['mode']): Config {
  const read = readConfig(process.env);
  const problems = read.kind === 'invalid' ? [...read.problems] : [];
  if (read.kind === 'ok' && read.config.mode !== mode)
    problems.push(
      mode === 'demo'
        ? 'DATABASE_URL: this is the demo, on a Postgres of its own. In production run npm run start:api and npm run start:workers'
        : 'DATABASE_URL: is needed in production. For the demo run npm start',
    );
  if (read.kind === 'ok' && problems.length === 0) return read.config;
  process.stderr.write(
    `The configuration is not right:\n${problems.map((problem) => `  ${problem}\n`).join('')}`,
  );
  process.exit(1);
}

/** Starts a production process; where that fails, says why to the log and to whoever watches, and ends the process. */
export async function startOrExit(
  logger: Pick<Logger, 'fatal'>,
  { host, port }: Pick<Config, 'host' | 'port'>,
  start: () => Promise<void>,
): Promise<void> {
  try {
    await start();
  } catch (err) {
    logger.fatal({ err }, 'could not start');
    process.stderr.write(`prosecution-hub could not start: ${explainFailedStart(err, { host, port })}\n`);
    process.exit(1);
  }
}

/** Why a process could not start, in words for the person at the terminal; what is no one's mistake keeps its stack. */
export function explainFailedStart(error: unknown, at: Pick<Config, 'host' | 'port'>): string {
  if (error instanceof EmbeddedPostgresError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'bind') {
    if (code === 'EADDRINUSE')
      return `something else listens on ${at.host}:${at.port} already. Choose another port, as in PORT=${nextPort(at.port)} (or PORT=0 for any free one).`;
    return `it cannot listen on HOST ${at.host}, PORT ${at.port} (${code}).`;
  }
  if (isDatabaseOutage(error) || /^28/.test(code ?? ''))
    return `the PostgreSQL server that DATABASE_URL names cannot be used (${code ?? error.name}: ${error.message}).`;
  return error.stack ?? error.message;
}

function nextPort(port: number): number {
  return port < 65_535 ? port + 1 : 3000;
}
