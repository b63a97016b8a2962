import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { createLogger } from '../../src/platform/logger.ts';
import { createShutdown } from '../../src/platform/shutdown.ts';

function stage(limitMs?: number) {
  const signals = new EventEmitter();
  const exits: number[] = [];
  const logger = createLogger('silent');
  const shutdown = createShutdown({ logger, limitMs, signals, exit: (code) => void exits.push(code) });
  return { signals, exits, shutdown };
}

const never = () => new Promise<void>(() => undefined);

test('closers run one after another in the order they were added, then the process exits with 0', async () => {
  const { shutdown, exits } = stage();
  const order: string[] = [];
  for (const name of ['http', 'workers', 'postgres']) {
    shutdown.add(name, async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    });
  }
  await shutdown.run('test');
  expect(order).toEqual(
    ['http', 'workers', 'postgres'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  expect(exits).toEqual([0]);
});

test('a closer that hangs takes its own share of the time only, and the exit code is 1', async () => {
  const { shutdown, exits } = stage(60);
  const closed: string[] = [];
  shutdown.add('workers', never);
  shutdown.add('redis', never);
  shutdown.add('postgres', () => void closed.push('postgres'));
  await shutdown.run('test');
  expect(closed).toEqual(['postgres']);
  expect(exits).toEqual([1]);
});

test('a closer that fails does not keep the others from closing, and the exit code is 1', async () => {
  const { shutdown, exits } = stage();
  const closed: string[] = [];
  shutdown.add('http', () => Promise.reject(new Error('broken')));
  shutdown.add('postgres', () => void closed.push('postgres'));
  await shutdown.run('test');
  expect(closed).toEqual(['postgres']);
  expect(exits).toEqual([1]);
});

test.each(['SIGINT', 'SIGTERM'])('%s starts the shutdown', async (signal) => {
  const { signals, exits } = stage();
  signals.emit(signal);
  await vi.waitFor(() => expect(exits).toEqual([0]));
});

test('a second signal exits at once', () => {
  const { signals, shutdown, exits } = stage();
  shutdown.add('workers', never);
  signals.emit('SIGINT');
  expect(exits).toEqual([]);
  signals.emit('SIGTERM');
  expect(exits).toEqual([1]);
});

test('one press of Ctrl-C that arrives twice, from the terminal and from npm, is one', async () => {
  const { signals, shutdown, exits } = stage();
  let close = () => {};
  shutdown.add('workers', () => new Promise<void>((resolve) => (close = resolve)));
  signals.emit('SIGINT');
  signals.emit('SIGINT');
  expect(exits).toEqual([]);
  close();
  await vi.waitFor(() => expect(exits).toEqual([0]));
});

test('a real process told to stop closes what it has and exits with 0', async () => {
  const script = `
    import { createLogger } from './src/platform/logger.ts';
    import { createShutdown } from './src/platform/shutdown.ts';
    const shutdown = createShutdown({ logger: createLogger('silent') });
    const work = setInterval(() => {}, 1000);
    shutdown.add('work', () => { clearInterval(work); process.stdout.write('closed'); });
    process.stdout.write('ready ');`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number];
  expect({ output, code }).toEqual({ output: 'ready closed', code: 0 });
});
