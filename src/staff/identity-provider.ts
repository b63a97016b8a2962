import * as oidc from 'openid-client';
import type { Config } from '../platform/config.ts';
import type { Failure } from '../platform/failure.ts';

type ProviderConfig = Pick<Config, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'publicUrl'>;

/** What has to be kept, out of reach of scripts, until the browser is back from the identity provider. */
export type SignInUnderWay = { state: string; nonce: string; verifier: string };

const providers = new Map<string, Promise<oidc.Configuration>>();

const cannotReach: Failure = {
  kind: 'unavailable',
  detail: 'The identity provider cannot be reached. Try again in a minute.',
};
const refused: Failure = {
  kind: 'not-allowed',
  detail: 'The identity provider did not confirm who you are.',
};

/** The provider, found by its discovery document at the first sign-in; one that could not be reached is asked again. */
async function providerOf(config: ProviderConfig): Promise<oidc.Configuration> {
  const { oidcIssuer: issuer = '', oidcClientId, oidcClientSecret } = config;
  const key = `${issuer} ${oidcClientId}`;
  const insecure = issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {};
  let provider = providers.get(key);
  if (provider === undefined) {
    provider = oidc.discovery(
      new URL(issuer),
      oidcClientId,
      undefined,
      oidcClientSecret === undefined ? oidc.None() : oidc.ClientSecretPost(oidcClientSecret),
      insecure,
    );
    providers.set(key, provider);
    provider.catch(() => providers.delete(key));
  }
  return provider;
}

const callbackOf = ({ publicUrl }: ProviderConfig) => `${publicUrl}/sign-in/callback`;

/**
 * Begins signing in by OpenID Connect, authorization code with PKCE (RFC 7636).
 * @returns where to send the browser, and what to keep until it is back; `unavailable` where the provider is down
 */
export async function beginSignIn(
  config: ProviderConfig,
): Promise<(SignInUnderWay & { address: string }) | Failure> {
  let provider: oidc.Configuration;
  try {
    provider = await providerOf(config);
  } catch {
    return cannotReach;
  }
  const kept = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const address = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: callbackOf(config),
    scope: 'openid',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  });
  return { ...kept, address: address.href };
}

/**
 * Finishes signing in with what the provider sent the browser back with.
 * @param search the query of the callback, as it came
 * @returns the provider's id of the person, which is the id of the member of staff
 */
export async function finishSignIn(
  config: ProviderConfig,
  search: string,
  kept: SignInUnderWay,
): Promise<{ id: string } | Failure> {
  try {
    const provider = await providerOf(config);
    const tokens = await oidc.authorizationCodeGrant(provider, new URL(`${callbackOf(config)}${search}`), {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const id = tokens.claims()?.sub;
    return id === undefined ? refused : { id };
  } catch {
    return refused;
  }
}
