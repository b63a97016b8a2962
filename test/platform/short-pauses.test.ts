import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flagsAtStart } from '../../src/platform/short-pauses.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('npm and the image start the API with the same flags of V8, those that benchmarks measure it with', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const command = /^CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]';
  const ofNpm = scripts['start:api']?.split(' ').slice(1);
  expect(ofNpm).toEqual(['node', ...flagsAtStart, '--import', 'tsx', 'src/api.ts']);
  expect(JSON.parse(command)).toEqual(ofNpm);
});
