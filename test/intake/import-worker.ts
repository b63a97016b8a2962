// A worker process for tests to kill: it works on files of cases until it is ended. Argument: the address of Postgres as JSON.
import { connect } from '../../db/connect.ts';
import type { PostgresAddress } from '../../src/platform/postgres-address.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startImports } from '../../workers/imports.ts';

const { db } = connect(JSON.parse(process.argv[2] ?? '') as PostgresAddress);
startImports({ db, logger: createLogger('silent') }, 50);
process.stdout.write('working\n');
