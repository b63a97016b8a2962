// A worker process for tests to kill: it hands a message to the real mail server or Notify, which take it, says so on
// standard output, and then hangs before it can be recorded. Arguments: the address of Postgres as JSON, what the
// messages leave by as JSON, and the URL of Redis or nothing.
import { connect } from '../../db/connect.ts';
import { openChannel, type ChannelConfig } from '../../src/messages/open-channel.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { runWorkers } from '../workers/stage.ts';

const [address = '', by = '', redisUrl] = process.argv.slice(2);
const hub = connect(JSON.parse(address) as PostgresAddress);
const real = openChannel(JSON.parse(by) as ChannelConfig);
await runWorkers(
  hub,
  { redisUrl },
  {
    channel: {
      ...real,
      deliver: async (letter) => {
        const { kind } = await real.deliver(letter);
        process.stdout.write(`${kind} ${letter.id}\n`);
        return new Promise(() => undefined);
      },
    },
  },
);
