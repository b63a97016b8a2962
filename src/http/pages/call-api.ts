import type { Api, Context } from '../app-context.ts';
import { formToken } from './render.ts';

/** What the hub's own interface answered. */
export type ApiAnswer<T> =
  | { kind: 'ok'; status: number; body: T; etag: string | null }
  | { kind: 'problem'; status: number; title: string; detail: string; errors: FieldProblem[] };
export type FieldProblem = { path: string; message: string };

/**
 * Asks the hub's own interface, in this process, as the person whose browser asked for the page: a page shows and
 * does exactly what the interface does, with its checks, its access log and its answers.
 * @param ask.key makes a form that is sent twice take effect once
 * @param ask.file sent as it is, in place of a body of JSON
 * @param ask.ifMatch the ETag of what the form was filled in from, where that can be changed by others too
 */
export async function callApi<T>(
  c: Context,
  app: Api,
  ask: {
    method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    path: string;
    body?: unknown;
    file?: { type: string; bytes: ArrayBuffer };
    key?: string;
    ifMatch?: string | undefined;
  },
): Promise<ApiAnswer<T>> {
  const headers = new Headers({ 'X-Request-Id': c.get('requestId'), 'Sec-Fetch-Site': 'same-origin' });
  const cookie = c.req.header('Cookie');
  const bearer = c.req.header('Authorization');
  if (cookie !== undefined) headers.set('Cookie', cookie);
  if (bearer !== undefined) headers.set('Authorization', bearer);
  if (ask.body !== undefined) headers.set('Content-Type', 'application/json');
  if (ask.file !== undefined) headers.set('Content-Type', ask.file.type);
  if (ask.key !== undefined && ask.key !== '') headers.set('Idempotency-Key', ask.key);
  if (ask.ifMatch !== undefined && ask.ifMatch !== '') headers.set('If-Match', ask.ifMatch);
  const response = await app.request(
    ask.path,
    {
      method: ask.method ?? 'GET',
      headers,
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      ...(ask.file === undefined ? {} : { body: ask.file.bytes }),
    },
    c.env,
  );
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok)
    return { kind: 'ok', status: response.status, body: body as T, etag: response.headers.get('ETag') };
  const { title = '', detail = '', errors = [] } = (body ?? {}) as Partial<ApiProblem>;
  return { kind: 'problem', status: response.status, title, detail, errors };
}

type ApiProblem = { title: string; detail: string; errors: FieldProblem[] };

/** The fields of a form that was sent, each its last value as text; null where it is not from a page of this session. */
export async function readForm(c: Context): Promise<Record<string, string> | null> {
  const parsed = await c.req.parseBody({ all: false });
  const fields = Object.fromEntries(
    Object.entries(parsed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  return formToken(c) !== '' && fields['formToken'] === formToken(c) ? fields : null;
}

/** The file that was sent with a form; null where none was chosen. */
export async function readFile(c: Context, name: string): Promise<ArrayBuffer | null> {
  const { [name]: file } = await c.req.parseBody({ all: false });
  return file instanceof File && file.size > 0 ? file.arrayBuffer() : null;
}
