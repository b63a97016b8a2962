import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

/** What the project makes or fetches and never keeps; local settings of an editor are not the project's either. */
const notOurs = /^(node_modules|coverage|bench\/results|\.(git|data|vscode|idea)|\.env(\..*)?)$|\.log$/;

/** The paths of the project's own files, from its root and with forward slashes. Works without git. */
export function projectFiles(folder = project): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    const path = relative(project, full).split(sep).join('/');
    if (notOurs.test(path)) return [];
    if (entry.isDirectory()) return projectFiles(full);
    return statSync(full).isFile() ? [path] : [];
  });
}

/** A file's text; undefined where it is none. */
export function textOf(path: string): string | undefined {
  const bytes = readFileSync(join(project, path));
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}
