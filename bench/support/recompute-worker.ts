// A worker process of the benchmark, which does recomputations alone. Argument: the address of Postgres as JSON.
import { connect } from '../../db/connect.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startRecomputer } from '../../workers/recompute.ts';

const connection = connect(JSON.parse(process.argv[2] ?? '') as PostgresAddress);
startRecomputer({ db: connection.db, logger: createLogger('warn') }, 100);
