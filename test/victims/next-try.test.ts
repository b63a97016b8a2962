import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import { isBusinessDay } from '../../src/calendar/holiday-calendar.ts';
import { civilDateOf, instantAt, toLondonOffset } from '../../src/calendar/london-time.ts';
import { nextStep, type Try } from '../../src/victims/next-try.ts';
import { waysToReach, type Reachable } from '../../src/victims/ways.ts';

const person: Reachable = {
  contact: { phone: '07700 900417', email: 'orla@mail.invalid', address: '9 Fizzgig Row' },
  preferred: 'phone',
  safeContact: null,
  details: { agreed: ['email'] },
};
const london = (day: string, time: string) => instantAt(day, time);
const tried = (day: string, time: string, over: Partial<Try> = {}): Try => ({
  channel: 'phone',
  result: 'no-answer',
  at: london(day, time),
  ...over,
});
// A Friday; due on the Friday after.
const dueAt = london('2026-06-12', '23:59');
const after = (tries: Try[], who = person, now = tries.at(-1)?.at ?? london('2026-06-05', '09:30')) =>
  nextStep(who, tries, dueAt, now, calendar);

describe('which way is taken', () => {
  const calls = [tried('2026-06-05', '09:30'), tried('2026-06-05', '13:00'), tried('2026-06-05', '17:30')];
  const mail = tried('2026-06-08', '10:00', { channel: 'email', result: 'message-left' });
  const letter = tried('2026-06-10', '10:00', { channel: 'letter', result: 'message-left' });

  test.each<[string, Try[], string, string | null]>([
    ['first a call', [], 'try', 'phone'],
    ['a call until three have failed', calls.slice(0, 2), 'try', 'phone'],
    ['after three failures another way', calls, 'try', 'email'],
    ['after one message that brought no answer a letter', [...calls, mail], 'letter', 'letter'],
    ['after the letter a senior', [...calls, mail, letter], 'senior', null],
    [
      'where the number is wrong another way at once',
      [{ ...tried('2026-06-05', '09:30'), result: 'wrong-number' }],
      'try',
      'email',
    ],
  ])('%s', (_words, tries, step, channel) => {
    expect(after(tries)).toMatchObject({ step, channel });
  });

  test('no message to whoever did not agree, nothing written where that is not safe, nothing that was refused', () => {
    const ways = (over: Partial<Reachable>) => waysToReach({ ...person, ...over });
    expect(ways({})).toEqual(['phone', 'email', 'letter']);
    expect(ways({ details: null })).toEqual(['phone', 'letter']);
    expect(ways({ preferred: 'sms' })).toEqual(['phone', 'email', 'letter']);
    expect(ways({ safeContact: { note: 'shared', doNotMessage: true } })).toEqual(['phone']);
    expect(ways({ details: { agreed: ['email'], refused: ['phone', 'letter'] } })).toEqual(['email']);
    const mother = {
      name: 'W',
      relation: 'parent',
      contact: { phone: '07700 900418' },
      instead: true,
    } as const;
    expect(ways({ details: { agreed: ['email', 'sms'], representative: mother } })).toEqual(['phone']);
    expect(after([], { ...person, contact: {} })).toMatchObject({ step: 'senior' });
  });
});

describe('when', () => {
  test('calls are spread over the times of day', () => {
    const tries: Try[] = [];
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      const step = after(tries);
      seen.push(toLondonOffset(step.at).slice(5, 16));
      tries.push({ channel: 'phone', result: 'no-answer', at: step.at });
    }
    expect(seen).toEqual(['06-05T09:30', '06-05T12:00', '06-05T17:00']);
  });

  test('on Friday evening the next try is on Monday, at an hour that has not been tried', () => {
    const step = after([tried('2026-06-05', '10:00'), tried('2026-06-05', '18:30')]);
    expect(toLondonOffset(step.at)).toBe('2026-06-08T12:00:00+01:00');
    expect(step.why.at(-1)).toBe('Try again in the afternoon, midday on 8 June 2026 or later');
  });

  test('what is due today is tried again today, though that hour was tried', () => {
    const now = london('2026-06-12', '12:10');
    const step = nextStep(
      { ...person, safeContact: { note: 'at work', notAfter: '16:00' } },
      [tried('2026-06-12', '12:10')],
      dueAt,
      now,
      calendar,
    );
    expect(toLondonOffset(step.at)).toBe('2026-06-12T14:10:00+01:00');
  });

  test('where no hour is safe nobody tries: a senior decides', () => {
    const step = after([], { ...person, safeContact: { note: 'nights', notBefore: '20:30' } });
    expect(step).toMatchObject({ step: 'senior' });
  });
});

const times = fc.constantFrom(
  '00:00',
  '09:00',
  '10:15',
  '12:00',
  '13:30',
  '17:00',
  '18:45',
  '20:00',
  '23:59',
);
const day = fc.integer({ min: 1, max: 31 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
const tries = fc.array(
  fc.record({
    channel: fc.constantFrom('phone', 'email', 'letter'),
    result: fc.constantFrom<Try['result'][]>('no-answer', 'message-left', 'wrong-number'),
    at: fc.tuple(day, times).map(([on, at]) => london(on, at)),
  }),
  { maxLength: 7 },
);

test('whatever has been tried, a try is in safe hours of a working day, not before now nor soon after the last', () => {
  fc.assert(
    fc.property(tries, day, times, times, times, (before, on, time, opens, closes) => {
      const now = london(on, time);
      const safeContact = { note: 'x', notBefore: opens, notAfter: closes };
      const past = before.filter(({ at }) => at <= now);
      const step = nextStep({ ...person, safeContact }, past, london('2026-12-24', '23:59'), now, calendar);
      if (step.step !== 'try') return;
      const clock = toLondonOffset(step.at).slice(11, 16);
      expect(clock >= opens && clock < closes && clock >= '09:00' && clock < '20:00').toBe(true);
      expect(isBusinessDay(calendar, civilDateOf(step.at))).toBe(true);
      expect(step.at >= now).toBe(true);
      for (const { at } of past)
        expect(Date.parse(step.at) - Date.parse(at)).toBeGreaterThanOrEqual(7_200_000);
      const byWay = past.filter(({ channel }) => channel === step.channel);
      expect(byWay.length).toBeLessThan(3);
    }),
  );
});
