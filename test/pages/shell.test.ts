import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import type { StaffRole } from '../../db/schema/people.ts';
import type { Routes } from '../../src/http/app-context.ts';
import { allowAnyone } from '../../src/http/authenticate.ts';
import { createApp } from '../../src/http/create-app.ts';
import { readPostgresUrl } from '../../src/platform/postgres-address.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

const failing: Routes = (app) => {
  app.get('/fails', allowAnyone(), () => {
    throw new Error('a fault of the hub’s own');
  });
};

let hub: TestHub;
const cookies = new Map<StaffRole, string>();
const people = { caseworker: 'cw-1', senior: 'sr-1', administrator: 'admin-1', auditor: 'audit-1' } as const;

beforeAll(async () => {
  hub = await startTestHub({ parts: () => ({ extra: [failing] }) });
  for (const [role, who] of Object.entries(people)) {
    const reply = await hub.anyone.send('/demo/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
      body: `staffId=${who}`,
    });
    cookies.set(role as StaffRole, (reply.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '');
  }
});
afterAll(() => hub.close());

type Described = { tags?: string[]; 'x-roles'?: string[] };

/** Every page, or every form of one, with the cookie of somebody who may use it. */
async function pages(method: 'get' | 'post') {
  const { body } = await hub.anyone.get<{ paths: Record<string, Record<string, Described>> }>(
    '/openapi.json',
  );
  return Object.entries(body.paths).flatMap(([path, methods]) => {
    const { tags = [], 'x-roles': [role] = [] } = methods[method] ?? {};
    const Cookie = cookies.get((role === 'anyone' ? 'caseworker' : role) as StaffRole) ?? '';
    const concrete = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
    return tags.includes('Pages') ? [{ path: concrete, headers: { Cookie, Accept: 'text/html' } }] : [];
  });
}

/** The token that the forms of a session carry. */
async function formTokenOf(headers: Record<string, string>): Promise<string> {
  const { text } = await hub.anyone.get('/account', { headers });
  const token = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  expect(token).not.toBe('');
  return token;
}

const elsewhere: Record<string, string>[] = [
  { 'Sec-Fetch-Site': 'same-site' },
  { Origin: 'https://elsewhere.example' },
];

test('every form is refused without the token of its session, and with it from another site', async () => {
  const forms = await pages('post');
  expect(forms.length).toBeGreaterThan(0);
  const tokens = new Map<string, string>();
  for (const { path, headers } of forms) {
    const formToken = tokens.get(headers.Cookie) ?? (await formTokenOf(headers));
    tokens.set(headers.Cookie, formToken);
    const sendAs = (body: URLSearchParams | FormData, over: Record<string, string>) =>
      hub.anyone.send(path, { method: 'POST', headers: { ...headers, ...over }, body });
    const send = async (fields: Record<string, string>, over: Record<string, string>) => {
      const reply = await sendAs(new URLSearchParams(fields), over);
      if (reply.status !== 415) return reply;
      const withFile = new FormData();
      for (const [name, value] of Object.entries(fields)) withFile.set(name, value);
      return sendAs(withFile, over);
    };
    const without = await send({ formToken: 'another' }, {});
    expect(without.status, path).toBe(403);
    expect(without.text, path).toContain('This form is out of date');
    for (const over of elsewhere) expect((await send({ formToken }, over)).status, path).toBe(403);
  }
});

test('every page, what is not there too, has a policy under which only its own scripts run, and no style or handler of its own', async () => {
  const seen = new Set<string>();
  for (const { path, headers } of await pages('get')) {
    const { text, headers: answered } = await hub.anyone.get(path, { headers });
    if (answered.get('Content-Type')?.includes('text/html') !== true) continue;
    const policy = answered.get('Content-Security-Policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1];
    if (nonce === undefined) expect(policy, path).toMatch(/^default-src 'none'; style-src 'nonce-/);
    else {
      expect(seen.has(nonce), 'a nonce is used once').toBe(false);
      seen.add(nonce);
    }
    expect(policy, path).not.toMatch(/unsafe/);
    expect(policy, path).toMatch(/base-uri 'none'.*frame-ancestors 'none'/);
    for (const [tag] of text.matchAll(/<script[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`);
    expect(text, path).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)="/);
    expect(answered.get('Cache-Control'), path).toBe('no-store');
    expect(answered.get('X-Content-Type-Options'), path).toBe('nosniff');
  }
  expect(seen.size).toBeGreaterThan(0);
});

const asPage = (path: string, Cookie = '') =>
  hub.anyone.get<string>(path, { headers: { Cookie, Accept: 'text/html' } });

test('what cannot be shown is a page that says so, leads somewhere the person may go, and gives away nothing', async () => {
  const auditor = cookies.get('auditor');
  const notAllowed = await asPage('/admin', auditor);
  const notThere = await asPage('/nowhere', auditor);
  const broken = await asPage('/fails', auditor);
  expect([notAllowed.status, notThere.status, broken.status]).toEqual([403, 404, 500]);
  for (const { text, headers } of [notAllowed, notThere, broken]) {
    expect(headers.get('Content-Type')).toContain('text/html');
    expect(text).toContain(`give this number: ${headers.get('X-Request-Id')}`);
  }
  expect(notAllowed.text).toContain('href="/reports">Go to reports');
  expect(broken.text).not.toMatch(/own fault|Error|\.ts:/);
  expect(broken.text).toContain('This is a fault of the hub');
});

test('a page that is asked for while Postgres cannot be reached says when to try again', async () => {
  const dead = connect(readPostgresUrl('postgres://hub@127.0.0.1:1/hub'), {
    max: 1,
    applicationName: 'dead',
  });
  const app = createApp({
    hub: { ...hub.hub, db: dead.db, sql: dead.sql },
    verifyToken: () => Promise.resolve({ kind: 'refused' }),
  });
  const Cookie = cookies.get('caseworker') ?? '';
  const reply = await app.request('/cases', { headers: { Cookie, Accept: 'text/html' } });
  expect(reply.status).toBe(503);
  expect(reply.headers.get('Retry-After')).toBe('5');
  expect(await reply.text()).toContain('The database cannot be reached');
  await dead.close();
});
