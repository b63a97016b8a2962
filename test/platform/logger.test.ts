import { expect, test } from 'vitest';
import { createLogger, type Logger } from '../../src/platform/logger.ts';

function capture(log: (logger: Logger) => void, level: 'info' | 'warn' = 'info'): Record<string, unknown>[] {
  const lines: string[] = [];
  log(createLogger(level, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line is one JSON object with level, time and message', () => {
  const [line] = capture((logger) => logger.info({ queue: 'deadlines' }, 'swept'));
  expect(line).toMatchObject({ level: 'info', queue: 'deadlines', msg: 'swept' });
  expect(line!['time']).toMatch(/Z$/);
});

test('lines below the level are not written', () => {
  expect(capture((logger) => logger.info('quiet'), 'warn')).toEqual([]);
});

test.each([
  ...['authorization', 'token', 'cookie', 'name', 'phone', 'email', 'address', 'body'],
  ...['accessToken', 'set-cookie', 'victim_name', 'EmailAddress', 'LINK_SECRET', 'surname'],
])('the value of %s is never written, at any depth', (field) => {
  const lines = capture((logger) => {
    logger.info({ [field]: 'Zzyzx' }, 'flat');
    logger.info({ request: { headers: [{ [field]: { inner: 'Zzyzx' } }] } }, 'deep');
    logger.child({ [field]: 'Zzyzx' }).info('child');
    logger
      .child({ request: 'r1' })
      .child({ [field]: 'Zzyzx' })
      .info('grandchild');
  });
  expect(lines).toHaveLength(4);
  expect(JSON.stringify(lines)).not.toContain('Zzyzx');
});

test('fields that only look like sensitive ones are written', () => {
  const [line] = capture((logger) => logger.info({ hostname: 'h1', filename: 'f1', tokenised: true }));
  expect(line).toMatchObject({ hostname: 'h1', filename: 'f1', tokenised: true });
});

test('an error keeps type, code, message, stack and cause, and loses the row and the values that drivers hang on it', () => {
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (name)=(Zzyzx) exists.',
  });
  const error = Object.assign(
    new Error('Failed query: insert into people\nparams: Zzyzx,\nSecond line', { cause }),
    {
      params: ['Zzyzx'],
      query: "insert into people values ('Zzyzx')",
    },
  );
  const lines = capture((logger) => {
    logger.error(error);
    logger.error(error, 'could not be saved');
    logger.error({ err: error, attempts: [error] }, 'could not be saved');
  });
  expect(lines[1]).toMatchObject({
    msg: 'could not be saved',
    err: { type: 'Error', cause: { code: '23505', message: 'duplicate key' } },
  });
  expect((lines[1]!['err'] as { stack: string }).stack).toContain('logger.test.ts');
  expect(JSON.stringify(lines)).not.toMatch(/Zzyzx|Second line/);
});

test('things that refer to themselves are written once', () => {
  const loop: Record<string, unknown> = { id: 1 };
  loop['self'] = loop;
  expect(capture((logger) => logger.info({ loop }))).toMatchObject([{ loop: { id: 1, self: '[circular]' } }]);
});
