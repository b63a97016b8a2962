/**
 * Where a Postgres server answers.
 * `url`: a connection string. `socket`: a unix socket named `.s.PGSQL.<port>` in the folder `socketDir`; the port only
 * names that file, nothing listens on TCP.
 */
export type PostgresAddress =
  | { kind: 'url'; url: string }
  | { kind: 'socket'; socketDir: string; port: number; user: string; database: string };
