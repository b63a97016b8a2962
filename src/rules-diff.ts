import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../db/connect.ts';
import { diffRules, sayDiffs } from './cases/diff-rules.ts';
import { readConfig } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { EmbeddedPostgresError } from './platform/embedded-postgres-error.ts';
import { readPostgresUrl } from './platform/postgres-address.ts';

// `npm run rules:diff [examples]`: what the rules of this code would change of the live deadlines. A dry run: on
// DATABASE_URL, or on the demo's DATA_DIR while the demo is not running.
const usualExamples = 5;

async function run(): Promise<void> {
  const given = process.argv[2] ?? String(usualExamples);
  if (!/^\d{1,4}$/.test(given)) throw new Error('say how many examples to show of each change, such as 5');
  const url = process.env['DATABASE_URL'];
  if (url) return show(readPostgresUrl(url), Number(given));
  const read = readConfig(process.env);
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  if (!existsSync(join(read.config.dataDir, 'postgres')))
    throw new Error(`there is no demo in ${read.config.dataDir}: run npm start once, or set DATABASE_URL`);
  const server = await startEmbeddedPostgres({
    dataDir: read.config.dataDir,
    database: 'hub',
    progress: () => undefined,
  });
  try {
    await show(server.address, Number(given));
  } finally {
    await server.stop();
  }
}

async function show(address: Parameters<typeof connect>[0], examples: number): Promise<void> {
  const connection = connect(address, { max: 2, applicationName: 'prosecution-hub rules:diff' });
  try {
    for (const line of sayDiffs(await diffRules(connection.db, examples))) process.stdout.write(`${line}\n`);
  } finally {
    await connection.close();
  }
}

try {
  await run();
} catch (error) {
  const isKnown = error instanceof EmbeddedPostgresError;
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `rules:diff could not be done: ${words}\n${isKnown ? 'Stop the demo first, or set DATABASE_URL.\n' : ''}`,
  );
  process.exitCode = 1;
}
