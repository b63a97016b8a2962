import { readConfig, type Config } from './config.ts';

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
