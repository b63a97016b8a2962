import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bodyOf,
  changesOf,
  formOf,
  mergedForm,
  problemsOfForm,
  type PersonJson,
} from '../../src/http/pages/person/person-changes.ts';
import { sayChanges } from '../../src/http/pages/person/person-view.ts';

const line = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })
  .filter((text) => text.trim() === text);
const words = fc.tuple(line, line).map((lines) => lines.join('\n'));
const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
const day = date.map((at) => at.toISOString().slice(0, 10));
const contact = fc.record({ phone: line, email: line, address: words }, { requiredKeys: [] });
const part = <T>(of: fc.Arbitrary<T>) => fc.option(of);

const person: fc.Arbitrary<PersonJson> = fc.record({
  id: fc.uuid(),
  caseUrn: fc.constant('21AB1234526'),
  role: fc.constantFrom('victim', 'witness'),
  name: line,
  dateOfBirth: fc.constant(null),
  contact,
  preferred: fc.constantFrom('phone', 'email', 'sms', 'letter', 'none'),
  safeContact: part(
    fc.record(
      {
        note: words,
        notBefore: fc.constant('09:30'),
        codeWord: line,
        noVoicemail: fc.constant(true as const),
        doNotMessage: fc.constant(true as const),
      },
      { requiredKeys: ['note'] },
    ),
  ),
  enhancedRights: fc.boolean(),
  entitlement: fc.constant('standard'),
  entitlementBecause: fc.constant([]),
  reasons: fc.array(line, { maxLength: 3 }),
  needsAssessment: part(
    fc.record({ on: day, note: words, reassessOn: day }, { requiredKeys: ['on', 'note'] }),
  ),
  unavailable: part(
    fc.array(fc.record({ from: day, to: day, why: line }, { requiredKeys: ['from', 'to'] }), {
      maxLength: 3,
    }),
  ),
  agreed: fc.constantFrom([], ['sms'], ['email']),
  refused: fc.constantFrom([], ['phone'], ['letter', 'in-person']),
  language: part(line),
  interpreter: part(line),
  relation: part(line),
  representative: part(
    fc.record({ name: line, relation: fc.constant('carer'), contact, instead: fc.boolean() }),
  ),
  support: part(
    fc.record(
      { agency: line, consentToRefer: fc.constant('given'), askedOn: day },
      { requiredKeys: ['consentToRefer'] },
    ),
  ),
  grounds: fc.constantFrom([], ['vulnerable']),
  optOut: part(fc.record({ on: day, why: words }, { requiredKeys: ['on'] })),
  version: fc.constant(1),
});

/** As a browser sends it: the lines of a text end with two characters. */
const sent = (form: Record<string, string>) =>
  Object.fromEntries(Object.entries(form).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]));

test('a form says of a person what is known of them, and nothing is changed where nothing was touched', () => {
  fc.assert(
    fc.property(person, (known) => {
      const form = sent(formOf(known));
      expect(known).toMatchObject(bodyOf(form));
      expect(changesOf(form, formOf(known))).toEqual({});
    }),
  );
});

test('of a form that came too late what was written stays, and all else is as it is now', () => {
  fc.assert(
    fc.property(person, person, person, (opened, written, now) => {
      const form = sent({ ...formOf(opened), ...onlyOf(formOf(written)) });
      for (const name of Object.keys(formOf(opened)))
        if (isContact(name) && formOf(written)[name] === undefined) form[name] = '';
      const merged = bodyOf(mergedForm(form, formOf(opened), formOf(now)));
      const touched = changesOf(form, formOf(opened));
      expect(Object.keys(touched).filter((name) => name !== 'contact')).toEqual([]);
      expect(merged).toEqual({ ...bodyOf(formOf(now)), ...touched });
    }),
  );
});
const isContact = (name: string) => name.startsWith('contact.');
const onlyOf = (form: Record<string, string>) =>
  Object.fromEntries(Object.entries(form).filter(([name]) => isContact(name)));

test('what is otherwise by now is said by the names that the page has for it', () => {
  fc.assert(
    fc.property(person, (known) => {
      expect(sayChanges(known, known)).toEqual([]);
      const now = { ...known, contact: { ...known.contact, phone: '07700 900001' } };
      expect(sayChanges(known, now)).toEqual([
        `Telephone number: it was ${known.contact.phone ?? 'Not known'}, and is 07700 900001`,
      ]);
    }),
  );
});

test('what is wrong in a list is said at its box or at its lines', () => {
  const body = { refused: ['letter'], agreed: ['email'] };
  const paths = ['agreed.0', 'grounds', 'reasons.2', 'contact.email'].map((path) => ({ path, message: 'x' }));
  expect(problemsOfForm(paths, body).map(({ path }) => path)).toEqual([
    'agreed.email',
    'grounds.most-serious-crime',
    'reasons',
    'contact.email',
  ]);
});
