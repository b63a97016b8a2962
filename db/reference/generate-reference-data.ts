/**
 * Writes the field's standing data into db/reference/data, one file a list, from the installed development dependency
 * @moj-bichard7-developers/bichard7-next-data. Run it after a new version of that package is installed:
 *
 *   npx tsx db/reference/generate-reference-data.ts           writes the files
 *   npx tsx db/reference/generate-reference-data.ts --check   exits 1 when a committed file is not what would be written
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeReferenceFile } from '../../src/reference/reference-file.ts';
import { sourceLists } from './source-lists.ts';

const folder = fileURLToPath(new URL('./data/', import.meta.url));

mkdirSync(folder, { recursive: true });
const wanted = new Map(sourceLists().map((file) => [`${file.list}.tsv`, writeReferenceFile(file)]));
const present = new Set(readdirSync(folder));
const strays = [...present].filter((name) => name.endsWith('.tsv') && !wanted.has(name));
const stale = [...wanted].filter(
  ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
);

if (process.argv.includes('--check')) {
  for (const name of [...stale.map(([changed]) => changed), ...strays]) {
    process.stderr.write(
      `db/reference/data/${name} is not current: run db/reference/generate-reference-data.ts\n`,
    );
  }
  process.exitCode = stale.length + strays.length > 0 ? 1 : 0;
} else {
  for (const name of strays) rmSync(join(folder, name));
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  for (const [name, text] of wanted) process.stdout.write(`${name} ${Buffer.byteLength(text)} bytes\n`);
}
