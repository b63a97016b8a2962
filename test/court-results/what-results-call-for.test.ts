import { describe, expect, test } from 'vitest';
import type { DefendantSaid, MessageSaid, OffenceSaid } from './message.ts';
import { happened, outcome, registered, short, stored } from './stage.ts';

/** What one hearing of Blenkhurst's first charge calls for. */
const of = (offence: OffenceSaid, defendant: DefendantSaid = {}, over: MessageSaid = {}) =>
  outcome([stored('m1', { defendants: [{ ...defendant, offences: [offence] }], ...over })]);
const next = { on: '2026-03-30' };

describe('a result calls for', () => {
  test.each<[string, OffenceSaid, DefendantSaid, string[]]>([
    ['a plea', { plea: '2' }, {}, ['plea-entered 2026-03-02 o1 not-guilty']],
    ['an admission', { plea: '7' }, {}, ['plea-entered 2026-03-02 o1 guilty']],
    ['no plea', { plea: '3' }, {}, []],
    ['a remand by its code', { results: [{ code: 4028 }] }, { bail: 'C' }, ['remanded 2026-03-02 d1']],
    ['a remand by the bail status', {}, { bail: 'L' }, ['remanded 2026-03-02 d1']],
    ['bail', { results: [{ code: 4027 }] }, { bail: 'B' }, ['bailed 2026-03-02 d1 true']],
    ['bail as it was', { results: [{ code: 4047 }] }, { bail: 'U' }, []],
    [
      'conditions cancelled',
      { results: [{ qualifiers: ['LI'] }] },
      { bail: 'U' },
      ['bail-changed 2026-03-02 d1'],
    ],
    [
      'sending, in custody',
      { results: [{ code: 4560, next: { ...next, court: 'C42AA00' } }] },
      { bail: 'C' },
      [
        'sent-to-crown-court 2026-03-02 o1',
        'remanded 2026-03-02 d1',
        'hearing-listed 2026-03-02 2026-03-30 14:00 crown Crown Court at Fizzgig ptph',
      ],
    ],
    [
      'committal for sentence, which is no sending for trial',
      { results: [{ code: 4015, next: { ...next, court: 'C42AA00' } }] },
      { bail: 'B' },
      [
        'bailed 2026-03-02 d1 true',
        'hearing-listed 2026-03-02 2026-03-30 14:00 crown Crown Court at Fizzgig sentence',
      ],
    ],
    ['summary trial', { results: [{ code: 4513 }] }, {}, ['summary-trial-chosen 2026-03-02 o1']],
    ['a conviction', { finding: 'G' }, {}, ['convicted 2026-03-02 o1']],
    [
      'a conviction and a sentence at once',
      { finding: 'G', isFinal: true, results: [{ code: 1002 }, { code: 3117 }] },
      { bail: 'A' },
      ['convicted 2026-03-02 o1', 'sentenced 2026-03-02 o1 Imprisonment; Victim Surcharge true'],
    ],
    ['a fine without a conviction', { results: [{ code: 1015 }] }, {}, []],
    ['an acquittal', { finding: 'N', results: [{ code: 2004 }] }, {}, ['acquitted 2026-03-02 o1']],
    ['the end of a charge', { results: [{ code: 2051 }] }, {}, ['discontinued 2026-03-02 o1 Withdrawn']],
    [
      'a sentence put off',
      { finding: 'G', results: [{ code: 4005 }] },
      {},
      ['convicted 2026-03-02 o1', 'sentence-deferred 2026-03-02 o1'],
    ],
    ['a warrant', { results: [{ code: 4576 }] }, {}, ['warrant-issued 2026-03-02 d1']],
    ['a death', { results: [{ code: 2065 }] }, {}, ['defendant-died 2026-03-02 d1']],
    ['an appeal', { results: [{ code: 3044 }] }, {}, ['appeal-lodged 2026-03-02 d1']],
  ])('%s', (_what, offence, defendant, events) => {
    const found = of(offence, defendant);
    expect(short(found.events)).toEqual(events);
    expect(found.doubts).toEqual([]);
  });

  test('one hearing, however many charges and defendants name it, and none that the case has', () => {
    const listing = [{ code: 4506, next: { ...next, reason: 'Adjourned for trial' } }];
    const both = [
      { offences: [{ results: listing }, { results: listing }] },
      { given: 'Perdita', family: 'Squillhampton', born: '1995-06-30', offences: [{ results: listing }] },
    ];
    const fresh = outcome([stored('m1', { defendants: both })]);
    expect(short(fresh.events)).toEqual([
      'hearing-listed 2026-03-02 2026-03-30 14:00 magistrates Croydon Magistrates’ Court trial',
    ]);
    const data = { on: '2026-03-30', court: 'magistrates', courtName: 'Croydon', type: 'trial' };
    const listed = happened('hearing-listed', '2026-02-20', data, { hearingId: 'h1' });
    const known = outcome([stored('m1', { defendants: both })], [registered(), listed]);
    // It had no time before.
    expect(short(known.events)).toEqual(['hearing-moved 2026-03-02 2026-03-30 14:00']);
    expect(known.state.hearings).toHaveLength(1);
  });

  test('a hearing that was taken out of the list of its day to be moved, and moved again when it is corrected', () => {
    const first = stored('m1', {
      on: '2026-03-02',
      defendants: [{ offences: [{ results: [{ code: 4506, next }] }] }],
    });
    const move = (id: string, on: string, sentAt: string) =>
      stored(id, {
        on: '2026-03-30',
        sentAt,
        defendants: [{ offences: [{ results: [{ code: 4555, next: { on } }] }] }],
      });
    const moved = outcome([move('m2', '2026-04-13', '2026-03-30T18:00:00Z'), first]);
    expect(moved.state.hearings.map(({ on }) => on)).toEqual(['2026-04-13']);
    const again = outcome([
      move('m3', '2026-04-20', '2026-03-31T18:00:00Z'),
      move('m2', '2026-04-13', '2026-03-30T18:00:00Z'),
      first,
    ]);
    expect(again.state.hearings.map(({ on }) => on)).toEqual(['2026-04-20']);
  });

  test('nothing that a person has recorded of the hearing already', () => {
    const own = [
      registered(),
      happened('plea-entered', '2026-03-02', { plea: 'not-guilty' }, { offenceId: 'o1', defendantId: 'd1' }),
      happened('remanded', '2026-03-02', {}, { defendantId: 'd1' }),
    ];
    const message = stored('m1', {
      defendants: [{ bail: 'C', offences: [{ plea: '2', results: [{ code: 4028 }] }] }],
    });
    expect(short(outcome([message], own).events)).toEqual([]);
  });

  test('a plea once, on the first day on which the court had it, and bail only where it changes', () => {
    const at = (id: string, on: string, plea: string, bail: string) =>
      stored(id, { on, defendants: [{ bail, offences: [{ plea }] }] });
    const events = outcome([
      at('m3', '2026-04-13', '1', 'B'),
      at('m1', '2026-03-02', '2', 'C'),
      at('m2', '2026-03-16', '2', 'C'),
    ]).events;
    expect(short(events)).toEqual([
      'plea-entered 2026-03-02 o1 not-guilty',
      'remanded 2026-03-02 d1',
      'plea-entered 2026-04-13 o1 guilty',
      'bailed 2026-04-13 d1 true',
    ]);
  });

  test('what only the newest message of the same hearing, defendant and offence says', () => {
    const at = (id: string, sentAt: string, offences: OffenceSaid[]) =>
      stored(id, { sentAt, defendants: [{ offences }] });
    const events = outcome([
      at('m2', '2026-03-04T10:00:00Z', [{ plea: '1' }]),
      at('m1', '2026-03-03T10:00:00Z', [{ plea: '2' }, { plea: '2' }]),
    ]).events;
    expect(short(events)).toEqual([
      'plea-entered 2026-03-02 o1 guilty',
      'plea-entered 2026-03-02 o2 not-guilty',
    ]);
  });
});

describe('a person is asked', () => {
  const doubtsOf = (found: ReturnType<typeof outcome>) =>
    found.doubts.map(({ kind, facts }) => `${kind} ${facts.value ?? ''}`.trim());

  test.each<[string, OffenceSaid, DefendantSaid, string[], string[]]>([
    [
      'a next hearing before the hearing',
      { plea: '1', results: [{ next: { on: '2026-03-01' } }] },
      {},
      ['next-hearing 2026-03-01'],
      ['plea-entered 2026-03-02 o1 guilty'],
    ],
    [
      'a next hearing on no day',
      { results: [{ next: { on: '30/03/2026' } }] },
      {},
      ['next-hearing 30/03/2026'],
      [],
    ],
    [
      'a next hearing at no court',
      { results: [{ next: { ...next, court: 'X99' } }] },
      {},
      ['next-court X99'],
      [],
    ],
    ['a result code that is none', { results: [{ code: 9123 }] }, {}, ['result-code 9123'], []],
    [
      'a conviction on no day',
      { finding: 'G', convictedOn: '2026-02-30' },
      {},
      ['conviction-date 2026-02-30'],
      [],
    ],
    [
      'a conviction after the hearing',
      { finding: 'G', convictedOn: '2026-03-03' },
      {},
      ['conviction-date 2026-03-03'],
      [],
    ],
    ['an offence with which nobody is charged', { code: 'CJ88001' }, {}, ['unknown-offence'], []],
    ['somebody else', { plea: '1' }, { given: 'Nobody', family: 'Hereabout' }, ['unknown-defendant'], []],
    ['the same name, born on another day', { plea: '1' }, { born: '1991-04-12' }, ['unknown-defendant'], []],
    [
      'custody in one place and bail in another, which is custody until then',
      { results: [{ code: 4028 }] },
      { bail: 'U' },
      ['bail-differs'],
      ['remanded 2026-03-02 d1'],
    ],
  ])('of %s', (_what, offence, defendant, doubts, events) => {
    const found = of(offence, defendant);
    expect(doubtsOf(found)).toEqual(doubts);
    expect(short(found.events)).toEqual(events);
  });

  test('of a hearing on no day, and does nothing until the right one is given', () => {
    const message = stored('m1', { on: '2026-02-31', defendants: [{ offences: [{ plea: '1' }] }] });
    expect(doubtsOf(outcome([message]))).toEqual(['hearing-date 2026-02-31']);
    expect(outcome([message]).events).toEqual([]);
    const corrected = new Map([['hearing-date:m1', { choice: 'correct' as const, value: '2026-03-03' }]]);
    expect(short(outcome([message], undefined, corrected).events)).toEqual([
      'plea-entered 2026-03-03 o1 guilty',
    ]);
  });

  test('of a hearing before the charge, and records nothing that contradicts the case', () => {
    const found = of({ plea: '1' }, {}, { on: '2026-02-09' });
    expect(doubtsOf(found)).toEqual(['contradicts']);
    expect(short(found.events)).toEqual([]);
  });

  test('of two offences with one sequence number', () => {
    const offences = [
      { sequence: 1, plea: '1' },
      { sequence: 1, plea: '2' },
    ];
    const found = outcome([stored('m1', { defendants: [{ offences }] })]);
    expect(doubtsOf(found)).toEqual(['same-sequence']);
    expect(short(found.events)).toEqual(['plea-entered 2026-03-02 o1 guilty']);
  });

  test('of two messages that differ and neither newer: what both say stands, and custody if either says it', () => {
    const one = (id: string, plea: string, bail: string, code: number) =>
      stored(id, {
        defendants: [{ bail, offences: [{ plea, finding: 'G', results: [{ code }, { code: 4513 }] }] }],
      });
    const tied = [one('m1', '1', 'C', 4028), one('m2', '2', 'B', 4027)];
    const found = outcome(tied);
    expect(doubtsOf(found)).toEqual(['tie', 'tie']);
    expect(short(found.events)).toEqual([
      'summary-trial-chosen 2026-03-02 o1',
      'convicted 2026-03-02 o1',
      'remanded 2026-03-02 d1',
    ]);
    const choices = new Map(
      found.doubts.map(({ source }) => [source, { choice: 'keep' as const, result: 'm2' }]),
    );
    const settled = outcome(tied, undefined, choices);
    expect(settled.doubts).toEqual([]);
    expect(short(settled.events)).toContain('plea-entered 2026-03-02 o1 not-guilty');
    expect(short(settled.events)).toContain('bailed 2026-03-02 d1 true');
    const newer = stored('m3', {
      sentAt: '2026-03-05T10:00:00Z',
      defendants: [{ bail: 'B', offences: [{ plea: '1' }] }],
    });
    expect(doubtsOf(outcome([...tied, newer]))).toEqual(['tie', 'tie']);
  });
});
