import type { MiddlewareHandler } from 'hono';
import type { Failure } from '../platform/failure.ts';
import type { Context, Env } from './app-context.ts';
import { findUnstorable } from './find-unstorable.ts';
import { problem } from './problem.ts';

/** The most that a body may have where a route says nothing else. */
export const usualBodyBytes = 1_048_576;

/** How much of a body that is too large is thrown away, so that a client that sends before it listens hears why. */
const discardedAtMost = 16_777_216;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body once, before anything looks into it: of a media type that the route declares, not too large, UTF-8,
 * JSON where that is what it says it is, and nothing in it that cannot be stored.
 */
export function readBody(mediaTypes: readonly string[], maxBytes: number): MiddlewareHandler<Env> {
  return async (c, next) => {
    const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
    const failure =
      checkType(type, mediaTypes) ??
      (await limitBody(c, maxBytes)) ??
      (type?.endsWith('json') ? await checkJson(c) : null);
    return failure ? problem(c, failure) : next();
  };
}

function checkType(type: string | undefined, mediaTypes: readonly string[]): Failure | null {
  if (type === undefined || mediaTypes.includes(type)) return null;
  return { kind: 'unsupported-type', detail: `The body must be sent as ${mediaTypes.join(' or ')}.` };
}

async function limitBody(c: Context, maxBytes: number): Promise<Failure | null> {
  const tooLarge: Failure = { kind: 'too-large', detail: `The body may have ${maxBytes} bytes.` };
  const length = c.req.header('Content-Length');
  // A length that was said is true: the server reads no further.
  if (length !== undefined) return Number(length) > maxBytes ? tooLarge : null;
  if (c.req.raw.body === null) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= maxBytes) chunks.push(chunk);
    else if (size > discardedAtMost) break;
  }
  if (size > maxBytes) return tooLarge;
  c.req.raw = new Request(c.req.raw, { body: Buffer.concat(chunks) });
  return null;
}

async function checkJson(c: Context): Promise<Failure | null> {
  const bytes = await c.req.arrayBuffer();
  const malformed = (message: string): Failure => ({
    kind: 'malformed',
    detail: 'The body cannot be read.',
    errors: [{ path: '', message }],
  });
  let value: unknown;
  try {
    value = JSON.parse(strictUtf8.decode(bytes));
  } catch (error) {
    return malformed(error instanceof SyntaxError ? 'is not well-formed JSON' : 'is not UTF-8 text');
  }
  const errors = findUnstorable(value);
  return errors.length > 0
    ? { kind: 'invalid', detail: 'Some of what was sent cannot be accepted.', errors }
    : null;
}
