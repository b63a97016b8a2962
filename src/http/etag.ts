import type { Failure } from '../platform/failure.ts';
import type { Context } from './app-context.ts';

/** The strong ETag of a resource in a version: `"<id>.v7"`. The id is one of the hub's and holds no personal data. */
export function etagOf(id: string, version: number): string {
  return `"${id}.v${version}"`;
}

/**
 * Whether the change that was asked for knows the resource as it is. Ask inside the transaction, with the row locked.
 * @returns null where it does; 428 without If-Match, 412 where something has changed in the meantime
 */
export function checkIfMatch(c: Context, current: string): Failure | null {
  const header = c.req.header('If-Match');
  if (header === undefined)
    return { kind: 'precondition-required', detail: 'Send the ETag that you read last as If-Match.' };
  // A weak tag never matches here (RFC 9110, 13.1.1); "*" matches whatever there is.
  const tags: readonly string[] = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  if (header.trim() === '*' || tags.includes(current)) return null;
  return { kind: 'stale', detail: 'It was changed after you read it. Read it again, then decide.' };
}
