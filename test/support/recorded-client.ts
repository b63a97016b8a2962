import type { Client, Reply } from './client.ts';

/** A request and what came back, as the checker of the invariants reads them. */
export type RecordedRequest = {
  /** The person, or nobody. */
  who: string | null;
  method: string;
  path: string;
  key: string | undefined;
  status: number;
  /** What was answered, as text. */
  text: string;
  body: unknown;
  requestId: string;
};

/** A client that does what another does and keeps what came back. */
export function recordedClient(client: Client, who: string | null, requests: RecordedRequest[]): Client {
  const note = (method: string, path: string, key: string | undefined, reply: Reply<unknown>) => {
    const { status, text, body, headers } = reply;
    requests.push({
      who,
      method,
      path,
      key,
      status,
      text,
      body,
      requestId: headers.get('X-Request-Id') ?? '',
    });
  };
  const keep = async <T>(
    method: string,
    path: string,
    key: string | undefined,
    asked: Promise<Reply<T>>,
  ): Promise<Reply<T>> => {
    const reply = await asked;
    note(method, path, key, reply);
    return reply;
  };
  return {
    get: (path, options) => keep('GET', path, options?.key, client.get(path, options)),
    post: (path, body, options) => keep('POST', path, options?.key, client.post(path, body, options)),
    put: (path, body, options) => keep('PUT', path, options?.key, client.put(path, body, options)),
    patch: (path, body, options) => keep('PATCH', path, options?.key, client.patch(path, body, options)),
    delete: (path, options) => keep('DELETE', path, options?.key, client.delete(path, options)),
    send: (path, init) => keep(init.method ?? 'GET', path, undefined, client.send(path, init)),
    token: () => client.token(),
  };
}
