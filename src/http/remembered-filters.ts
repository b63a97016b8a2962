import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from './app-context.ts';

/** The pages whose filters stay while somebody is signed in, each with its cookie. */
const cookies = { '/queue': 'hub_queue', '/cases': 'hub_cases' } as const;
export type FilteredPage = keyof typeof cookies;

/** What a page is filtered by, or the address with the filters that stayed. */
export type Filters = { kind: 'filters'; asked: Record<string, string> } | { kind: 'go'; to: string };

/**
 * The filters of a page: those of the address, which are kept from then on; those kept, where the address has none.
 * `?clear=yes` forgets them.
 * @param names the filters that stay: never one in which somebody's name is typed
 * @param passing filters that are taken from the address alone
 */
export function filtersOf(
  c: Context,
  page: FilteredPage,
  names: readonly string[],
  passing: readonly string[] = [],
): Filters {
  const cookie = cookies[page];
  const query = c.req.query();
  if (query['clear'] !== undefined) {
    deleteCookie(c, cookie, { path: '/' });
    return { kind: 'go', to: page };
  }
  const given = (name: string) => (query[name] ?? '').trim();
  const asked = [...names, ...passing].flatMap((name): [string, string][] =>
    given(name) === '' ? [] : [[name, given(name)]],
  );
  if ([...names, ...passing, 'cursor'].some((name) => query[name] !== undefined)) {
    const kept = new URLSearchParams(asked.filter(([name]) => names.includes(name)));
    setCookie(c, cookie, kept.toString(), {
      httpOnly: true,
      sameSite: 'Lax',
      // Of the whole hub, so that signing out can end it.
      path: '/',
      secure: c.get('hub').config.publicUrl.startsWith('https:'),
    });
    return { kind: 'filters', asked: Object.fromEntries(asked) };
  }
  const kept = new URLSearchParams(getCookie(c, cookie) ?? '');
  const stayed = [...kept].filter(([name, value]) => names.includes(name) && value.length <= 40);
  if (stayed.length === 0) return { kind: 'filters', asked: {} };
  return { kind: 'go', to: `${page}?${new URLSearchParams(stayed).toString()}` };
}

/** Filters are a person's own: they end with the session. */
export function forgetFilters(c: Context): void {
  for (const cookie of Object.values(cookies))
    if (getCookie(c, cookie) !== undefined) deleteCookie(c, cookie, { path: '/' });
}
