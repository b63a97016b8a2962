import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { machineClock, type Clock } from '../platform/clock.ts';
import { readClaim } from './claimed-role.ts';

/**
 * What a bearer token proves: who signed in, with what its claim of roles says where that is asked for; or that it proves nothing; or
 * that this could not be found out.
 */
export type VerifiedToken =
  | { kind: 'valid'; staffId: string; claimed?: string[] }
  | { kind: 'refused' }
  | { kind: 'unavailable'; why: string };

type Valid = Extract<VerifiedToken, { kind: 'valid' }>;

/** Checks a bearer token, by the machine's clock. */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

const clockToleranceSeconds = 30;
const longestToken = 8_192;
const rememberedForMs = 60_000;
const rememberedAtMost = 5_000;

/**
 * A verifier of JSON Web Tokens: signed with ES256 or RS256 by a key of the issuer, for this audience, neither expired
 * nor too early, and naming somebody. The signature of a token is checked once a minute, not at each request: it
 * costs more than the rest of a short request, and only the time can change its outcome.
 * @param options.rolesClaim the claim whose words are read from it too
 * @param options.keys finds the key of a token: the demo's own, or `discoverKeys`
 */
export function createTokenVerifier(options: {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
  rolesClaim?: string | undefined;
  clock?: Clock;
}): TokenVerifier {
  const { issuer, audience, keys, rolesClaim, clock = machineClock } = options;
  const remembered = new Map<string, { valid: Valid; untilMs: number }>();

  return async (token) => {
    if (token.length > longestToken) return { kind: 'refused' };
    const nowMs = Date.parse(clock.now());
    const known = remembered.get(token);
    if (known && nowMs < known.untilMs) return known.valid;
    remembered.delete(token);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['ES256', 'RS256'],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(nowMs),
      });
      const valid: Valid = {
        kind: 'valid',
        staffId: payload.sub ?? '',
        ...(rolesClaim === undefined ? {} : { claimed: readClaim(payload, rolesClaim) }),
      };
      if (remembered.size >= rememberedAtMost) remembered.clear();
      const expiryMs = ((payload.exp ?? 0) + clockToleranceSeconds) * 1000;
      remembered.set(token, { valid, untilMs: Math.min(nowMs + rememberedForMs, expiryMs) });
      return valid;
    } catch (error) {
      return explain(error);
    }
  };
}

/** Errors of `jose` that say something of the issuer's keys and nothing of the token. */
const keysFailed = new Set<string>([errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]);

function explain(error: unknown): VerifiedToken {
  if (error instanceof errors.JOSEError && !keysFailed.has(error.code)) return { kind: 'refused' };
  return { kind: 'unavailable', why: error instanceof Error ? error.message : 'the keys could not be read' };
}

const discoveryTimeoutMs = 5_000;
const discovered = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The keys of an OpenID Connect issuer, found through its discovery document at the first token and kept by `jose`,
 * which asks again when a token names a key that it does not know. An issuer that cannot be reached is asked again at
 * the next token.
 */
export function discoverKeys(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(discoveryTimeoutMs), redirect: 'error' });
  if (!answer.ok) throw new Error(`the issuer's discovery document answered ${answer.status}`);
  const document = discovered.safeParse(await answer.json());
  if (!document.success) throw new Error("the issuer's discovery document is not one");
  if (document.data.issuer !== issuer) throw new Error('the discovery document is of another issuer');
  const keysUrl = new URL(document.data.jwks_uri);
  if (keysUrl.protocol !== 'https:' && new URL(issuer).protocol === 'https:')
    throw new Error("the issuer's keys are not served over https");
  return createRemoteJWKSet(keysUrl, { timeoutDuration: discoveryTimeoutMs });
}
