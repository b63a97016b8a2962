/**
 * Exits 1 when the tables of db/schema are not those that the migrations make, or when the migrations contradict one
 * another. Nothing is written: drizzle-kit generates into a copy. Run by `npm run check:generated`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const committed = join(project, 'db', 'migrations');
const copy = mkdtempSync(join(tmpdir(), 'hub-migrations-'));

try {
  cpSync(committed, copy, { recursive: true });
  // An absolute folder would be looked for under the working folder.
  const out = `--out=${relative(project, copy)}`;
  const checked = drizzleKit('check', '--dialect=postgresql', out);
  const generated = drizzleKit('generate', '--dialect=postgresql', '--schema=./db/schema/index.ts', out);
  const added = readdirSync(copy).filter((name) => !readdirSync(committed).includes(name));
  // It exits 0 even when it fails, for one when it wants to ask whether a column was renamed: what it says counts.
  if (!checked.includes("Everything's fine")) complain(checked);
  else if (added.length > 0) complain(added.map((name) => readFileSync(join(copy, name), 'utf8')).join('\n'));
  else if (!generated.includes('No schema changes')) complain(generated);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function drizzleKit(...args: string[]): string {
  const program = join(project, 'node_modules', 'drizzle-kit', 'bin.cjs');
  const run = spawnSync(process.execPath, [program, ...args], { cwd: project, encoding: 'utf8' });
  return `${run.stdout}\n${run.stderr}`;
}

function complain(what: string): void {
  process.stderr.write(`${what}\ndb/migrations is not current: run npm run db:generate\n`);
  process.exitCode = 1;
}
