import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, projectFiles, textOf } from './project-files.ts';

const pages = projectFiles().filter((path) => path.endsWith('.md'));
const readme = textOf('README.md') ?? '';
const scripts = Object.keys((JSON.parse(textOf('package.json') ?? '{}') as { scripts: object }).scripts);

describe('the README', () => {
  it.each(['npm ci --omit=dev && npm start', 'npm ci && npm test'])('says `%s`', (command) => {
    expect(readme).toContain(command);
  });

  it('names no npm script that is not there', () => {
    const named = [...readme.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

describe('every page', () => {
  it.each(pages)('%s links to what exists', (page) => {
    const missing = relativeLinks(textOf(page) ?? '').filter((link) => !leadsSomewhere(page, link));
    expect(missing).toEqual([]);
  });
});

/** Links and pictures that lead into the project, in Markdown and in HTML; code is left out. */
function relativeLinks(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  const patterns = [
    /\]\(\s*<?([^)\s>]+)/g,
    /^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm,
    /\b(?:href|src)="([^"]+)"/g,
  ];
  const links = patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, link]) => link ?? ''));
  return links.filter((link) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
  if (!existsSync(join(project, target))) return false;
  return !heading || !target.endsWith('.md') || headings(textOf(target) ?? '').includes(heading);
}

/** The anchors that a page's headings get where it is shown. */
function headings(markdown: string): string[] {
  const titles = [...markdown.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map(([, title]) => title ?? '');
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
