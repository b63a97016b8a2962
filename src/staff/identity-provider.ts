import * as oidc from 'openid-client';
import type { Config } from '../platform/config.ts';
import type { Failure } from '../platform/failure.ts';
import { readClaim } from './claimed-role.ts';

type ProviderConfig = Pick<
  Config,
  'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcScope' | 'oidcRoles' | 'publicUrl'
>;

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
    scope: config.oidcScope,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(kept.verifier),
    code_challenge_method: 'S256',
  });
  return { ...kept, address: address.href };
}

/** Who has signed in, by the provider's id, which is that of the member of staff, and what their claim of roles says. */
export type SignedIn = { id: string; claimed: string[] };

/**
 * Finishes signing in with what the provider sent the browser back with.
 * @param search the query of the callback, as it came
 */
export async function finishSignIn(
  config: ProviderConfig,
  search: string,
  kept: SignInUnderWay,
): Promise<SignedIn | Failure> {
  try {
    const provider = await providerOf(config);
    const tokens = await oidc.authorizationCodeGrant(provider, new URL(`${callbackOf(config)}${search}`), {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return refused;
    const name = config.oidcRoles?.claim;
    const claimed = name === undefined ? [] : readClaim(claims, name);
    const mayTellMore = provider.serverMetadata().userinfo_endpoint !== undefined;
    // Many providers put into the ID token only who it is, and tell the rest of whoever asks with the access token.
    if (name !== undefined && claimed.length === 0 && mayTellMore)
      claimed.push(...readClaim(await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub), name));
    return { id: claims.sub, claimed };
  } catch {
    return refused;
  }
}

/** Where a person ends their session at the provider too; null where it has no such page or cannot be reached. */
export async function signOutAddress(config: ProviderConfig): Promise<string | null> {
  try {
    const provider = await providerOf(config);
    return provider.serverMetadata().end_session_endpoint === undefined
      ? null
      : oidc.buildEndSessionUrl(provider).href;
  } catch {
    return null;
  }
}
