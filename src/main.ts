import { createServer } from 'node:net';
import type { DemoClosers } from './demo.ts';
import { explainFailedStart, readConfigOrExit } from './platform/boot.ts';
import { startStopwatch } from './platform/clock.ts';
import { createDemoLog } from './platform/demo-log.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { createLogger } from './platform/logger.ts';
import { createShutdown } from './platform/shutdown.ts';

// `npm start`: the demo. Embedded Postgres, an invented force, the API and the workers in one process, on loopback.
// Little is imported here; the rest, which takes as long to read, is read while Postgres starts.
const elapsedMs = startStopwatch();
const config = readConfigOrExit('demo');
say(`Starting PostgreSQL in ${config.dataDir} …`);
const log = createDemoLog(config.dataDir, say);
const logger = createLogger(config.logLevel, log);
const starting = startEmbeddedPostgres({ dataDir: config.dataDir, database: 'hub', progress: say });
const checking = findPortTrouble();
const importing = import('./demo.ts');
importing.catch(() => undefined);

const stopping = new AbortController();
let hasFailed = false;
const closers: DemoClosers = {};
const shutdown = createShutdown({ logger, exit: (code) => process.exit(hasFailed ? 1 : code) });
shutdown.add('what is still starting', () => stopping.abort());
shutdown.add('HTTP', (limitMs) => closers.http?.(limitMs));
shutdown.add('workers', (limitMs) => closers.workers?.(limitMs));
shutdown.add('sweep', () => closers.sweep?.());
shutdown.add('recomputer', () => closers.recomputer?.());
shutdown.add('nightly check', () => closers.nightlyCheck?.());
shutdown.add('plan watch', () => closers.planWatch?.());
shutdown.add('imports', () => closers.imports?.());
shutdown.add('webhooks', () => closers.webhooks?.());
shutdown.add('sealer', () => closers.sealer?.());
shutdown.add('court folder', () => closers.courtFolder?.());
shutdown.add('read log', () => closers.readLog?.());
shutdown.add('queues', (limitMs) => closers.queues?.(limitMs));
shutdown.add('connections', () => closers.connections?.());
shutdown.add('Postgres', async () => (await starting.catch(() => undefined))?.stop());

try {
  const { address } = await starting;
  log.open();
  const trouble = await checking;
  if (trouble) throw trouble;
  const { startDemo } = await importing;
  const url = await startDemo({ config, logger, address, closers, signal: stopping.signal, say });
  say('');
  say(`prosecution-hub is ready after ${(elapsedMs() / 1000).toFixed(1)} s: ${url}`);
  say('Sign in as cw-1 (caseworker, crime), cw-5 (caseworker, traffic), sr-1 (senior), admin-1 or audit-1:');
  say(`  curl -s ${url}/demo/tokens -H 'Content-Type: application/json' -d '{"staffId":"cw-1"}'`);
  say('Stop it with Ctrl-C.');
} catch (error) {
  // Told to stop in the middle of its start, it fails in some way, which is no failure.
  if (!stopping.signal.aborted) {
    hasFailed = true;
    process.stderr.write(`prosecution-hub could not start: ${explainFailedStart(error, config)}\n`);
    await shutdown.run('could not start');
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Whether the port can be had, found out early: the demo listens only when everything else is done. */
async function findPortTrouble(): Promise<Error | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(config.port, config.host, () => server.close(() => resolve(undefined)));
  });
}
