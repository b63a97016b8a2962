import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { checkEvent } from '../../src/cases/check-event.ts';
import { eventBody, readEvent } from '../../src/cases/event-body.ts';
import type { Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { defendant, eventsOf, id, offence, registration, type Told } from './told-case.ts';

const hearing = (over: object = {}) => ({
  ...{ on: '2026-07-20', at: '10:00', court: 'magistrates', courtName: 'Norwich Magistrates’ Court' },
  ...{ type: 'trial', ...over },
});

const [first] = registration.defendants;
const twoDefendants: Registration = {
  ...registration,
  defendants: [
    ...registration.defendants,
    ...(first === undefined
      ? []
      : [{ ...first, id: id(3), offences: first.offences.map((one) => ({ ...one, id: id(4) })) }]),
  ],
};

/** What is wrong with an event of a defendant in custody since 1 June, charged on 29 May, after others. */
function refusals(event: Record<string, unknown>, ...before: Told[]): string[] {
  return refusalsOf(registration, event, ...before);
}

function refusalsOf(given: Registration, event: Record<string, unknown>, ...before: Told[]): string[] {
  const events = eventsOf(given, ...before);
  const read = readEvent(eventBody.parse(event));
  if (read.kind === 'errors') throw new Error(JSON.stringify(read.errors));
  const hub = { now: '2026-12-01T12:00:00.000Z', calendar: ENGLAND_AND_WALES };
  return checkEvent(read.event, foldCase(events), events, hub).map(
    ({ path, message }) => `${path} ${message}`,
  );
}

describe('what cannot have happened is refused by name', () => {
  const bailed: Told = ['bailed', '2026-06-11'];
  it.each<[string, Record<string, unknown>, Told[], string]>([
    [
      'a plea before the charge',
      { type: 'plea-entered', on: '2026-05-28', data: { plea: 'guilty' } },
      [],
      'on is before the charge',
    ],
    [
      'a charge before the offence',
      { type: 'charged', on: '2026-04-30' },
      [],
      'on is before the offence was committed',
    ],
    [
      'an arrest before the offence',
      { type: 'arrested', on: '2026-04-30' },
      [],
      'on is before the offence was committed',
    ],
    [
      'a release before the remand',
      { type: 'bailed', on: '2026-05-31' },
      [],
      'on is before the remand in custody that it would end',
    ],
    [
      'a release within a stay that has ended',
      { type: 'bailed', on: '2026-06-05' },
      [bailed],
      'on is within a stay in custody that ended on 11 June 2026: supersede that release',
    ],
    [
      'a remand within a stay that has ended',
      { type: 'remanded', on: '2026-06-05' },
      [bailed],
      'on is before the release that it would follow',
    ],
    [
      'an extension while on bail',
      { type: 'custody-limit-extended', on: '2026-07-01', data: { until: '2026-08-01' } },
      [bailed],
      'on is a day on which the defendant was not in custody: no limit was running',
    ],
    [
      'an extension to a day gone by',
      { type: 'custody-limit-extended', on: '2026-07-01', data: { until: '2026-06-30' } },
      [],
      'data.until is before the day of the extension',
    ],
    [
      'a remittal of what was never sent',
      { type: 'remitted-to-magistrates', on: '2026-07-01' },
      [],
      'type is of a charge in the Crown Court, and none was sent there',
    ],
    [
      'a remittal before the sending',
      { type: 'remitted-to-magistrates', on: '2026-06-05' },
      [['sent-to-crown-court', '2026-06-08']],
      'on is before the charge was sent to the Crown Court',
    ],
    [
      'a sentence before the conviction',
      { type: 'sentenced', on: '2026-07-01' },
      [['convicted', '2026-07-02']],
      'on is before the conviction',
    ],
    [
      'a conviction of what was acquitted',
      { type: 'convicted', on: '2026-07-03' },
      [['acquitted', '2026-07-02']],
      'type contradicts the acquittal: take that back first',
    ],
    [
      'a plea of the dead',
      { type: 'plea-entered', on: '2026-07-03', data: { plea: 'guilty' } },
      [['defendant-died', '2026-07-02']],
      'on is after the defendant died',
    ],
    [
      'news of what is still to happen',
      { type: 'bailed', on: '2026-06-11', receivedAt: '2026-06-10T12:00:00Z' },
      [],
      'receivedAt is before it happened',
    ],
    [
      'a plea that is still to be entered',
      { type: 'plea-entered', on: '2026-12-02', data: { plea: 'guilty' } },
      [],
      'on is in the future: only what has happened is recorded',
    ],
    [
      'a release at a moment still to come',
      { type: 'bailed', at: '2026-12-01T12:06:00Z' },
      [],
      'at is in the future: only what has happened is recorded',
    ],
    [
      'news that is still to come',
      { type: 'bailed', on: '2026-12-01', receivedAt: '2026-12-02T09:00:00Z' },
      [],
      'receivedAt is in the future: only what has happened is recorded',
    ],
    [
      'an acquittal of what was convicted',
      { type: 'acquitted', on: '2026-07-03' },
      [['convicted', '2026-07-02']],
      'type contradicts the conviction: take that back first',
    ],
    [
      'a sentence of what was denied, and not found',
      { type: 'sentenced', on: '2026-07-03' },
      [['plea-entered', '2026-07-02', { plea: 'not-guilty' }]],
      'type contradicts the plea of not guilty: record the conviction, or another plea, first',
    ],
    [
      'a new day for a hearing that was vacated',
      { type: 'hearing-moved', on: '2026-06-12', hearing: id(50), data: { on: '2026-08-03' } },
      [
        ['hearing-listed', '2026-06-10', hearing()],
        ['hearing-vacated', '2026-06-11'],
      ],
      'hearing was vacated: list a hearing anew',
    ],
    [
      'a hearing that is listed already',
      { type: 'hearing-listed', on: '2026-06-12', data: hearing() },
      [['hearing-listed', '2026-06-10', hearing()]],
      'data.on is of a hearing that is listed already',
    ],
    [
      'a trial that is a first hearing',
      { type: 'trial-listed', on: '2026-06-12', data: hearing({ type: 'first-hearing' }) },
      [],
      'data.type is not of a trial: record hearing-listed',
    ],
    [
      'an extension to a day before the limit',
      { type: 'custody-limit-extended', on: '2026-07-01', data: { until: '2026-07-20' } },
      [],
      'data.until is before 27 July 2026, on which the limit expires as it is',
    ],
    [
      'an extension of a limit that had expired',
      { type: 'custody-limit-extended', on: '2026-08-11', data: { until: '2026-09-01' } },
      [],
      'on is after the limit had expired on 10 August 2026: an expired limit cannot be extended (s.22(3) Prosecution of Offences Act 1985)',
    ],
  ])('%s', (_what, event, before, refusal) => {
    expect(refusals(event, ...before)).toEqual([refusal]);
  });

  it('but a clock may go before the hub’s by a few minutes, and a hearing or a limit may lie ahead', () => {
    const now = { type: 'bailed', at: '2026-12-01T12:04:00Z', receivedAt: '2026-12-01T12:04:00Z' };
    expect(refusals(now)).toEqual([]);
    expect(
      refusals({ type: 'hearing-listed', on: '2026-12-01', data: hearing({ on: '2027-02-01' }) }),
    ).toEqual([]);
    const extended = { type: 'custody-limit-extended', on: '2026-07-01', data: { until: '2027-01-11' } };
    expect(refusals(extended)).toEqual([]);
  });

  it('but an acquittal after the conviction was set aside on appeal, and a sentence after either', () => {
    const setAside: Told[] = [
      ['convicted', '2026-07-02'],
      ['appeal-decided', '2026-08-02', { outcome: 'allowed' }],
    ];
    expect(refusals({ type: 'acquitted', on: '2026-10-01' }, ...setAside)).toEqual([]);
    const guilty: Told = ['plea-entered', '2026-07-02', { plea: 'guilty' }];
    expect(refusals({ type: 'sentenced', on: '2026-07-03' }, guilty)).toEqual([]);
    expect(refusals({ type: 'sentenced', on: '2026-07-03' }, ['convicted', '2026-07-02'])).toEqual([]);
  });

  it('and an event about one defendant names them where there are several', () => {
    const bail = { type: 'bailed', on: '2026-06-11' };
    const needed = ['defendant is needed: the case has several defendants'];
    expect(refusalsOf(twoDefendants, bail)).toEqual(needed);
    expect(refusalsOf(twoDefendants, { ...bail, defendant })).toEqual([]);
    const convicted = { type: 'convicted', on: '2026-06-11' };
    expect(refusalsOf(twoDefendants, convicted)).toEqual(needed);
    expect(refusalsOf(twoDefendants, { ...convicted, offence })).toEqual([]);
  });

  it('but not an earlier stay that was not known, or a remand on the day of a release', () => {
    expect(refusals({ type: 'remanded', on: '2026-05-30' })).toEqual([]);
    expect(refusals({ type: 'bailed', on: '2026-05-31' }, ['remanded', '2026-05-30'])).toEqual([]);
    expect(refusals({ type: 'remanded', on: '2026-06-11' }, bailed)).toEqual([]);
  });

  it('and never by an event that this one takes back', () => {
    const sooner = { type: 'bailed', on: '2026-06-05', supersedes: id(102) };
    expect(refusals(sooner, bailed)).toEqual([]);
  });
});
