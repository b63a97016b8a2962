// A worker process for tests to kill: its effect does all its work, says so on standard output, and then hangs within
// the transaction of the firing. Arguments: the address of Postgres as JSON, and the URL of Redis or nothing.
import { connect } from '../../db/connect.ts';
import type { Effect } from '../../src/alerts/fire.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { recordingEffect } from '../alerts/stage.ts';
import { runWorkers } from './stage.ts';

const [address = '', redisUrl] = process.argv.slice(2);
const hub = connect(JSON.parse(address) as PostgresAddress);
const hangs: Effect = async (tx, fired, now) => {
  await recordingEffect()(tx, fired, now);
  process.stdout.write(`firing ${fired.length}\n`);
  return new Promise(() => undefined);
};
await runWorkers(
  hub,
  { redisUrl },
  { effects: { deadlines: hangs, 'victim-updates': hangs, chasers: hangs } },
);
