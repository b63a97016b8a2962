import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { explainFailedStart } from '../../src/platform/boot.ts';
import { createDemoLog } from '../../src/platform/demo-log.ts';
import { demoLinkSecret } from '../../src/platform/link-secret.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { readPostgresUrl } from '../../src/platform/postgres-address.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  folders.push(folder);
  return folder;
}

const at = { host: '127.0.0.1', port: 65_535 };
const failure = (fields: object) => Object.assign(new Error('it failed'), fields);

test('a failed start is explained to the person who started it', () => {
  const taken = explainFailedStart(failure({ code: 'EADDRINUSE', syscall: 'listen' }), at);
  expect(taken).toMatch(/^something else listens on 127\.0\.0\.1:65535 already.*PORT=3000/);
  expect(explainFailedStart(failure({ code: 'EACCES', syscall: 'listen' }), at)).toMatch(
    /HOST.*PORT.*EACCES/,
  );
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000', '53300'])
    expect(explainFailedStart(failure({ code }), at)).toMatch(new RegExp(`DATABASE_URL.*${code}`));
  expect(explainFailedStart(failure({}), at)).toMatch(/it failed\n\s+at /);
  expect(explainFailedStart('words', at)).toBe('words');
});

test('a database on a unix socket is written as PostgreSQL writes it', () => {
  const tcp = 'postgres://hub:secret@db.example:5433/hub?sslmode=require';
  expect(readPostgresUrl(tcp)).toEqual({ kind: 'url', url: tcp });
  expect(readPostgresUrl('postgres://hub@%2Frun%2FPostgres/records')).toEqual({
    kind: 'socket',
    socketDir: '/run/Postgres',
    port: 5432,
    user: 'hub',
    database: 'records',
  });
  expect(readPostgresUrl('postgresql://a%40b:c%2Fd@%2Frun:5433')).toMatchObject({
    port: 5433,
    user: 'a@b',
    password: 'c/d',
    database: 'a@b',
  });
});

test('the demo logs to a file, keeps the log of the run before, and tells errors once at the terminal', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'hub.log'), 'the run before\n');
  const said: string[] = [];
  const log = createDemoLog(folder, (line) => void said.push(line));
  const logger = createLogger('info', log);
  logger.info('before it is open');
  expect(readFileSync(join(folder, 'hub.log'), 'utf8')).toBe('the run before\n');
  log.open();
  logger.warn('a warning');
  for (let n = 0; n < 3; n++) logger.error({ err: new Error('secret') }, 'a sweep failed');
  expect(said).toEqual([`error: a sweep failed (more in ${join(folder, 'hub.log')})`]);
  expect(readFileSync(join(folder, 'hub.previous.log'), 'utf8')).toBe('the run before\n');
  const kept = readFileSync(join(folder, 'hub.log'), 'utf8').trim().split('\n');
  expect(kept.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    ...['before it is open', 'a warning'],
    ...['a sweep failed', 'a sweep failed', 'a sweep failed'],
  ]);
});

test('the demo’s key for links outlives a restart, and one that was cut short is made anew', () => {
  const folder = newFolder();
  const secret = demoLinkSecret(folder);
  expect(secret.length).toBeGreaterThan(32);
  expect(demoLinkSecret(folder)).toBe(secret);
  writeFileSync(join(folder, 'link-secret'), '');
  expect(demoLinkSecret(folder)).toMatch(/^[\w-]{64}$/);
});
