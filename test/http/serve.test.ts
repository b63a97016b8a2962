import { Agent, request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { serve } from '../../src/http/serve.ts';

const answering = { fetch: () => new Response('done') };

/** An application whose answer waits until it is told to finish. */
function held() {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const fetch = async () => {
    begin();
    await finished;
    return new Response('done');
  };
  return { app: { fetch }, begun, finish: () => finish() };
}

test('port 0 is any free port, and each server has its own', async () => {
  const [one, two] = await Promise.all([
    serve(answering, { host: '127.0.0.1', port: 0 }),
    serve(answering, { host: '127.0.0.1', port: 0 }),
  ]);
  expect(one.port).not.toBe(two.port);
  expect(await (await fetch(`http://127.0.0.1:${one.port}`)).text()).toBe('done');
  await Promise.all([one.close(), two.close()]);
});

test('a port that is taken is told at once', async () => {
  const first = await serve(answering, { host: '127.0.0.1', port: 0 });
  await expect(serve(answering, { host: '127.0.0.1', port: first.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await first.close();
});

test('closing lets what runs finish, takes nothing new, and does not wait for idle connections', async () => {
  const { app, begun, finish } = held();
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  const agent = new Agent({ keepAlive: true });
  const get = () =>
    new Promise<string>((resolve, reject) => {
      httpRequest(url, { agent }, (response) => response.setEncoding('utf8').on('data', resolve))
        .on('error', reject)
        .end();
    });
  const running = get();
  await begun;
  const closed = server.close();
  await expect(fetch(url)).rejects.toThrow();
  finish();
  expect(await running).toBe('done');
  const started = performance.now();
  await closed;
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(server.close(), 'closing twice is closing once').toBe(server.close());
  agent.destroy();
});

test('what does not finish in its time is cut off', async () => {
  const { app, begun } = held();
  const server = await serve(app, { host: '127.0.0.1', port: 0, drainLimitMs: 200 });
  const hanging = fetch(`http://127.0.0.1:${server.port}`).then(
    () => 'answered',
    () => 'cut off',
  );
  await begun;
  await server.close();
  expect(await hanging).toBe('cut off');
});
