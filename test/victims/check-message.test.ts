import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, toLondonOffset } from '../../src/calendar/london-time.ts';
import { nextAllowed, whyNoMessage } from '../../src/cases/check-message.ts';
import { safestOf, type Reachable } from '../../src/victims/ways.ts';

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
