import { describe, expect, test } from 'vitest';
import type { DefendantSaid, OffenceSaid } from './message.ts';
import { outcome, stored } from './stage.ts';

const raised = (offences: OffenceSaid[], defendant: DefendantSaid = {}) =>
  outcome([stored('m1', { defendants: [{ ...defendant, offences }] })]).triggers.map(({ code, offence }) =>
    offence === null ? code : `${code}/${offence}`,
  );
const results = (...codes: number[]): OffenceSaid => ({ results: codes.map((code) => ({ code })) });

const excluded = (place: string): OffenceSaid => ({
  results: [
    {
      code: 3106,
      text: `Not to enter ${place}. This exclusion requirement lasts for 12 months.`,
    },
  ],
});
const considered = (count: number): OffenceSaid => ({
  results: [{ code: 1015, text: `Fined. ${count} other offences admitted and taken into consideration.` }],
});

describe('a trigger is raised', () => {
  test.each<[string, OffenceSaid[], DefendantSaid, string[]]>([
    [
      'for each offence with a driving disqualification',
      [results(3070), results(3072), results(1015)],
      {},
      ['TRPR0001/1', 'TRPR0001/2'],
    ],
    ['once for a remand in custody', [results(4028), results(4028)], { bail: 'C' }, ['TRPR0005']],
    ['for imprisonment', [results(1002)], {}, ['TRPR0006']],
    ['for a warrant', [results(4577)], {}, ['TRPR0002']],
    [
      'but not where it is given to a civilian officer',
      [{ results: [{ code: 4577, qualifiers: ['EO'] }] }],
      {},
      [],
    ],
    ['for an order', [results(3078)], {}, ['TRPR0003/1']],
    [
      'for a youth rehabilitation order with a curfew, and for the curfew',
      [results(1141, 3105)],
      {},
      ['TRPR0003/1', 'TRPS0008/1'],
    ],
    ['but not for such an order alone', [results(1141)], {}, []],
    ['for a sexual order', [results(3052)], {}, ['TRPR0004/1']],
    ['for a conviction of a sexual offence', [{ code: 'SX03001A', finding: 'G' }], {}, ['TRPR0004/1']],
    ['but not for its acquittal', [{ code: 'SX03001', finding: 'N' }], {}, []],
    [
      'for words of a sexual offender',
      [{ results: [{ text: 'To sign the sex offenders register' }] }],
      {},
      ['TRPR0004/1'],
    ],
    ['for bail conditions', [{}], { bail: 'B', conditions: 'Residence' }, ['TRPR0010']],
    ['but not where the defendant is in custody', [{}], { bail: 'C', conditions: 'Residence' }, []],
    ['for conditions cancelled', [{ results: [{ qualifiers: ['LI'] }] }], { bail: 'U' }, ['TRPR0010']],
    ['for breach of bail', [{ code: 'BA76004', finding: 'G' }], {}, ['TRPR0008']],
    ['for a breach that is sentenced', [{ code: 'CJ03510', results: [{ code: 1116 }] }], {}, ['TRPR0020/1']],
    ['for domestic violence', [{ results: [{ code: 4594, qualifiers: ['LG'] }] }], {}, ['TRPR0023']],
    ['for a vulnerable victim', [{ results: [{ code: 4594, qualifiers: ['LH'] }] }], {}, ['TRPR0024']],
    ['for a case reopened', [{ code: 'MC80524', results: [{ code: 4584 }] }], {}, ['TRPR0025']],
    ['for details changed, where the case is recordable', [results(4592)], {}, ['TRPR0015']],
    ['but not where it is not', [{ code: 'RT88191', results: [{ code: 4592 }] }], {}, []],
    ['for forfeiture, where it is recordable', [results(3135)], {}, ['TRPR0016/1']],
    ['for an address to be checked, once', [results(3107), results(3107)], {}, ['TRPS0002']],
    [
      'for a text that the PNC has no room for',
      [excluded('the whole of Fizzgig Row and every street that leads from it to the river')],
      {},
      ['TRPR0003/1', 'TRPS0003/1'],
    ],
    ['but not for one that it has', [excluded('Fizzgig Row')], {}, ['TRPR0003/1']],
    [
      'nor for an offence of which it keeps no record',
      [{ ...excluded('x'.repeat(80)), code: 'LG72001' }],
      {},
      ['TRPR0003/1'],
    ],
    ['for offences taken into consideration', [considered(12)], {}, ['TRPS0013/1']],
    ['but not for none', [considered(0)], {}, []],
    [
      'for another day of the offence than the charge has',
      [{ committedOn: '2026-02-03' }],
      {},
      ['TRPR0018/1'],
    ],
    ['but not for an adjournment', [results(4506)], { bail: 'U' }, []],
  ])('%s', (_what, offences, defendant, codes) => {
    expect(raised(offences, defendant)).toEqual(codes);
  });

  test('also of somebody who is not in the case', () => {
    expect(raised([results(1002)], { given: 'Nobody', family: 'Hereabout' })).toEqual(['TRPR0006']);
  });
});
