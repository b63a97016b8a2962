import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokenVerifier, discoverKeys, type TokenVerifier } from '../../src/staff/tokens.ts';

const audience = 'prosecution-hub';
let provider: Server;
let issuer: string;
let keys: JWK[] = [];
let requests = 0;

beforeAll(async () => {
  provider = createServer((request, response) => {
    requests += 1;
    const document = request.url?.endsWith('openid-configuration')
      ? { issuer, jwks_uri: `${issuer}/keys` }
      : { keys };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => void provider.close());

async function signerOf(algorithm: 'RS256' | 'ES256' | 'PS256', kid: string) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  keys = [...keys, { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }];
  return (claims: { expiresAt?: number; notBefore?: number; sub?: string | null } = {}) => {
    const token = new SignJWT(claims.sub === null ? {} : { sub: claims.sub ?? 'cw-1' })
      .setProtectedHeader({ alg: algorithm, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(claims.expiresAt ?? Math.floor(Date.now() / 1000) + 600);
    if (claims.notBefore !== undefined) token.setNotBefore(claims.notBefore);
    return token.sign(privateKey);
  };
}

const verifier = (): TokenVerifier => createTokenVerifier({ issuer, audience, keys: discoverKeys(issuer) });

test('tokens of a real identity provider are checked against the keys that it publishes', async () => {
  const sign = await signerOf('RS256', 'first');
  expect(await verifier()(await sign())).toEqual({ kind: 'valid', staffId: 'cw-1' });
});

test('the provider is asked once, not at each request', async () => {
  const sign = await signerOf('ES256', 'second');
  const verify = verifier();
  await verify(await sign());
  const before = requests;
  for (let i = 0; i < 20; i += 1) await verify(await sign());
  expect(requests).toBe(before);
});

test('half a minute of difference between clocks is forgiven, and no more', async () => {
  const sign = await signerOf('RS256', 'third');
  const now = Math.floor(Date.now() / 1000);
  const verify = verifier();
  expect(await verify(await sign({ expiresAt: now - 20 }))).toMatchObject({ kind: 'valid' });
  expect(await verify(await sign({ expiresAt: now - 40 }))).toEqual({ kind: 'refused' });
  expect(await verify(await sign({ notBefore: now + 20 }))).toMatchObject({ kind: 'valid' });
  expect(await verify(await sign({ notBefore: now + 40 }))).toEqual({ kind: 'refused' });
});

test('other algorithms than ES256 and RS256, and tokens that name nobody, are refused', async () => {
  const other = await signerOf('PS256', 'fourth');
  expect(await verifier()(await other())).toEqual({ kind: 'refused' });
  const sign = await signerOf('RS256', 'fifth');
  expect(await verifier()(await sign({ sub: null }))).toEqual({ kind: 'refused' });
});

test('a token that was good is refused once it has expired, though it is remembered', async () => {
  const sign = await signerOf('ES256', 'sixth');
  const now = Math.floor(Date.now() / 1000);
  let at = now;
  const clock = { now: () => new Date(at * 1000).toISOString() };
  const verify = createTokenVerifier({ issuer, audience, keys: discoverKeys(issuer), clock });
  const token = await sign({ expiresAt: now + 10 });
  expect(await verify(token)).toMatchObject({ kind: 'valid' });
  at = now + 39;
  expect(await verify(token)).toMatchObject({ kind: 'valid' });
  at = now + 41;
  expect(await verify(token)).toEqual({ kind: 'refused' });
});

test('a provider that cannot be reached is not the fault of the token, and is asked again', async () => {
  const sign = await signerOf('RS256', 'seventh');
  const token = await sign();
  const verify = verifier();
  const { port } = provider.address() as AddressInfo;
  await new Promise((resolve) => provider.close(resolve));
  expect(await verify(token)).toMatchObject({ kind: 'unavailable' });
  await new Promise<void>((resolve) => provider.listen(port, '127.0.0.1', resolve));
  expect(await verify(token)).toEqual({ kind: 'valid', staffId: 'cw-1' });
});
