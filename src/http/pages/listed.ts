import type { Api, Context } from '../app-context.ts';
import { callApi, type ApiAnswer } from './call-api.ts';

/** A page of a list as the interface answers it. */
export type Listed<T> = { items: T[]; next: string | null };

/**
 * Reads the part of a list that a page was asked for.
 * @param filters the names of what it is filtered by, which the page and the interface call alike
 */
export function readListed<T>(
  c: Context,
  app: Api,
  path: string,
  filters: readonly string[] = [],
): Promise<ApiAnswer<Listed<T>>> {
  const asked = [...filters, 'cursor'].flatMap((name): [string, string][] => {
    const value = (c.req.query(name) ?? '').trim();
    return value === '' ? [] : [[name, value]];
  });
  return callApi<Listed<T>>(c, app, { path: `${path}?${new URLSearchParams(asked).toString()}` });
}

/** Where the rest of a list is, under the same filters; null where there is no more. */
export function restHref(c: Context, next: string | null): string | null {
  if (next === null) return null;
  return `${c.req.path}?${new URLSearchParams({ ...c.req.query(), cursor: next }).toString()}`;
}

/** The one with an id, wherever in a list it stands: for what has no address of its own in the interface. */
export async function findListed<T extends { id: string }>(
  c: Context,
  app: Api,
  path: string,
  id: string,
): Promise<ApiAnswer<T>> {
  let cursor: string | null = null;
  do {
    const query: URLSearchParams = new URLSearchParams({
      limit: '100',
      ...(cursor === null ? {} : { cursor }),
    });
    const part: ApiAnswer<Listed<T>> = await callApi<Listed<T>>(c, app, {
      path: `${path}?${query.toString()}`,
    });
    if (part.kind === 'problem') return part;
    const found = part.body.items.find((one) => one.id === id);
    if (found !== undefined) return { ...part, body: found };
    cursor = part.body.next;
  } while (cursor !== null);
  return notFound('There is no such thing here.');
}

/** The one with an id of those that came with an answer. */
export function pickFrom<T extends { id: string }>(
  items: readonly T[],
  id: string | undefined,
  etag: string | null,
  missing: string,
): ApiAnswer<T> {
  const body = items.find((one) => one.id === id);
  return body === undefined ? notFound(missing) : { kind: 'ok', status: 200, body, etag };
}

/** What the interface would answer for what is not there. */
export function notFound(detail: string): Extract<ApiAnswer<never>, { kind: 'problem' }> {
  return { kind: 'problem', status: 404, title: 'Not found', detail, errors: [] };
}
