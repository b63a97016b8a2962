import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEvents, saysOf, type StandingEvent } from '../../src/court-results/compare-events.ts';
import type { DesiredEvent } from '../../src/court-results/case-results.ts';
import type { StoredResult } from '../../src/court-results/fold-results.ts';
import type { MessageSaid, OffenceSaid } from './message.ts';
import { essence, outcome, registered, stored } from './stage.ts';

const code = fc.constantFrom(1002, 1015, 2051, 2004, 4027, 4028, 4047, 4506, 4555, 4560, 4576, 3052, 9123);
const day = fc.constantFrom('2026-03-02', '2026-03-16', '2026-03-30', '2026-04-13', '2026-02-31');
const offence = fc.record({
  plea: fc.constantFrom('1', '2', '3'),
  finding: fc.constantFrom(undefined, undefined, 'G', 'N'),
  convictedOn: fc.constantFrom(undefined, undefined, '2026-03-16', '2026-03-02'),
  results: fc.array(
    fc.record({
      code,
      next: fc.option(fc.record({ on: day, reason: fc.constantFrom('for trial', '') }), { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
});
const person = fc.constantFrom(
  { given: 'Orsino', family: 'Blenkhurst', born: '1990-04-12' },
  { given: 'Perdita', family: 'Squillhampton', born: '1995-06-30' },
  { given: 'Nobody', family: 'Hereabout', born: '1970-01-01' },
);
const said: fc.Arbitrary<MessageSaid> = fc.record({
  on: day,
  court: fc.constantFrom('B01EF01', 'C42AA00'),
  time: fc.constantFrom('10:00:00', '14:00:00'),
  sentAt: fc.constantFrom(undefined, '2026-05-01T10:00:00Z', '2026-05-02T10:00:00Z', '2026-05-03T10:00:00Z'),
  defendants: fc
    .uniqueArray(
      fc.tuple(
        person,
        fc.constantFrom('A', 'B', 'C', 'U'),
        fc.array(offence, { minLength: 1, maxLength: 2 }),
      ),
      { minLength: 1, maxLength: 2, selector: ([{ family }]) => family },
    )
    .map((all) => all.map(([who, bail, offences]) => ({ ...who, bail, offences }))),
});

/** Messages, and the same in another order with copies. */
const shuffled = fc
  .array(said, { minLength: 2, maxLength: 6 })
  .map((all) => all.map((one, i) => stored(`m${i}`, one, `2026-07-0${i + 1}T18:00:00.000Z`)))
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      other: fc
        .array(fc.constantFrom(...all), { maxLength: 4 })
        .chain((copies) =>
          fc.shuffledSubarray([...all, ...copies], { minLength: all.length + copies.length }),
        ),
    }),
  );

describe('results of the courts', () => {
  test('give the same events, triggers and doubts in any order and any number of copies', () => {
    fc.assert(
      fc.property(shuffled, ({ all, other }) => {
        expect(essence(outcome(other))).toEqual(essence(outcome(all)));
      }),
      { numRuns: 50 },
    );
  });

  test('leave the same events standing, whichever of them were recorded on the way', () => {
    fc.assert(
      fc.property(shuffled, ({ all, other }) => {
        const once = record(new Map(), all);
        let standing = new Map<string, StandingEvent>();
        other.forEach((_one, i) => (standing = record(standing, other.slice(0, i + 1))));
        const saysOfAll = (events: Map<string, StandingEvent>) =>
          [...events.values()].map(({ key, says }) => [key, says]).sort();
        expect(saysOfAll(standing)).toEqual(saysOfAll(once));
      }),
      { numRuns: 15 },
    );
  });
});

/** Up to a hundred charges of each of two defendants, and messages that say something of every one of them. */
const many = fc
  .record({
    count: fc.integer({ min: 1, max: 100 }),
    pleas: fc.array(fc.constantFrom('1', '2', '3'), { minLength: 2, maxLength: 7 }),
    codes: fc.array(fc.constantFrom(1015, 1116, 2051, 4028, 4506), { minLength: 1, maxLength: 3 }),
    messages: fc.array(fc.tuple(day, fc.constantFrom(undefined, '2026-05-01T10:00:00Z')), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .chain(({ count, pleas, codes, messages }) => {
    const offences = (shift: number): OffenceSaid[] =>
      Array.from({ length: count }, (_one, i) => ({
        plea: pleas[(i + shift) % pleas.length] ?? '3',
        finding: i % 2 === 0 ? 'G' : undefined,
        results: codes.map((one) => ({ code: one })),
      }));
    const all = messages.map(([on, sentAt], i) =>
      stored(`m${i}`, {
        ...{ on, sentAt },
        defendants: [
          { offences: offences(i) },
          { given: 'Perdita', family: 'Squillhampton', born: '1995-06-30', offences: offences(i + 1) },
        ],
      }),
    );
    const charges = (of: string) =>
      Array.from({ length: count }, (_one, i) => ({
        ...{ id: `${of}-${i}`, code: 'TH68006', class: 'either-way' as const, committedOn: '2026-02-01' },
        ...{ chargedOn: '2026-02-10', domesticAbuse: false },
      }));
    const own = registered({
      defendants: ['d1', 'd2'].map((id) => ({ id, remand: 'none' as const, offences: charges(id) })),
    });
    const others = fc
      .array(fc.constantFrom(...all), { maxLength: 3 })
      .chain((copies) => fc.shuffledSubarray([...all, ...copies], { minLength: all.length + copies.length }));
    return others.map((other) => ({ own, all, other, count }));
  });

describe('results of one to a hundred charges of several defendants', () => {
  test('are the same in any order, with any repeats, and each charge has its own', () => {
    fc.assert(
      fc.property(many, ({ own, all, other, count }) => {
        const found = outcome(all, [own]);
        expect(essence(outcome(other, [own]))).toEqual(essence(found));
        const charged = new Set(found.events.flatMap(({ offenceId }) => offenceId ?? []));
        expect(charged.size).toBeLessThanOrEqual(2 * count);
        expect(found.doubts.filter(({ kind }) => kind === 'unknown-offence')).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

/** What stands once the results that came by now have been compared with what stood. */
function record(
  standing: Map<string, StandingEvent>,
  results: readonly StoredResult[],
): Map<string, StandingEvent> {
  const unique = [...new Map(results.map((one) => [one.id, one])).values()];
  const after = new Map(standing);
  const stand = (one: DesiredEvent) =>
    after.set(one.key, { key: one.key, eventId: one.key, hearingId: null, says: saysOf(one) });
  for (const change of compareEvents([...standing.values()], outcome(unique).events)) {
    if (change.kind !== 'add') after.delete(change.standing.key);
    if (change.kind !== 'take-back') stand(change.desired);
  }
  return after;
}
