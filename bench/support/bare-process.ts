// A process of a benchmark that sends what a pull and a completion send, through postgres.js and nothing else. Arguments:
// the address of Postgres and what was recorded, by team, as JSON. Told whom to pull for, it answers with what was given.
import { connect } from '../../db/connect.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import type { Pulling } from './bare-claims.ts';
import { bareCycle, keepGoing, type Recorded } from './claim-cycles.ts';

const [address, even, odd, max] = process.argv.slice(2).map((text) => JSON.parse(text) as unknown) as [
  PostgresAddress,
  Recorded,
  Recorded,
  number,
];
const { db } = connect(address, { max });
const cycle = bareCycle(db.$client, (who) => (Number(who.split('-')[1]) % 2 === 0 ? even : odd));
process.on('message', ({ people, inFlight, seconds }: Pulling) => {
  keepGoing(people, inFlight, seconds, cycle).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
