import { expect, test } from 'vitest';
import type { CaseState, PersonState } from '../../src/deadlines/case-state.ts';
import { enhancedBecause, entitlementBecause } from '../../src/victims/entitlement.ts';
import { registration, stateOf } from '../materials/case-in-state.ts';

const cause = { eventId: 'e', on: '2026-06-02', receivedAt: '2026-06-02T09:00:00.000Z' };
const person: PersonState = {
  id: 'p',
  role: 'victim',
  enhancedRights: false,
  reasons: [],
  assessed: false,
  enhanced: false,
  preferred: 'phone',
  since: cause,
};
const plain = stateOf(registration(), []);
const abuse = stateOf(registration({}, { domesticAbuse: true }), []);

test.each<[string, Partial<CaseState>, Partial<PersonState>, string[]]>([
  ['nothing special', {}, {}, []],
  ['domestic abuse', { domesticAbuse: true }, {}, ['domestic abuse, until assessed']],
  ['a charge of domestic abuse', abuse, {}, ['domestic abuse, until assessed']],
  ['hate crime', { hateCrime: true }, {}, ['hate crime, until assessed']],
  ['a sexual offence', { sexualOffence: true }, {}, ['sexual offence, until assessed']],
  ['somebody under 18', {}, { dateOfBirth: '2008-06-03' }, ['under 18, until assessed']],
  ['somebody who turned 18 on the day of receipt', {}, { dateOfBirth: '2008-06-02' }, []],
  ['a witness under 18', {}, { role: 'witness', dateOfBirth: '2012-01-01' }, ['under 18, until assessed']],
  ['a witness to hate crime', { hateCrime: true }, { role: 'witness' }, []],
  ['hate crime, assessed since as standard', { hateCrime: true }, { assessed: true }, []],
  ['what was recorded with a reason', {}, { enhancedRights: true, reasons: ['stalked'] }, ['stalked']],
])('%s gives enhanced rights until assessed, or none', (_words, over, who, because) => {
  expect(enhancedBecause({ ...plain, ...over }, { ...person, ...who })).toEqual(because);
});

test.each([
  ['most-serious-crime', 'victim of the most serious crime'],
  ['persistently-targeted', 'persistently targeted'],
  ['vulnerable', 'vulnerable'],
  ['intimidated', 'intimidated'],
] as const)('the ground %s is said in words', (ground, words) => {
  const enhanced = { ...person, enhancedRights: true };
  expect(entitlementBecause(plain, enhanced, [ground])).toEqual([words]);
  expect(entitlementBecause(plain, { ...enhanced, reasons: ['x'] }, [ground])).toEqual([words, 'x']);
});

test('enhanced rights that were recorded without a reason say so', () => {
  expect(entitlementBecause(plain, { ...person, enhancedRights: true }, [])).toEqual([
    'recorded, without a reason',
  ]);
});
