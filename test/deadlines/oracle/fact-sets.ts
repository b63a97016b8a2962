import fc from 'fast-check';
import { BANK_HOLIDAYS } from '../../../src/calendar/bank-holidays-data.ts';
import type { FactName, Facts } from '../../../src/deadlines/facts.ts';
import { currentRule } from '../../../src/deadlines/rules/register.ts';
import { custodyLimit, rolledBack } from './custody.ts';
import { walk, type Day } from './days.ts';
import { holidays } from './sampling.ts';
import { dayOf, shownInLondon } from './london.ts';

/** Facts in the words of the API, spread over the years whose holidays are loaded and thick where counting is hard. */

const dayFrom = (first: string, last: string): fc.Arbitrary<Day> => {
  const start = Date.parse(first);
  const days = Math.round((Date.parse(last) - start) / 86_400_000);
  return fc
    .integer({ min: 0, max: days })
    .map((n) => new Date(start + n * 86_400_000).toISOString().slice(0, 10));
};

const bankHolidays = BANK_HOLIDAYS.map(({ date }) => date).filter(
  (date) => date >= '2003-01-10' && date < '2027-01-10',
);
const clockChanges = [...Array(24).keys()].flatMap((n) => [changeIn(2003 + n, 2), changeIn(2003 + n, 9)]);

/** The last Sunday of March or October. */
function changeIn(year: number, month: number): Day {
  const last = new Date(Date.UTC(year, month + 1, 0));
  last.setUTCDate(last.getUTCDate() - last.getUTCDay());
  return last.toISOString().slice(0, 10);
}

const near = (days: readonly Day[], reach: number): fc.Arbitrary<Day> =>
  fc
    .tuple(fc.constantFrom(...days), fc.integer({ min: -reach, max: reach }))
    .map(([day, by]) => walk(day, by));

export const day: fc.Arbitrary<Day> = fc.oneof(
  { weight: 4, arbitrary: dayFrom('2003-01-01', '2027-01-31') },
  { weight: 3, arbitrary: near(bankHolidays, 12) },
  { weight: 1, arbitrary: near(clockChanges, 3) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2004-02-29', '2008-02-29', '2023-08-31', '2024-02-29', '2025-12-31'),
  },
);

const minute = fc.oneof(
  fc.integer({ min: 0, max: 24 * 60 - 1 }),
  fc.integer({ min: 14 * 60 + 25, max: 14 * 60 + 35 }),
  fc.integer({ min: 13 * 60 + 25, max: 13 * 60 + 35 }),
  fc.constantFrom(0, 1, 23 * 60, 23 * 60 + 59, 14 * 60 + 30, 60, 90),
);

/** A moment, written in UTC, with London's offset, with another, or without one. */
export const moment: fc.Arbitrary<string> = fc
  .tuple(day, minute, fc.constantFrom(0, 0, 0, 1, 59), fc.constantFrom('utc', 'london', 'paris', 'none'))
  .map(([on, minutes, seconds, written]) => {
    const ms = Date.parse(`${on}T00:00:00Z`) + (minutes * 60 + seconds) * 1000;
    const shown = shownInLondon(ms);
    const twice = shownInLondon(ms - 3_600_000) === shown || shownInLondon(ms + 3_600_000) === shown;
    const offset = (Date.parse(`${shown}Z`) - ms) / 3_600_000;
    if (written === 'utc' || (written === 'none' && twice)) return new Date(ms).toISOString();
    if (written === 'none') return shown;
    if (written === 'london') return `${shown}+0${offset}:00`;
    return `${new Date(ms + 2 * 3_600_000).toISOString().slice(0, 19)}+02:00`;
  });

export const custody: fc.Arbitrary<NonNullable<Facts['custody']>> = fc
  .tuple(
    fc.oneof(dayFrom('2003-01-01', '2026-06-30'), near(bankHolidays, 60)),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 50 })), { maxLength: 4 }),
    fc.boolean(),
    fc.integer({ min: 0, max: 200 }),
  )
  .map(([first, stays, released, lastStay]) => {
    const periods: { from: Day; to?: Day }[] = [];
    let from = first;
    for (const [inside, outside] of stays) {
      const to = walk(from, inside);
      periods.push({ from, to });
      from = walk(to, outside);
    }
    periods.push(released ? { from, to: walk(from, lastStay) } : { from });
    return periods;
  });

export const method = fc.constantFrom(
  'handed-over' as const,
  'left-at-address' as const,
  'first-class-post' as const,
  'document-exchange' as const,
  'email' as const,
  'computer-post' as const,
);

const service: fc.Arbitrary<NonNullable<Facts['service']>> = fc
  .tuple(method, fc.oneof(day, moment), fc.option(fc.integer({ min: 0, max: 8 })))
  .map(([how, at, answered]) => ({
    method: how,
    at,
    ...(answered === null ? {} : { respondedOn: walk(dayOf(at), answered) }),
  }));

const instants: readonly FactName[] = ['receivedAt', 'arrestedAt', 'issuedAt', 'submittedAt', 'oralNoticeAt'];

function fact(name: FactName): fc.Arbitrary<unknown> {
  if (name === 'custody') return custody;
  if (name === 'service') return service;
  if (name === 'method') return method;
  if (name === 'at') return fc.oneof(day, moment);
  if (name === 'court') return fc.constantFrom('magistrates', 'crown');
  if (name === 'enhancedRights' || name === 'furtherRemand' || name === 'expedited') return fc.boolean();
  return instants.includes(name) ? moment : day;
}

/** Whether a rule is asked with an extension of the limit: to a day on which it may end, or to any. */
export type Asked = { extended?: 'to an open day' | 'to any day' };

export const canBeExtended = (id: string): boolean =>
  currentRule(id)?.period.optional?.includes('extendedUntil') === true;

/** Facts that a rule can be asked with: one of each that it needs, and any of those that it can use. */
export function factsFor(id: string, { extended }: Asked = {}): fc.Arbitrary<Facts> {
  const rule = currentRule(id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  const { needs, optional = [] } = rule.period;
  const given = needs.map((names) => fc.constantFrom(...names).chain((name) => withFact(name)));
  const extra = optional
    .filter((name) => !needs.some((names) => names.includes(name)))
    .filter((name) => (name !== 'extendedUntil' && name !== 'extendedOn') || extended)
    .map((name) => (name === 'extendedUntil' ? withFact(name) : fc.option(withFact(name), { nil: {} })));
  return fc
    .tuple(fc.tuple(...given), fc.tuple(...extra), fc.infiniteStream(fc.nat()))
    .map(([needed, more, numbers]) => consistent(Object.assign({}, ...more, ...needed) as Facts, numbers))
    .map((facts) =>
      extended === 'to an open day' && facts.extendedUntil !== undefined
        ? { ...facts, extendedUntil: rolledBack(facts.extendedUntil, holidays) }
        : facts,
    );
}

const withFact = (name: FactName): fc.Arbitrary<Facts> => fact(name).map((value) => ({ [name]: value }));

/** Puts facts that hang together in the order in which they can have happened. */
function consistent(facts: Facts, numbers: Iterator<number>): Facts {
  const upTo = (most: number): number => (numbers.next().value as number) % (most + 1);
  const told = { ...facts };
  if (told.servedOn !== undefined && told.service !== undefined) delete told.servedOn;
  if (told.custody === undefined) delete told.extendedUntil;
  if (told.extendedUntil === undefined) delete told.extendedOn;
  if (told.offenceCommittedOn !== undefined) {
    const offence = within(told.offenceCommittedOn, told);
    told.offenceCommittedOn = offence;
    if (told.statementOn !== undefined) told.statementOn = walk(offence, upTo(800));
    if (told.evidenceSufficientOn !== undefined) told.evidenceSufficientOn = walk(offence, upTo(1_150));
  }
  const [first] = told.custody ?? [];
  if (first !== undefined) {
    if (told.extendedUntil !== undefined)
      told.extendedUntil = walk(unextended(told.custody ?? []), upTo(120));
    if (told.extendedOn !== undefined) told.extendedOn = walk(unextended(told.custody ?? []), upTo(40) - 30);
    if (told.sentToCrownCourtOn !== undefined) told.sentToCrownCourtOn = walk(first.from, upTo(60));
    if (told.remittedOn !== undefined)
      told.remittedOn = walk(told.sentToCrownCourtOn ?? first.from, 1 + upTo(60));
  }
  if (told.servedOn !== undefined && told.hearingOn !== undefined)
    told.hearingOn = walk(told.servedOn, upTo(60));
  if (told.service !== undefined && told.hearingOn !== undefined)
    told.hearingOn = walk(dayOf(told.service.at), upTo(60));
  if (told.chargedOn !== undefined && told.hearingOn !== undefined)
    told.hearingOn = walk(told.chargedOn, 16 + upTo(40));
  if (told.receivedAt !== undefined && told.hearingOn !== undefined)
    told.receivedAt = `${walk(told.hearingOn, -30 - upTo(60))}T10:00:00Z`;
  return told;
}

/** When the longest limit would end without an extension, in custody to the end: an extension only ever adds to it. */
const unextended = (periods: NonNullable<Facts['custody']>): Day =>
  custodyLimit(
    { custody: periods.map((one, i) => (i === periods.length - 1 ? { from: one.from } : one)) },
    182,
    holidays,
  );

/** Three years on, the bank holidays must still be loaded. */
const within = (offence: Day, { statementOn, evidenceSufficientOn }: Facts): Day =>
  offence > '2025-11-30' && (statementOn ?? evidenceSufficientOn) !== undefined
    ? walk(offence, -1_200)
    : offence;
