/** What every message about embedded Postgres that cannot be helped here ends with. */
export const useAnotherServer =
  'To use a PostgreSQL server of your own instead, set DATABASE_URL (for example postgres://user@host/database).';

/**
 * Why embedded Postgres could not be started; the message is written for the person at the terminal.
 * - `unsupported`: no binaries for this machine, or they do not run here
 * - `no-user`: started as root and no unprivileged user can run the server
 * - `in-use`: another process (`holder`, a process id) has the data folder
 * - `no-folder`: the data folder cannot be read or written, or its disk is full
 * - `failed`: Postgres started and stopped again; the message holds the end of its log
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly kind: 'unsupported' | 'no-user' | 'no-folder' | 'in-use' | 'failed';
  readonly holder: number | undefined;

  constructor(kind: EmbeddedPostgresError['kind'], message: string, holder?: number) {
    super(message);
    this.kind = kind;
    this.holder = holder;
  }
}

const folderTroubles = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'];

/** Turns what the file system refused into a message for the person at the terminal; leaves other errors as they are. */
export function explainFolderTrouble(error: unknown, dataDir: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code || !folderTroubles.includes(code)) return error;
  return new EmbeddedPostgresError(
    'no-folder',
    `The data folder ${dataDir} cannot be used (${message}). Choose another one with DATA_DIR. ${useAnotherServer}`,
  );
}
