/**
 * Where a Postgres server answers.
 * `url`: a connection string. `socket`: a unix socket named `.s.PGSQL.<port>` in the folder `socketDir`; the port only
 * names that file, nothing listens on TCP.
 */
export type PostgresAddress =
  | { kind: 'url'; url: string }
  | { kind: 'socket'; socketDir: string; port: number; user: string; database: string; password?: string };

/**
 * The address that DATABASE_URL names. A unix socket is written as PostgreSQL itself writes it, its folder as the host
 * with each slash as %2F: `postgres://hub@%2Fvar%2Frun%2Fpostgresql/hub`. postgres.js does not understand that, so it is
 * taken apart here.
 */
export function readPostgresUrl(url: string): PostgresAddress {
  const { hostname, port, username, password, pathname } = new URL(url);
  const socketDir = decodeURIComponent(hostname);
  if (!socketDir.startsWith('/')) return { kind: 'url', url };
  const user = decodeURIComponent(username);
  return {
    kind: 'socket',
    socketDir,
    port: port === '' ? 5432 : Number(port),
    user,
    database: decodeURIComponent(pathname.slice(1)) || user,
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  };
}
