import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with the next message; it accepts when told nothing. */
export type WebBehaviour =
  | { kind: 'answer'; status: number; error?: string; retryAfter?: string; text?: string; keep?: boolean }
  /** Takes it whole, and never answers; with `keep` it has it all the same. */
  | { kind: 'hang'; keep?: boolean }
  | { kind: 'drop'; keep?: boolean };

export type WebServer<Taken> = {
  url: string;
  /** What was accepted, or kept without an answer. */
  taken: Taken[];
  next: WebBehaviour[];
  close(): Promise<void>;
};

async function listen<Taken>(
  answer: (
    request: IncomingMessage,
    body: string,
    server: WebServer<Taken>,
    response: ServerResponse,
  ) => void,
): Promise<WebServer<Taken>> {
  const http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => answer(request, body, server, response));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
  const { port } = http.address() as AddressInfo;
  const server: WebServer<Taken> = {
    url: `http://127.0.0.1:${port}`,
    taken: [],
    next: [],
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

function behave(
  response: ServerResponse,
  behaviour: WebBehaviour | undefined,
  accept: () => void,
  say: (status: number, body: unknown) => void,
): void {
  if (behaviour === undefined) return accept();
  if (behaviour.kind === 'drop') return void response.destroy();
  if (behaviour.kind === 'hang') return;
  const { status, error = 'Error', retryAfter, text } = behaviour;
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  if (text !== undefined) return void response.writeHead(status).end(text);
  say(status, { status_code: status, errors: [{ error, message: 'somebody@force.invalid is wrong' }] });
}

export type Notification = {
  id: string;
  reference: string;
  status: string;
  email_address?: string;
  phone_number?: string;
  template?: string;
  personalisation: { subject?: string; body: string };
};

const [serviceId, secret] = ['0a1b2c3d-0000-4000-8000-00000000aaaa', '0a1b2c3d-0000-4000-8000-00000000bbbb'];

/** A key as Notify writes them: a name, the id of the service, and the secret. */
export const notifyKey = `hub_test-${serviceId}-${secret}`;
export const notifyTemplate = '6f0c1e6e-3a59-4b6c-9a7e-2a3a4e5f6a7b';
export const textTemplate = '7a1d2f7f-4b6a-4c7d-8b8f-3b4b5f6a7b8c';

/** Speaks as much of GOV.UK Notify's API, version 2, as the hub uses; checks tokens as Notify does. */
export function startNotifyServer(): Promise<WebServer<Notification>> {
  return listen<Notification>((request, body, server, response) => {
    const say = (status: number, value: unknown) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (!isSigned(request.headers.authorization)) return say(403, { errors: [{ error: 'AuthError' }] });
    const { pathname, searchParams } = new URL(request.url ?? '/', server.url);
    if (request.method === 'GET' && pathname === '/v2/notifications') {
      const isOfKind = (one: Notification) =>
        (searchParams.get('template_type') === 'sms') === (one.phone_number !== undefined);
      const found = server.taken.filter(
        (one) => one.reference === searchParams.get('reference') && isOfKind(one),
      );
      return behave(response, nextLook(server), () => say(200, { notifications: found, links: {} }), say);
    }
    const to = {
      '/v2/notifications/email': 'email_address',
      '/v2/notifications/sms': 'phone_number',
    } as const;
    const address = to[pathname as keyof typeof to];
    if (request.method !== 'POST' || address === undefined) return say(404, {});
    const given = JSON.parse(body) as Notification & { template_id: string };
    const { reference, personalisation, template_id: template } = given;
    const known = { reference, status: 'created', [address]: given[address], template, personalisation };
    const taken = { id: randomUUID(), ...known };
    const behaviour = server.next.shift();
    if (behaviour === undefined || behaviour.keep === true) server.taken.push(taken);
    behave(response, behaviour, () => say(201, { id: taken.id, reference }), say);
  });
}

/** Looks are told apart by what is queued for them: a `keep` of false on an answer means a look. */
function nextLook(server: WebServer<Notification>): WebBehaviour | undefined {
  const [first] = server.next;
  return first?.kind === 'answer' && first.error === 'look' ? server.next.shift() : undefined;
}

/** A JSON Web Token of the service, signed with the secret of the key (HS256). */
function isSigned(authorization = ''): boolean {
  const [head = '', claims = '', given = ''] = authorization.replace(/^Bearer /, '').split('.');
  const signature = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  if (given.length !== signature.length) return false;
  const { iss } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string };
  return iss === serviceId && timingSafeEqual(Buffer.from(given), Buffer.from(signature));
}

/** What a webhook of Microsoft Teams was posted. */
export type Card = {
  path: string;
  text: string;
  content: { body: { text: string }[]; actions?: { url: string }[] };
};

/** A webhook of Microsoft Teams: a Workflow answers 202 with nothing. */
export function startTeamsServer(): Promise<WebServer<Card>> {
  return listen<Card>((request, body, server, response) => {
    const card = JSON.parse(body) as { attachments: { content: Card['content'] }[] };
    const behaviour = server.next.shift();
    const accept = () => void response.writeHead(202).end();
    if (behaviour === undefined || behaviour.keep === true) {
      const content = card.attachments[0]?.content ?? { body: [] };
      server.taken.push({ path: request.url ?? '', text: body, content });
    }
    behave(response, behaviour, accept, (status, value) => {
      response.writeHead(status).end(JSON.stringify(value));
    });
  });
}
