import type { Visit } from '../support/browser.ts';
import { createVisitor, type Seen, type Visitor } from '../support/visitor.ts';
import { filledIn, readDocument, type SeenDocument, type SeenField, type SeenForm } from './read-document.ts';

/** One state of a page: what was answered, and which route it is of. */
export type State = {
  route: string;
  who: string;
  /** What led to it. */
  by: string;
  address: string;
  status: number;
  html: string;
  headers: Headers;
  document: SeenDocument;
};

/** A form that was sent, what it sent, and what came of it. */
export type Outcome = { form: SeenForm; sent: URLSearchParams; state: State };

/** How many pages of one route, with the same names in the query, are gone to by links, whoever goes. */
const mostOfOneKind = 2;
/** Nobody is signed out on the way. */
const leftAlone = /^\/(sign-out|demo)(\/|$)/;

/** The routes that answer with a page, as the hub itself lists them. */
export async function pageRoutes({ url }: { url: string }): Promise<string[]> {
  type Operation = { responses: Record<string, { content?: object }> };
  const answer = await fetch(`${url}/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, { get?: Operation }> };
  return Object.entries(paths)
    .filter(([, { get }]) => get !== undefined && 'text/html' in (get.responses['200']?.content ?? {}))
    .map(([path]) => path);
}

/** The route of a path: where several fit, the one that leaves least open. */
export function routeOf(routes: readonly string[], path: string): string | undefined {
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const open = (route: string) => route.split('{').length;
  return routes.filter(fits).toSorted((one, other) => open(one) - open(other))[0];
}

/** Which kinds of page were gone to, how often, and which forms were sent: kept by all who go. */
export type Trail = { kinds: Map<string, number>; sent: Set<string> };

/** Somebody who goes wherever links lead, and sends every form; in the demo, where a name is enough to sign in. */
export class Walker {
  readonly states: State[] = [];
  readonly #visitor: Visitor = createVisitor();
  readonly #trail: Trail;
  readonly #hub: { url: string };
  readonly #reader: Visit['page'];
  readonly #who: string;
  readonly #routes: readonly string[];

  /** @param reader a page of a browser, in which documents are read */
  constructor(
    hub: { url: string },
    reader: Visit['page'],
    routes: readonly string[],
    who: string,
    trail: Trail,
  ) {
    this.#trail = trail;
    this.#hub = hub;
    this.#reader = reader;
    this.#routes = routes;
    this.#who = who;
  }

  async signIn(): Promise<void> {
    const body = new URLSearchParams({ staffId: this.#who });
    await this.#visitor.ask(`${this.#hub.url}/demo/session`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      body,
    });
  }

  /** Goes to these addresses, and on to what they link to, so many of a kind. */
  async walk(starts: readonly string[]): Promise<void> {
    const known = new Set(starts);
    for (const address of known) {
      const state = await this.#keep(await this.#visitor.go(`${this.#hub.url}${address}`), 'a link');
      for (const link of state.document.links) {
        const next = this.#within(link, state);
        if (!known.has(next) && this.#isWanted(next)) known.add(next);
      }
    }
  }

  /**
   * Sends the forms of a page, each once by each of its buttons, unless one like it was sent so before.
   * @param how in what way, which is said of the states that come of it
   * @param typed what is typed into a field
   */
  async send(
    { route, address, document }: State,
    how: string,
    typed: (field: SeenField) => string,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const form of document.forms.filter(({ method }) => method === 'post')) {
      const action = this.#within(form.action, { address });
      if (leftAlone.test(action)) continue;
      for (const button of form.buttons) {
        const like = [how, route, action, button.name, ...form.fields.map(({ name }) => name)].join(' ');
        const kind = like.replaceAll(/[0-9a-f-]{36}|\b\d\d[A-Z]{2}\d{7}\b/g, '…');
        if (this.#trail.sent.has(kind)) continue;
        this.#trail.sent.add(kind);
        const sent = filledIn(form, button, typed);
        const headers = { 'Sec-Fetch-Site': 'same-origin' };
        const init = { method: 'POST', headers, body: sent };
        const answer = await this.#visitor.ask(`${this.#hub.url}${action}`, init);
        const to = answer.headers.get('Location');
        const shown = to === null ? answer : await this.#visitor.go(new URL(to, answer.url).href);
        outcomes.push({ form, sent, state: await this.#keep(shown, `${how}: ${action}`) });
      }
    }
    return outcomes;
  }

  async #keep({ url, status, text: html, headers }: Seen, by: string): Promise<State> {
    const address = url.slice(this.#hub.url.length);
    const route = routeOf(this.#routes, address.split('?')[0] ?? '') ?? 'none';
    const document = await readDocument(this.#reader, html);
    const state = { route, who: this.#who, by, address, status, html, headers, document };
    this.states.push(state);
    return state;
  }

  #within(link: string, { address }: Pick<State, 'address'>): string {
    const { origin, pathname, search } = new URL(link, `${this.#hub.url}${address}`);
    return origin === this.#hub.url ? `${pathname}${search}` : '';
  }

  #isWanted(address: string): boolean {
    const [path = '', query = ''] = address.split('?');
    const route = routeOf(this.#routes, path);
    if (route === undefined) return false;
    const kind = `${route}?${[...new Set(new URLSearchParams(query).keys())].toSorted().join('&')}`;
    const many = (this.#trail.kinds.get(kind) ?? 0) + 1;
    this.#trail.kinds.set(kind, many);
    return many <= mostOfOneKind;
  }
}
