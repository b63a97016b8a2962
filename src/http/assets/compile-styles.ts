/**
 * Compiles `hub.scss` to `hub.css`, which is kept in the project so that a start needs no compiler. With `--check` it
 * writes nothing, and exits 1 when the kept one is not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const source = fileURLToPath(new URL('hub.scss', import.meta.url));
const target = fileURLToPath(new URL('hub.css', import.meta.url));
const project = fileURLToPath(new URL('../../..', import.meta.url));

const { css } = compile(source, {
  style: 'compressed',
  loadPaths: [project],
  quietDeps: true,
});

if (!process.argv.includes('--check')) writeFileSync(target, css);
else if (readFileSync(target, 'utf8') !== css) {
  process.stderr.write('src/http/assets/hub.css is not current: run npm run styles:generate\n');
  process.exitCode = 1;
}
