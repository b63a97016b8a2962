import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An OpenID Connect issuer of the test's own, as far as the hub asks one: its discovery document and its keys. */
export type Issuer = {
  url: string;
  /** A token for a member of staff, signed with ES256. */
  issue(staffId: string): Promise<string>;
  close(): Promise<void>;
};

/** Starts an issuer on a free port of loopback. */
export async function startIssuer(audience: string): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'only', alg: 'ES256', use: 'sig' };
  let url = '';
  const server = createServer((request, response) => {
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [key] },
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    issue: (staffId) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: key.kid })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(staffId)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
