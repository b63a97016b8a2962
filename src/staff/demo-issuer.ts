import { eq, sql } from 'drizzle-orm';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import type { Database } from '../../db/connect.ts';
import { installation } from '../../db/schema/platform.ts';
import { createTokenVerifier, type TokenVerifier } from './tokens.ts';

/** Signs people in to the demo, with tokens that are checked by the code that checks production's. */
export type DemoIssuer = {
  /** A token for a member of staff, good for 12 hours by the machine's clock. */
  issue(staffId: string): Promise<string>;
  verifyToken: TokenVerifier;
};

const issuer = 'https://demo.prosecution-hub.invalid';
const algorithm = 'ES256';
const keyName = 'demo-issuer-key';

/** How long a demo token is good for. */
export const demoTokenHours = 12;

/**
 * The demo's issuer. Its key is made once and kept in the database, so that tokens outlive a restart; two processes
 * that start at once use the same one.
 */
export async function createDemoIssuer(db: Database, audience: string): Promise<DemoIssuer> {
  const jwk = (await readKey(db)) ?? (await makeKey(db));
  const signingKey = (await importJWK(jwk, algorithm)) as CryptoKey;
  const { d: _secret, ...publicKey } = jwk;
  return {
    issue: (staffId) =>
      new SignJWT()
        .setProtectedHeader({ alg: algorithm, kid: jwk.kid ?? keyName, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(staffId)
        .setIssuedAt()
        .setExpirationTime(`${demoTokenHours}h`)
        .sign(signingKey),
    verifyToken: createTokenVerifier({
      issuer,
      audience,
      keys: createLocalJWKSet({ keys: [publicKey] }),
    }),
  };
}

async function makeKey(db: Database): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: keyName, alg: algorithm, use: 'sig' };
  await db
    .insert(installation)
    .values({ name: keyName, value: jwk, at: sql`now()` })
    .onConflictDoNothing();
  const kept = await readKey(db);
  if (!kept) throw new Error('the key of the demo issuer was not kept');
  return kept;
}

async function readKey(db: Database): Promise<JWK | null> {
  const [row] = await db.select().from(installation).where(eq(installation.name, keyName));
  return row ? (row.value as JWK) : null;
}
