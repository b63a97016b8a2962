import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../src/cases/check-event.ts';
import { eventBody, readEvent } from '../../src/cases/event-body.ts';
import type { CaseEvent, Registration } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [defendant, offence] = [id(1), id(2)];

const registration: Registration = {
  kind: 'crime',
  initiation: 'charge',
  anticipatedPlea: 'none',
  officer: 'PC1001',
  domesticAbuse: false,
  hateCrime: false,
  sexualOffence: false,
  defendants: [
    {
      id: defendant,
      remand: 'custody',
      remandedOn: '2026-06-01',
      offences: [
        {
          id: offence,
          code: 'TH68006',
          class: 'either-way',
          committedOn: '2026-05-01',
          chargedOn: '2026-05-29',
          domesticAbuse: false,
        },
      ],
    },
  ],
  hearings: [],
  people: [],
};

const stored = (type: CaseEvent['type'], on: string, seq: number, data: object = {}): CaseEvent => ({
  id: id(100 + seq),
  seq,
  type,
  on,
  at: null,
  receivedAt: `${on}T12:00:00.000Z`,
  recordedBy: 'cw-1',
  defendantId: null,
  offenceId: null,
  hearingId: null,
  personId: null,
  data: data as Record<string, unknown>,
  supersedes: null,
});

type Told = [type: CaseEvent['type'], on: string, data?: object];

/** What is wrong with an event of a defendant in custody since 1 June, charged on 29 May, after others. */
function refusals(event: Record<string, unknown>, ...before: Told[]): string[] {
  const events = [
    stored('case-received', '2026-06-01', 1, registration),
    ...before.map(([type, on, data], i) => stored(type, on, i + 2, data)),
  ];
  const read = readEvent(eventBody.parse(event));
  if (read.kind === 'errors') throw new Error(JSON.stringify(read.errors));
  return checkEvent(read.event, foldCase(events), events).map(({ path, message }) => `${path} ${message}`);
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
  ])('%s', (_what, event, before, refusal) => {
    expect(refusals(event, ...before)).toEqual([refusal]);
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
