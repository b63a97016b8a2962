import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Printed = { zone: number; doubled: string; answers: unknown };

const root = fileURLToPath(new URL('../..', import.meta.url));

async function run(TZ: string, script: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, TZ, NODE_OPTIONS: '' };
  const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, ...args],
    options,
  );
  return stdout;
}

async function answersIn(zone: string): Promise<Printed> {
  return JSON.parse(await run(zone, 'test/calendar/time-zone-answers.ts')) as Printed;
}

describe('wherever the process runs', () => {
  it('every answer is the same', async () => {
    const [london, ...others] = await Promise.all(
      ['Europe/London', 'UTC', 'America/New_York', 'Pacific/Auckland'].map(answersIn),
    );
    expect([london, ...others].map((printed) => printed?.zone)).toEqual([-60, 0, 240, -720]);
    expect(london?.doubled).toBe('2026-10-25T00:30:00.000Z');
    for (const other of others) expect(other.answers).toEqual(london?.answers);
  });

  it('the generated bank holidays are current', async () => {
    await Promise.all(
      ['Pacific/Auckland', 'America/New_York'].map(async (zone) =>
        expect(await run(zone, 'db/reference/generate-bank-holidays.ts', '--check')).toBe(''),
      ),
    );
  });
});
