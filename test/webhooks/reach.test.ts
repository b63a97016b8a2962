import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterAttempt, retryAfterMs } from '../../src/webhooks/after-attempt.ts';
import { checkUrl, mayReach, reachOf } from '../../src/webhooks/may-reach.ts';
import { post } from '../../src/webhooks/post.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const production = reachOf({ mode: 'production', webhookNetworks: [] });
const withOwn = reachOf({ mode: 'production', webhookNetworks: ['10.20.0.0/16', 'fd00:20::/32'] });
const demo = reachOf({ mode: 'demo', webhookNetworks: [] });

let receiver: Receiver;
beforeAll(async () => void (receiver = await startReceiver()));
afterAll(() => receiver.close());

const send = (url: string, reach = production, timeoutMs = 20_000) =>
  post(url, {}, '{}', { reach, timeoutMs, signal: new AbortController().signal });
const octet = fc.integer({ min: 0, max: 255 });

test('nothing of a private network is reached in production, however its address is written', () => {
  const privates = fc.oneof(
    fc.tuple(
      fc.constantFrom('10', '127', '0', '100.64', '169.254', '172.16', '172.31', '192.168'),
      octet,
      octet,
      octet,
    ),
  );
  fc.assert(
    fc.property(privates, ([start, ...rest]) => {
      const address = [...start.split('.'), ...rest].slice(0, 4).join('.');
      expect(mayReach(production, address)).toBe(false);
      expect(mayReach(production, `::ffff:${address}`)).toBe(false);
      const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
      expect(checkUrl(`https://${number}/`, production)).toContain('private network');
    }),
  );
});

test('a network of one’s own is reached where it is named, and only that', () => {
  fc.assert(
    fc.property(octet, octet, (a, b) => {
      expect(checkUrl(`https://10.20.${a}.${b}/x`, withOwn)).toBe(null);
      expect(checkUrl(`https://10.21.${a}.${b}/x`, withOwn)).not.toBe(null);
    }),
  );
  expect(mayReach(withOwn, 'fd00:20::7')).toBe(true);
  expect(mayReach(withOwn, 'fd00:21::7')).toBe(false);
});

test('production takes https alone; the demo this machine by http too', () => {
  expect(checkUrl('https://records.force.example/hub', production)).toBe(null);
  expect(checkUrl('http://records.force.example/hub', production)).toBe('must start with https://');
  expect(checkUrl('http://localhost:8080/', demo)).toBe(null);
  expect(checkUrl('http://192.168.1.9/', demo)).toContain('private network');
  expect(checkUrl('not a url', demo)).toBe('must be a URL');
});

test('a name that stands for a private address is found out when it is connected to', async () => {
  const byName = receiver.url.replace('127.0.0.1', 'localhost');
  const refused = {
    kind: 'silent',
    why: 'its address is in a private network that WEBHOOK_NETWORKS does not name',
  };
  expect(await send(byName.replace('http:', 'https:'))).toEqual(refused);
  expect(await send(receiver.url.replace('http:', 'https:'))).toEqual(refused);
  expect(await send(byName, { ...production, httpsOnly: false })).toEqual(refused);
  expect(receiver.got).toEqual([]);
  expect(await send(byName, demo)).toMatchObject({ kind: 'answered', status: 204 });
});

test('a receiver that does not answer is not waited for, nor one that is not there', async () => {
  receiver.answer('never');
  expect(await send(receiver.url, demo, 50)).toEqual({ kind: 'silent', why: 'no answer in time' });
  expect(await send('http://127.0.0.1:1/', demo)).toEqual({
    kind: 'silent',
    why: 'no answer (ECONNREFUSED)',
  });
});

test('a delivery is tried for three days, waiting no less each time, and left alone for as long as it is asked', () => {
  const total = retryAfterMs.reduce((sum, ms) => sum + ms, 0);
  expect(total / 86_400_000).toBeCloseTo(3, 0);
  expect(retryAfterMs).toEqual(retryAfterMs.toSorted((a, b) => a - b));
  const answered = (status: number, retryAfterMs: number | null = null) =>
    afterAttempt(1, { kind: 'answered', status, retryAfterMs });
  expect(answered(204)).toMatchObject({ next: { state: 'delivered' }, restMs: 0 });
  expect(answered(404)).toMatchObject({ next: { state: 'pending', afterMs: retryAfterMs[0] }, restMs: 0 });
  expect(answered(429, 90_000)).toMatchObject({
    next: { state: 'pending', afterMs: 90_000 },
    restMs: 90_000,
  });
  expect(answered(410).next).toEqual({ state: 'gone' });
  const last = afterAttempt(retryAfterMs.length + 1, { kind: 'silent', why: 'no answer in time' });
  expect(last.next).toEqual({ state: 'failed' });
});
