import { expect, test } from 'vitest';
import { checkPerson, type PersonToBe } from '../../src/victims/check-person.ts';

const person: PersonToBe = {
  preferred: 'phone',
  safeContact: null,
  needsAssessment: null,
  unavailable: null,
  enhancedRights: false,
  reasons: [],
  details: {},
};
const pathsOf = (over: Partial<PersonToBe>) =>
  checkPerson({ ...person, ...over }, '2026-06-05').map(({ path }) => path);

test.each<[string, Partial<PersonToBe>, string]>([
  ['prefers what they have refused', { details: { refused: ['phone'] } }, 'preferred'],
  ['agreed to what they have refused', { details: { agreed: ['sms'], refused: ['sms'] } }, 'agreed.0'],
  [
    'agreed to messages, and is not to be sent any',
    { safeContact: { note: 'shared phone', doNotMessage: true }, details: { agreed: ['email'] } },
    'agreed.0',
  ],
  [
    'prefers messages, and is not to be sent any',
    { preferred: 'sms', safeContact: { note: 'shared phone', doNotMessage: true } },
    'preferred',
  ],
  [
    'may be called in no hour at all',
    { safeContact: { note: 'work', notBefore: '17:00', notAfter: '09:00' } },
    'safeContact.notAfter',
  ],
  ['was assessed in the future', { needsAssessment: { on: '2026-06-06' } }, 'needsAssessment.on'],
  [
    'is assessed again before the first time',
    { needsAssessment: { on: '2026-06-05', reassessOn: '2026-06-05' } },
    'needsAssessment.reassessOn',
  ],
  ['is owed enhanced rights, and nobody says why', { enhancedRights: true }, 'grounds'],
  [
    'asked for silence in the future',
    { details: { optOut: { on: '2026-06-06', before: 'phone' } } },
    'optOut.on',
  ],
])('a person who %s is refused', (_words, over, path) => {
  expect(pathsOf(over)).toEqual([path]);
});

test('a person of whom everything is recorded without contradiction is taken', () => {
  expect(
    pathsOf({
      preferred: 'sms',
      enhancedRights: true,
      safeContact: { note: 'works nights', notBefore: '14:00', notAfter: '19:00', noVoicemail: true },
      needsAssessment: { on: '2026-06-01', reassessOn: '2026-09-01' },
      details: { agreed: ['sms'], refused: ['letter'], grounds: ['vulnerable'] },
    }),
  ).toEqual([]);
});
