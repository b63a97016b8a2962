import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OpenID Connect provider, at which one person is signed in already, in groups. */
export type TestProvider = {
  issuer: string;
  signInAs(accountId: string, groups?: readonly string[]): void;
  close(): Promise<void>;
};

/**
 * Starts a provider on a free port, for one client without a secret that comes back to one address. It tells of groups
 * under the scope `groups`.
 * @param client.inIdToken that it tells of them in the ID token, and not only at its userinfo endpoint
 */
export async function startProvider(client: {
  id: string;
  redirectUri: string;
  inIdToken?: boolean;
}): Promise<TestProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let accountId = '';
  const groupsOf = new Map<string, readonly string[]>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        redirect_uris: [client.redirectUri],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    claims: { openid: ['sub'], groups: ['groups'] },
    conformIdTokenClaims: client.inIdToken !== true,
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, groups: groupsOf.get(id) }),
    }),
    cookies: { keys: ['a key of the tests alone'] },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void finish(provider, request, response, accountId, client.id);
  });
  return {
    issuer,
    signInAs: (id, groups) => {
      accountId = id;
      if (groups !== undefined) groupsOf.set(id, groups);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Handled = Parameters<Provider['interactionFinished']>;

async function finish(
  provider: Provider,
  request: Handled[0],
  response: Handled[1],
  accountId: string,
  clientId: string,
): Promise<void> {
  const { prompt } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, { login: { accountId } });
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope('openid groups');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}
