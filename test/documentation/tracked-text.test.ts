import { describe, expect, it } from 'vitest';
import { projectFiles, textOf } from './project-files.ts';

/** The words are put together here, so that this file does not find itself. */
const placesOfOneMachine = ['work', 'root', 'home', 'Users', 'workspace'].map((folder) => `/${folder}/`);
const wordsOfAChat = [
  ['as an', 'AI'],
  ['language', 'model'],
  ['the', 'brief says'],
  ['sub', 'agent'],
  ['coding', 'agent'],
].map(([first, second]) => new RegExp(`\\b${first}[ -]?${second}\\b`, 'i'));

const texts = projectFiles()
  .filter((path) => path !== 'package-lock.json' && !path.startsWith('db/reference/data/'))
  .map((path) => ({ path, text: textOf(path) ?? '' }));

describe('what is committed', () => {
  it.each(placesOfOneMachine)('names no file below %s, which is there on one machine alone', (place) => {
    // After a letter or a dot it is part of an address or of a relative path.
    const pattern = new RegExp(`(^|[^\\w.*)}\\]-])${place}`, 'm');
    expect(texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it.each(wordsOfAChat)('has no trace of how it was written (%s)', (word) => {
    expect(texts.filter(({ text }) => word.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('is free of conflict markers', () => {
    expect(texts.filter(({ text }) => /^(<{7}|>{7}) /m.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const lock = textOf('package-lock.json') ?? '';

  it('names no registry, so that it installs from whichever one is set up', () => {
    expect(lock).not.toContain('"resolved"');
    expect(lock).not.toMatch(/:\/\/[^/"]*(registry|npmjs|npm\.|artifactory|nexus|verdaccio)/i);
  });

  it('has the fingerprint of every package', () => {
    type Package = { link?: boolean; integrity?: string; inBundle?: boolean };
    const { packages } = JSON.parse(lock) as { packages: Record<string, Package> };
    const bare = Object.entries(packages).filter(
      ([path, entry]) => path !== '' && !entry.link && !entry.inBundle && !entry.integrity,
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });
});
