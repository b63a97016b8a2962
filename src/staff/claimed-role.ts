import type { StaffRole } from '../../db/schema/people.ts';
import type { RolesFromClaims } from '../platform/roles-from-claims.ts';

type Claims = Readonly<Record<string, unknown>>;

/**
 * What a claim says: its texts, one text as one value. A claim may be named by its path, such as `realm_access.roles`,
 * where none has the whole name.
 */
export function readClaim(claims: Claims, name: string): string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : atPath(claims, name.split('.'));
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
}

function atPath(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return atPath((value as Claims)[step], rest);
}

/** Of what a claim says, what gives a role here: groups that are nothing to the hub are not kept. */
export function valuesKnown({ roles }: RolesFromClaims, said: readonly string[]): string[] {
  const known = new Set(roles.flatMap(({ values }) => values));
  return [...new Set(said)].filter((value) => known.has(value));
}

/** The role that a claim gives: the first of the mapping that it names, and none where it names none. */
export function roleClaimed({ roles }: RolesFromClaims, said: readonly string[]): StaffRole | null {
  return roles.find(({ values }) => values.some((value) => said.includes(value)))?.role ?? null;
}
