import { connect, type Transaction } from '../../db/connect.ts';
import { takeFromFolder, type Looks } from '../../src/court-results/take-from-folder.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';

/**
 * A process that takes in the files of a folder and stops for ever at a point of it, so that a test can kill it there:
 * with the message written and not committed, or committed and its file not moved.
 */
const [address = '', folder = '', stopsAt = ''] = process.argv.slice(2);
const { db } = connect(JSON.parse(address) as PostgresAddress);

const stop = async (): Promise<never> => {
  process.stdout.write(`${stopsAt}\n`);
  setInterval(() => undefined, 1_000);
  return new Promise<never>(() => undefined);
};

const stopping = new Proxy(db, {
  get: (target, name) =>
    name === 'transaction'
      ? async (work: (tx: Transaction) => Promise<unknown>) => {
          await target.transaction(async (tx) => {
            await work(tx);
            if (stopsAt === 'written') await stop();
          });
          return stop();
        }
      : (Reflect.get(target, name) as unknown),
});

const looks: Looks = { seen: new Map(), failures: new Map() };
await takeFromFolder(stopping, folder, looks);
await takeFromFolder(stopping, folder, looks);
