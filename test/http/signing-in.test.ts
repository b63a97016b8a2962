import { generateKeyPair, SignJWT, UnsecuredJWT, decodeJwt } from 'jose';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staff } from '../../db/schema/people.ts';
import { startSession } from '../../src/staff/sessions.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

const demoIssuer = 'https://demo.prosecution-hub.invalid';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const meWith = (authorization: string) =>
  hub.anyone.get('/api/me', { headers: { Authorization: authorization } });

/** A token as the demo's issuer would have made it, signed by a key that is not its own. */
async function forged(claims: { exp?: string; aud?: string; iss?: string } = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: 'demo-issuer-key' })
    .setIssuer(claims.iss ?? demoIssuer)
    .setAudience(claims.aud ?? 'prosecution-hub')
    .setSubject('admin-1')
    .setExpirationTime(claims.exp ?? '1h')
    .sign(privateKey);
}

test('a person signs in with a demo token and is told who they are', async () => {
  const { status, body } = await hub.anyone.post<{ token: string }>('/demo/tokens', { staffId: 'cw-5' });
  expect(status).toBe(200);
  expect(await meWith(`Bearer ${body.token}`)).toMatchObject({
    status: 200,
    body: { id: 'cw-5', role: 'caseworker', team: 'traffic', name: 'Esme Fennigrout' },
  });
  expect((await meWith(`bearer   ${body.token}`)).status, 'the scheme is not case-sensitive').toBe(200);
});

test('a demo token lasts twelve hours of the machine’s time, wherever the hub’s clock is', async () => {
  await hub.setClock('2031-01-01T00:00:00Z');
  const { body } = await hub.anyone.post<{ token: string }>('/demo/tokens', { staffId: 'cw-1' });
  const { iat = 0, exp = 0 } = decodeJwt(body.token);
  expect(exp - iat).toBe(12 * 3600);
  expect(Math.abs(iat * 1000 - Date.now())).toBeLessThan(60_000);
  expect((await meWith(`Bearer ${body.token}`)).status).toBe(200);
});

test('nobody who works here is given a token for a stranger', async () => {
  const reply = await hub.anyone.post('/demo/tokens', { staffId: 'nobody-9' });
  expect(reply).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'staffId', message: 'is nobody who works here' }] },
  });
});

test('without a token the answer is 401, with the scheme to use', async () => {
  const reply = await hub.anyone.get('/api/me');
  expect(reply).toMatchObject({ status: 401, body: { title: 'Sign in first', status: 401 } });
  expect(reply.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
  expect(reply.headers.get('Content-Type')).toBe('application/problem+json');
});

test('a token that was made by somebody else, altered or not signed at all is refused', async () => {
  const good = (await hub.as('cw-1').token()) ?? '';
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const promoted = Buffer.from(JSON.stringify({ ...claims, sub: 'admin-1' })).toString('base64url');
  const sharedSecret = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', kid: 'demo-issuer-key' })
    .setIssuer(demoIssuer)
    .setAudience('prosecution-hub')
    .setSubject('admin-1')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode('x'.repeat(32)));
  const unsigned = new UnsecuredJWT()
    .setIssuer(demoIssuer)
    .setAudience('prosecution-hub')
    .setSubject('admin-1')
    .setExpirationTime('1h')
    .encode();
  const bad = {
    forged: await forged(),
    'altered payload': `${header}.${promoted}.${signature}`,
    'no signature': `${header}.${payload}.`,
    unsigned,
    'shared secret': sharedSecret,
    'other audience': await forged({ aud: 'another' }),
    'very long': `${'a'.repeat(9_000)}.b.c`,
    nonsense: 'x.y.z',
    empty: '',
  };
  for (const [what, token] of Object.entries(bad)) {
    expect((await meWith(`Bearer ${token}`)).status, what).toBe(401);
  }
  expect((await meWith(`Basic ${good}`)).status, 'another scheme').toBe(401);
});

test('someone who no longer works here is refused at once, and let in again when they come back', async () => {
  const client = hub.as('cw-8');
  expect((await client.get('/api/me')).status).toBe(200);
  await hub.hub.db.update(staff).set({ active: false }).where(eq(staff.id, 'cw-8'));
  expect((await client.get('/api/me')).status).toBe(401);
  expect((await hub.anyone.post('/demo/tokens', { staffId: 'cw-8' })).status).toBe(422);
  await hub.hub.db.update(staff).set({ active: true }).where(eq(staff.id, 'cw-8'));
  expect((await client.get('/api/me')).status).toBe(200);
});

test('a role is what the row of staff says now, not what it said when the token was made', async () => {
  const client = hub.as('cw-7');
  await client.get('/api/me');
  await hub.hub.db.update(staff).set({ role: 'senior' }).where(eq(staff.id, 'cw-7'));
  expect((await client.get('/api/me')).body).toMatchObject({ role: 'senior' });
});

test('tokens outlive a restart, since the key of the demo’s issuer is kept', async () => {
  const token = (await hub.as('cw-1').token()) ?? '';
  const second = await startTestHub({ database: hub.database });
  const reply = await second.anyone.get('/api/me', { headers: { Authorization: `Bearer ${token}` } });
  expect(reply.status).toBe(200);
  await second.close();
});

const signInBrowser = async (staffId: string) => {
  const form = await hub.anyone.send('/demo/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
    body: `staffId=${staffId}`,
  });
  expect(form.status).toBe(303);
  return form.headers.get('Set-Cookie') ?? '';
};
const meByCookie = (cookie: string) =>
  hub.anyone.get('/api/me', { headers: { Cookie: cookie.split(';')[0] ?? '' } });

test('a browser signs in by a form, gets a cookie that no script can read, and is known by it', async () => {
  const cookie = await signInBrowser('sr-1');
  expect(cookie).toMatch(/^hub_session=.*HttpOnly/);
  expect(cookie).toContain('SameSite=Lax');
  expect((await meByCookie(cookie)).body).toMatchObject({ id: 'sr-1' });
});

test('over https the cookie of a session is one that no other host can plant', async () => {
  const { config } = hub.hub;
  const { publicUrl } = config;
  Object.assign(config, { publicUrl: 'https://hub.example' });
  const cookie = await signInBrowser('sr-1');
  expect(cookie).toMatch(/^__Host-hub_session=.*Path=\/; HttpOnly; Secure/);
  expect((await meByCookie(cookie)).body).toMatchObject({ id: 'sr-1' });
  expect((await meByCookie(cookie.replace('__Host-', ''))).status).toBe(401);
  Object.assign(config, { publicUrl });
});

test('a page of another site changes nothing with somebody’s cookie', async () => {
  const Cookie = `hub_session=${await startSession(hub.hub.db, 'sr-1')}`;
  const calculate = (headers: Record<string, string>) =>
    hub.anyone.post(
      '/api/deadlines/calculate',
      { rule: 'x', facts: {} },
      { headers: { Cookie, ...headers } },
    );
  expect((await calculate({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect((await calculate({ Origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await calculate({ Origin: hub.url })).status, 'its own page').toBe(422);
});
