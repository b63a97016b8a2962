import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const fewestCharacters = 32;

/**
 * The key that signs officers' links in the demo: made once and kept in the data folder, outside the database.
 * Production is given its own as LINK_SECRET. To be called by the holder of the data folder alone.
 */
export function demoLinkSecret(dataDir: string): string {
  const file = join(dataDir, 'link-secret');
  mkdirSync(dataDir, { recursive: true });
  return readSecret(file) ?? makeSecret(file);
}

/** A file that a full disk cut short counts as none: an empty key would sign links that anybody can make. */
function readSecret(file: string): string | undefined {
  try {
    const secret = readFileSync(file, 'utf8');
    return secret.length < fewestCharacters ? undefined : secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeSecret(file: string): string {
  const secret = randomBytes(48).toString('base64url');
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, secret);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  return secret;
}
