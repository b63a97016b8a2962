import { z } from 'zod';
import type { StaffRole } from '../../db/schema/people.ts';

/**
 * Where the identity provider says what a person may do here: a claim of its tokens, and which of the claim's values
 * give which role. Of several roles a person has the one that stands first.
 */
export type RolesFromClaims = {
  claim: string;
  roles: readonly { role: StaffRole; values: readonly string[] }[];
};

const roleNames = ['caseworker', 'senior', 'administrator', 'auditor', 'feed'] as const;
const notMapping =
  'must be JSON such as {"senior":["hub-seniors"],"caseworker":["hub-caseworkers"]}, of caseworker, senior, administrator, auditor and feed';
const mapping = z.partialRecord(z.enum(roleNames), z.array(z.string().min(1)).min(1));

/** `OIDC_ROLES` as it is given: JSON of values by role, no value of two roles. */
export const rolesVariable = z.string().transform((text, context): RolesFromClaims['roles'] => {
  const parsed = mapping.safeParse(parseJson(text));
  const roles = Object.entries(parsed.data ?? {}).map(([role, values]) => ({
    role: role as StaffRole,
    values,
  }));
  const all = roles.flatMap(({ values }) => values);
  if (roles.length === 0) context.addIssue({ code: 'custom', message: notMapping });
  if (new Set(all).size < all.length)
    context.addIssue({ code: 'custom', message: 'gives a value twice: each has one role' });
  return roles;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
