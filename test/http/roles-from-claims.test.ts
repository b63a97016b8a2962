import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/create-app.ts';
import { serve } from '../../src/http/serve.ts';
import type { Hub } from '../../src/platform/hub.ts';
import type { RolesFromClaims } from '../../src/platform/roles-from-claims.ts';
import { startSession } from '../../src/staff/sessions.ts';
import { createTokenVerifier } from '../../src/staff/tokens.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';
import { createVisitor, type Visitor } from '../support/visitor.ts';

const mapping: RolesFromClaims['roles'] = [
  { role: 'senior', values: ['hub-seniors'] },
  { role: 'caseworker', values: ['hub-caseworkers', 'hub-new'] },
  { role: 'feed', values: ['hub-feeds'] },
];
const tokenIssuer = 'https://sso.example';

let demo: TestHub;
let hub: Hub;
let telling: TestProvider;
let asked: TestProvider;
let listening: Awaited<ReturnType<typeof serve>>;
let url: string;
let sign: (claims: Record<string, unknown>) => Promise<string>;

/** The hub as it is after a start with other settings. */
const restartWith = (over: Partial<Hub['config']>) => void Object.assign(hub.config, over);
const rolesBy = (roles: RolesFromClaims['roles']) => restartWith({ oidcRoles: { claim: 'groups', roles } });

beforeAll(async () => {
  demo = await startTestHub();
  hub = { ...demo.hub, config: { ...demo.hub.config, mode: 'production', oidcScope: 'openid groups' } };
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  sign = (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(tokenIssuer)
      .setAudience('prosecution-hub')
      .setExpirationTime('1h')
      .sign(privateKey);
  const verifyToken = createTokenVerifier({
    issuer: tokenIssuer,
    audience: 'prosecution-hub',
    keys,
    rolesClaim: 'groups',
  });
  listening = await serve(createApp({ hub, verifyToken }), {
    host: '127.0.0.1',
    port: 0,
    drainLimitMs: 2_000,
  });
  url = `http://127.0.0.1:${listening.port}`;
  const client = { id: 'prosecution-hub', redirectUri: `${url}/sign-in/callback` };
  [telling, asked] = [await startProvider({ ...client, inIdToken: true }), await startProvider(client)];
  restartWith({ oidcIssuer: asked.issuer, publicUrl: url });
  rolesBy(mapping);
});
afterAll(async () => {
  await listening.close();
  await telling.close();
  await asked.close();
  await demo.close();
});

/** Signs somebody in, who is in groups, and says what they were shown. */
async function signIn(visitor: Visitor, who: string, groups: readonly string[], at: TestProvider = asked) {
  restartWith({ oidcIssuer: at.issuer });
  at.signInAs(who, groups);
  return visitor.go(`${url}/sign-in/start`);
}

const me = async (visitor: Visitor) => {
  const { status, text } = await visitor.ask(`${url}/api/me`);
  return status === 200 ? (JSON.parse(text) as { id: string; role: string; team: string }) : status;
};

describe.each([['ID token'], ['userinfo endpoint']])(
  'where the provider tells of groups in its %s',
  (where) => {
    test('a person has the role of their groups, and the team of the list of staff', async () => {
      const visitor = createVisitor();
      const provider = where === 'ID token' ? telling : asked;
      const seen = await signIn(visitor, 'cw-1', ['everybody', 'hub-caseworkers', 'hub-seniors'], provider);
      expect(seen.status).toBe(200);
      expect(await me(visitor)).toMatchObject({ id: 'cw-1', role: 'senior', team: 'crime' });
      expect((await visitor.ask(`${url}/workload`)).status).toBe(200);
      const other = createVisitor();
      await signIn(other, 'admin-1', ['hub-caseworkers'], provider);
      expect(await me(other), 'never more than is mapped, whatever the list says').toMatchObject({
        role: 'caseworker',
      });
      expect((await other.ask(`${url}/admin`)).status).toBe(403);
    });
  },
);

test('without a role of a person nobody gets in, is told so plainly, and is out wherever they were in', async () => {
  const [before, now] = [createVisitor(), createVisitor()];
  await signIn(before, 'cw-2', ['hub-caseworkers']);
  expect(await me(before)).toMatchObject({ role: 'caseworker' });
  for (const groups of [['everybody'], [], ['hub-feeds']]) {
    const seen = await signIn(now, 'cw-2', groups);
    expect(seen.status).toBe(403);
    expect(seen.text).toContain('You have no role here');
    expect(now.cookie(url, 'hub_session')).toBeUndefined();
  }
  expect(await me(before)).toBe(401);
});

test('a role is that of the last sign-in, in whatever browser that was, and of the mapping as it is now', async () => {
  const [first, second] = [createVisitor(), createVisitor()];
  await signIn(first, 'cw-3', ['hub-seniors', 'hub-new']);
  expect(await me(first)).toMatchObject({ role: 'senior' });
  await signIn(second, 'cw-3', ['hub-new']);
  for (const visitor of [first, second]) expect(await me(visitor)).toMatchObject({ role: 'caseworker' });
  rolesBy([{ role: 'caseworker', values: ['hub-caseworkers'] }]);
  for (const visitor of [first, second])
    expect(await me(visitor), 'the group gives nothing any more').toBe(401);
  rolesBy(mapping);
  const listed = createVisitor();
  listed.setCookie(url, 'hub_session', await startSession(hub.db, 'sr-1'));
  expect(await me(listed), 'a session of the time before there were claims').toBe(401);
  restartWith({ oidcRoles: undefined });
  expect(await me(listed), 'without a mapping the list of staff says it').toMatchObject({ role: 'senior' });
  rolesBy(mapping);
});

test('a bearer token gives the role that it claims, and none where it claims none', async () => {
  const meBy = async (claims: Record<string, unknown>) => {
    const Authorization = `Bearer ${await sign(claims)}`;
    const reply = await fetch(`${url}/api/me`, { headers: { Authorization } });
    return { status: reply.status, ...((await reply.json()) as object) };
  };
  expect(await meBy({ sub: 'cw-1', groups: ['hub-seniors'] })).toMatchObject({
    role: 'senior',
    team: 'crime',
  });
  expect(await meBy({ sub: 'sr-1', groups: 'hub-new' })).toMatchObject({ role: 'caseworker' });
  const none = { status: 403, detail: 'The token claims no role that is known here.' };
  expect(await meBy({ sub: 'admin-1', groups: ['everybody'] })).toMatchObject(none);
  expect(await meBy({ sub: 'admin-1', roles: ['hub-seniors'] })).toMatchObject(none);
  expect(await meBy({ sub: 'nobody', groups: ['hub-seniors'] })).toMatchObject({ status: 401 });
});

test('a session that was planted in the browser is not the one that signing in gives, and is worth nothing after', async () => {
  const visitor = createVisitor();
  const planted = await startSession(hub.db, 'cw-4', { claimed: ['hub-caseworkers'] });
  visitor.setCookie(url, 'hub_session', planted);
  await signIn(visitor, 'sr-1', ['hub-seniors']);
  expect(visitor.cookie(url, 'hub_session')).not.toBe(planted);
  expect(await me(visitor)).toMatchObject({ id: 'sr-1' });
  const thief = createVisitor();
  thief.setCookie(url, 'hub_session', planted);
  expect(await me(thief)).toBe(401);
});

test.each(['state', 'nonce', 'verifier'])(
  'an answer of the provider for another %s than this browser went with signs nobody in',
  async (what) => {
    const visitor = createVisitor();
    asked.signInAs('cw-5', ['hub-caseworkers']);
    restartWith({ oidcIssuer: asked.issuer });
    const start = await visitor.ask(`${url}/sign-in/start`);
    const name = 'hub_signing_in';
    const kept = JSON.parse(decodeURIComponent(visitor.cookie(url, name) ?? '')) as Record<string, string>;
    const other = { ...kept, [what]: 'x'.repeat((kept[what] ?? '').length) };
    visitor.setCookie(url, name, encodeURIComponent(JSON.stringify(other)));
    const seen = await visitor.go(start.headers.get('Location') ?? '');
    expect(seen.url).toContain(`${url}/sign-in/callback`);
    expect(seen.status).toBe(403);
    expect(visitor.cookie(url, 'hub_session')).toBeUndefined();
    const again = await visitor.ask(seen.url);
    expect(again.status, 'the same answer cannot be tried again').toBe(400);
  },
);

test('signing out everywhere ends every browser, and leads on to signing out at the provider', async () => {
  const [here, there] = [createVisitor(), createVisitor()];
  for (const visitor of [here, there]) await signIn(visitor, 'cw-6', ['hub-caseworkers']);
  const { text } = await here.ask(`${url}/account`);
  expect(text.match(/Another browser/g)).toHaveLength(1);
  const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const send = (body: string, headers: Record<string, string>) =>
    here.ask(`${url}/sign-out/everywhere`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  const own = `formToken=${encodeURIComponent(formToken)}`;
  expect((await send('', { Origin: url })).status, 'without the token of a form').toBe(403);
  expect((await send(own, { Origin: 'https://elsewhere.example' })).status, 'from another site').toBe(403);
  expect(await me(there)).toMatchObject({ id: 'cw-6' });
  const done = await send(own, { Origin: url });
  expect(done.headers.get('Location')).toBe('/signed-out');
  for (const visitor of [here, there]) expect(await me(visitor)).toBe(401);
  const { text: after } = await here.go(`${url}/signed-out`);
  expect(after).toContain(`href="${asked.issuer}/session/end`);
});
