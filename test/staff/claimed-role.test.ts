import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RolesFromClaims } from '../../src/platform/roles-from-claims.ts';
import { readClaim, roleClaimed, valuesKnown } from '../../src/staff/claimed-role.ts';

const mapping: RolesFromClaims = {
  claim: 'groups',
  roles: [
    { role: 'administrator', values: ['hub-admins'] },
    { role: 'senior', values: ['hub-seniors', 'hub-inspectors'] },
    { role: 'caseworker', values: ['hub-caseworkers'] },
  ],
};
const mapped = mapping.roles.flatMap(({ values }) => values);

test('a role is one that the mapping gives for a value that is claimed, the first of them, and never another', () => {
  const values = fc.array(fc.oneof(fc.constantFrom(...mapped), fc.string()), { maxLength: 8 });
  fc.assert(
    fc.property(values, (claimed) => {
      const given = mapping.roles.filter((one) => one.values.some((value) => claimed.includes(value)));
      expect(roleClaimed(mapping, claimed)).toBe(given[0]?.role ?? null);
      const kept = valuesKnown(mapping, claimed);
      expect(mapped).toEqual(expect.arrayContaining(kept));
      expect(roleClaimed(mapping, kept)).toBe(roleClaimed(mapping, claimed));
    }),
  );
});

test.each([
  ['a list', { groups: ['a', 'b'] }, 'groups', ['a', 'b']],
  ['one text, which is one value', { groups: 'hub seniors' }, 'groups', ['hub seniors']],
  ['a path', { realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']],
  ['a name with dots', { 'https://sso.example/roles': ['a'] }, 'https://sso.example/roles', ['a']],
  ['nothing', {}, 'groups', []],
  ['nothing of the kind', { groups: [7, null, { a: 1 }] }, 'groups', []],
  ['what every object has', {}, 'constructor.name', []],
])('a claim is read that is %s', (_what, claims, name, said) => {
  expect(readClaim(claims, name)).toEqual(said);
});
