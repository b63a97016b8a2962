// A worker process for tests to kill in the middle of a recomputation. Argument: the address of Postgres as JSON.
import { connect } from '../../db/connect.ts';
import { recompute } from '../../src/cases/recompute.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';

const connection = connect(JSON.parse(process.argv[2] ?? '') as PostgresAddress);
await recompute(connection.db, { batch: 10 });
