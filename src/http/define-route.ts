import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Failure } from '../platform/failure.ts';
import type { Context, Env, Staff } from './app-context.ts';
import { allowAnyone, allowOr, type Access } from './authenticate.ts';
import { problem } from './problem.ts';
import { problemSchema } from './problem-schema.ts';
import { readBody, usualBodyBytes } from './read-body.ts';
import { refuseOddQuery } from './refuse-odd-query.ts';

type Defined = Omit<RouteConfig, 'middleware' | 'security' | 'hide' | 'path'> & {
  path: string;
  /** Who may call it: there is no default. */
  access: Access;
  /** How who calls it is found, where that is not `authenticate`. */
  authenticated?: (c: Context) => Promise<Staff | Failure>;
  /** What its body may have at most, where the usual megabyte does not suit. */
  maxBytes?: number;
  /** Runs around the reading of the body and the handler, for those who may call it. */
  around?: MiddlewareHandler<Env>;
};

/** A handler may answer with any Response: `change`, `problem` and `c.json` all make one. */
type AnyResponse = { responses: { 200: { description: string } } };

/**
 * A route as the OpenAPI document has it and as it is served: who may call it, what it takes and what it answers. The
 * checks run in this order: access, media type and size of the body, then the schemas. Answers that every route can
 * give (401, 403, 422, 503 ...) are added to the document.
 */
export function defineRoute<const P extends string, const R extends Defined & { path: P }>(
  definition: R,
): Omit<R, 'responses' | 'access' | 'authenticated' | 'maxBytes' | 'around'> &
  AnyResponse & { getRoutingPath(): string } {
  const { access, authenticated, maxBytes = usualBodyBytes, around, responses, ...rest } = definition;
  const mediaTypes = Object.keys(definition.request?.body?.content ?? {});
  const route: RouteConfig = {
    ...rest,
    ...(access === 'anyone' ? {} : { security: [{ bearer: [] }] }),
    ...{ 'x-roles': access === 'anyone' ? ['anyone'] : [...access] },
    responses: { ...usualProblems(definition, access), ...responses },
    middleware: [
      access === 'anyone' ? allowAnyone() : allowOr(problem, access, authenticated),
      ...(around === undefined ? [] : [around]),
      refuseOddQuery(definition.request?.query !== undefined),
      ...(mediaTypes.length > 0 ? [readBody(mediaTypes, maxBytes)] : []),
    ],
  };
  return createRoute(route) as never;
}

function usualProblems(definition: Defined, access: Access): RouteConfig['responses'] {
  const statuses: [number, string][] = [
    ...(access === 'anyone'
      ? []
      : ([
          [401, 'Nobody is signed in'],
          [403, 'The role may not call this'],
        ] as [number, string][])),
    ...(definition.request?.body
      ? ([
          [400, 'The body cannot be read'],
          [413, 'The body is too large'],
          [415, 'The body is of another media type'],
        ] as [number, string][])
      : []),
    ...(definition.request ? ([[422, 'Something of what was sent is wrong']] as [number, string][]) : []),
    [503, 'A part that this needs is down'],
  ];
  return Object.fromEntries(
    statuses.map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );
}

/** A JSON body, needed unless said otherwise. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** An answer in JSON. */
export function jsonAnswer<S extends z.ZodType>(description: string, schema: S) {
  return { description, content: { 'application/json': { schema } } } as const;
}

/** A problem that is particular to a route. */
export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } } as const;
}

/** The header of a route that makes or sends something. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().optional().meta({
    description: 'The same key and body give the stored answer again. 1 to 200 printable characters.',
    example: '0b5c9a52-6f0e-4c5c-8a0e-0a4f6f0f8f4e',
  }),
});

/** The header of a route that changes what has a version. */
export const ifMatchHeader = z.object({
  'if-match': z.string().optional().meta({ description: 'The ETag last read. Needed.', example: '"u1.v7"' }),
});
