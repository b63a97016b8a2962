import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressIn, mayReach, type Reach } from './may-reach.ts';

/** What became of one try. `why` holds nothing of what was sent, nor of the address. */
export type Answer =
  | { kind: 'answered'; status: number; retryAfterMs: number | null }
  | { kind: 'silent'; why: string }
  /** The hub itself stopped it: nobody knows how far it got. */
  | { kind: 'stopped' };

export type PostOptions = { reach: Reach; timeoutMs: number; signal: AbortSignal };

/**
 * Posts a body. No redirect is followed. A name that stands for an address to which webhooks may not go is refused when
 * it is connected to, so that it does not help to have it stand for another when it is checked.
 */
export async function post(
  to: string,
  headers: Record<string, string>,
  body: string,
  { reach, timeoutMs, signal }: PostOptions,
): Promise<Answer> {
  const url = new URL(to);
  const address = addressIn(url);
  if (address !== null && !mayReach(reach, address)) return { kind: 'silent', why: refusedWhy };
  if (reach.httpsOnly && url.protocol !== 'https:') return { kind: 'silent', why: 'only https is allowed' };
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise((done) => {
    const fail = (error: Error) => {
      if (signal.aborted) done({ kind: 'stopped' });
      else done({ kind: 'silent', why: timeout.aborted ? 'no answer in time' : sayError(error) });
    };
    const sent = request(url, {
      ...{ method: 'POST', agent: false, lookup: lookupWithin(reach) },
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
      signal: AbortSignal.any([signal, timeout]),
    });
    sent.on('error', fail);
    sent.on('response', (answer) => {
      const { statusCode: status = 0 } = answer;
      const retryAfterMs = readRetryAfter(answer.headers['retry-after']);
      // The status says it all: the rest is taken politely, as long as it is short, and not waited for.
      done({ kind: 'answered', status, retryAfterMs });
      let bytes = 0;
      answer.on('error', () => undefined);
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > longestAnswer) sent.destroy();
      });
    });
    sent.end(body);
  });
}

const longestAnswer = 65_536;
const refusedWhy = 'its address is in a private network that WEBHOOK_NETWORKS does not name';
const refusedCode = 'HUB_REFUSED';

function lookupWithin(reach: Reach): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, '', 0);
      const allowed = found.filter(({ address }) => mayReach(reach, address));
      const [first] = allowed;
      if (first === undefined)
        return done(Object.assign(new Error(refusedWhy), { code: refusedCode }), '', 0);
      if (options.all) return done(null, allowed);
      return done(null, first.address, first.family);
    });
  };
}

function sayError(error: Error): string {
  const { code } = error as { code?: unknown };
  if (code === refusedCode) return refusedWhy;
  return `no answer (${typeof code === 'string' ? code : error.name})`;
}

/** `Retry-After` in seconds; a date is not read. */
function readRetryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null;
}
