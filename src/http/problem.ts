import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isDatabaseOutage } from '../platform/database-outage.ts';
import type { Failure, FailureKind } from '../platform/failure.ts';
import type { Context, Env } from './app-context.ts';

type Kind = FailureKind | 'bug';

/** How each kind of failure is told over HTTP, decided here once. */
const problems: Record<Kind, { status: ContentfulStatusCode; title: string }> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'not-allowed': { status: 403, title: 'You may not do this' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  busy: { status: 409, title: 'Still being carried out' },
  gone: { status: 410, title: 'No longer there' },
  stale: { status: 412, title: 'Changed in the meantime' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-type': { status: 415, title: 'Media type not supported' },
  invalid: { status: 422, title: 'Not valid' },
  'precondition-required': { status: 428, title: 'If-Match is needed' },
  bug: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available at the moment' },
};

const retryAfterSeconds: Partial<Record<Kind, number>> = { busy: 1, unavailable: 5 };

/** The status that a kind of failure has. */
export function statusOf(kind: FailureKind): ContentfulStatusCode {
  return problems[kind].status;
}

export function titleOf(kind: FailureKind): string {
  return problems[kind].title;
}

type Told = Omit<Failure, 'kind'> & { kind: Kind };

/** A failure as RFC 9457 problem details, with the request's id as `instance`. */
export function problem(c: Context, failure: Told): Response {
  const { status } = problems[failure.kind];
  const retryAfter = failure.retryAfter ?? retryAfterSeconds[failure.kind];
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (retryAfter !== undefined) headers['Retry-After'] = String(retryAfter);
  if (failure.kind === 'unauthenticated') headers['WWW-Authenticate'] = 'Bearer realm="prosecution-hub"';
  return c.body(JSON.stringify(problemBody(c, failure)), status, headers);
}

/** The body of problem details, for an answer that is made elsewhere. */
export function problemBody(c: Context, failure: Told) {
  const { status, title } = problems[failure.kind];
  return {
    type: `urn:prosecution-hub:problem:${failure.kind}`,
    title,
    status,
    detail: failure.detail,
    instance: c.get('requestId'),
    ...(failure.errors === undefined ? {} : { errors: failure.errors }),
  };
}

/** What a thrown error becomes: an outage of Postgres is told as one; anything else is a bug, of which nothing is told. */
export const answerError: ErrorHandler<Env> = (error, c) => {
  const { logger } = c.get('hub');
  const requestId = c.get('requestId');
  if (error instanceof HTTPException) return problem(c, failureOfException(error));
  if (isDatabaseOutage(error)) {
    logger.warn({ requestId, err: error }, 'the database could not be reached');
    return problem(c, {
      kind: 'unavailable',
      detail: 'The database cannot be reached. Nothing was kept unless you were told so: try again.',
    });
  }
  logger.error({ requestId, err: error }, 'a request failed for a reason nobody expected');
  return problem(c, {
    kind: 'bug',
    detail: 'This is a fault of the hub, and has been recorded under the id of the request.',
  });
};

/** The framework's own refusals, before our code sees the request. */
function failureOfException(error: HTTPException): Omit<Failure, 'kind'> & { kind: Kind } {
  switch (error.status) {
    case 400:
      return {
        kind: 'malformed',
        detail: 'The body cannot be read.',
        errors: [{ path: '', message: 'is not well-formed JSON' }],
      };
    case 413:
      return { kind: 'too-large', detail: 'The body is too large.' };
    case 415:
      return { kind: 'unsupported-type', detail: 'The body is of a media type that is not read here.' };
    default:
      return { kind: 'bug', detail: 'This is a fault of the hub.' };
  }
}
