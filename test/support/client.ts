/** What came back. `body` is parsed where it is JSON, and text otherwise. */
export type Reply<T = Record<string, unknown>> = { status: number; body: T; text: string; headers: Headers };

type Options = { headers?: Record<string, string>; key?: string; ifMatch?: string };

/** Talks to a hub over HTTP, as one person or as nobody. */
export type Client = {
  get<T = Record<string, unknown>>(path: string, options?: Options): Promise<Reply<T>>;
  post<T = Record<string, unknown>>(path: string, body?: unknown, options?: Options): Promise<Reply<T>>;
  put<T = Record<string, unknown>>(path: string, body?: unknown, options?: Options): Promise<Reply<T>>;
  patch<T = Record<string, unknown>>(path: string, body?: unknown, options?: Options): Promise<Reply<T>>;
  delete<T = Record<string, unknown>>(path: string, options?: Options): Promise<Reply<T>>;
  /** The request as given, with the token; the body is sent as it stands. */
  send(path: string, init: RequestInit): Promise<Reply<unknown>>;
  token(): Promise<string | undefined>;
};

/** A client of the hub at an address. Bodies that are text are sent as they stand, others as JSON. */
export function createClient(url: string, issue?: () => Promise<string>): Client {
  let issued: Promise<string> | undefined;
  const token = async () => (issue ? (issued ??= issue()) : undefined);

  async function send(path: string, init: RequestInit): Promise<Reply<unknown>> {
    const bearer = await token();
    const headers = new Headers(init.headers);
    if (bearer !== undefined && !headers.has('Authorization'))
      headers.set('Authorization', `Bearer ${bearer}`);
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    return { status: response.status, body, text, headers: response.headers };
  }

  function call<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<Reply<T>> {
    const headers = {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(options.key === undefined ? {} : { 'Idempotency-Key': options.key }),
      ...(options.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch }),
      ...options.headers,
    };
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return send(path, { method, headers, body: text }) as Promise<Reply<T>>;
  }

  return {
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    patch: (path, body, options) => call('PATCH', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
    send,
    token,
  };
}
