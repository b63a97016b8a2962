import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, toLondonOffset } from '../../src/calendar/london-time.ts';
import { nextAllowed, whyNoMessage } from '../../src/cases/check-message.ts';
import { canText } from '../../src/messages/open-channel.ts';
import { safestOf, waysToReach, type Reachable } from '../../src/victims/ways.ts';

const person: Reachable = {
  contact: { phone: '07700 900417', email: 'orla@mail.invalid' },
  preferred: 'phone',
  safeContact: null,
  details: { agreed: ['email'] },
};

test.each<[string, Partial<Reachable>, RegExp]>([
  ['has not agreed', { details: null }, /not agreed/],
  ['asked for silence', { preferred: 'none' }, /asked not to be contacted/],
  ['may be sent nothing written', { safeContact: { note: 'x', doNotMessage: true } }, /nothing written/],
  ['has refused since', { details: { agreed: ['email'], refused: ['email'] } }, /refused/],
  ['has no mailbox', { contact: { phone: '07700 900417' } }, /no address/],
  ['has no safe hour', { safeContact: { note: 'x', notBefore: '21:00' } }, /no hour/],
])('no message is sent to whoever %s', (_words, over, why) => {
  expect(whyNoMessage(person, 'email')).toEqual([]);
  expect(whyNoMessage({ ...person, ...over }, 'email').join()).toMatch(why);
});

test.each<[string, boolean]>([
  ['07700 900417', true],
  ['+44 7700 900417', true],
  ['+44 (0)7700 900417', true],
  ['0044 7700 900417', true],
  ['01632 960417', false],
  ['+44 1632 960417', false],
  ['070 0090 0417', false],
  ['+33 6 12 34 56 78', false],
  ['07700 90041', false],
])('a text message to %s may be sent where the person agreed: %s', (phone, isSent) => {
  const agreed = { ...person, contact: { phone }, details: { agreed: ['sms' as const] } };
  expect(whyNoMessage(agreed, 'sms').length === 0).toBe(isSent);
  expect(waysToReach(agreed).includes('sms')).toBe(isSent);
});

test('the hub sends texts itself by a template of Notify, and in the demo into its outbox', () => {
  const notify = { url: 'https://notify.invalid', apiKey: 'x', emailTemplate: 'y' };
  expect(canText({ mode: 'demo', notify: undefined })).toBe(true);
  expect(canText({ mode: 'production', notify: undefined })).toBe(false);
  expect(canText({ mode: 'production', notify })).toBe(false);
  expect(canText({ mode: 'production', notify: { ...notify, smsTemplate: 'z' } })).toBe(true);
});

test('what is forbidden in one case is forbidden in all, and the shorter hours count', () => {
  const other: Reachable = {
    ...person,
    safeContact: { note: 'at work', notBefore: '10:00', notAfter: '18:00', noVoicemail: true },
    details: { refused: ['letter'] },
  };
  const mine: Reachable = { ...person, safeContact: { note: 'home', notBefore: '09:30', notAfter: '16:00' } };
  expect(safestOf(mine, [other])).toMatchObject({
    safeContact: { note: 'home / at work', notBefore: '10:00', notAfter: '16:00', noVoicemail: true },
    details: { agreed: ['email'], refused: ['letter'] },
  });
  expect(safestOf(person, [{ ...person, preferred: 'none' }]).preferred).toBe('none');
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const day = fc.constantFrom(
  '2026-03-28',
  '2026-03-29',
  '2026-06-05',
  '2026-10-24',
  '2026-10-25',
  '2026-12-31',
);

test('a message leaves within the hours of the person and of the hub, at the first chance, in summer and winter', () => {
  fc.assert(
    fc.property(day, time, time, time, (on, at, notBefore, notAfter) => {
      const now = instantAt(on, at);
      const next = nextAllowed({ safeContact: { note: 'x', notBefore, notAfter } }, now);
      if (next === null) {
        expect([notBefore, '09:00'].sort().at(-1)! >= [notAfter, '20:00'].sort()[0]!).toBe(true);
        return;
      }
      const clock = toLondonOffset(next).slice(11, 16);
      expect(clock >= notBefore && clock < notAfter && clock >= '09:00' && clock < '20:00').toBe(true);
      expect(next >= now).toBe(true);
      expect(nextAllowed({ safeContact: { note: 'x', notBefore, notAfter } }, next)).toBe(next);
    }),
  );
});
