/** A browser without its pages: it keeps cookies by host and port, and follows redirects from one site to another. */
export type Visitor = {
  /** Goes to an address, and on to where it leads. */
  go(address: string): Promise<Seen>;
  /** One request, followed nowhere. */
  ask(address: string, init?: RequestInit): Promise<Seen>;
  cookie(origin: string, name: string): string | undefined;
  setCookie(origin: string, name: string, value: string): void;
};
export type Seen = { url: string; status: number; text: string; headers: Headers };

export function createVisitor(): Visitor {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (address: string) => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };

  async function ask(address: string, init: RequestInit = {}): Promise<Seen> {
    const jar = jarOf(address);
    const headers = new Headers(init.headers);
    headers.set('Accept', 'text/html');
    headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return {
      url: address,
      status: response.status,
      text: await response.text(),
      headers: response.headers,
    };
  }

  async function go(address: string): Promise<Seen> {
    let seen = await ask(address);
    for (let steps = 0; steps < 12; steps += 1) {
      const to = seen.headers.get('Location');
      if (to === null) return seen;
      seen = await ask(new URL(to, seen.url).href);
    }
    throw new Error(`${address} leads round in circles`);
  }

  return {
    go,
    ask,
    cookie: (origin, name) => jarOf(origin).get(name),
    setCookie: (origin, name, value) => void jarOf(origin).set(name, value),
  };
}
