import { describe, expect, it } from 'vitest';
import { contradictions } from '../../src/deadlines/contradictions.ts';
import type { Facts } from '../../src/deadlines/facts.ts';

describe('facts of the calculator that contradict one another name the later one', () => {
  it.each<[string, Facts, string]>([
    [
      'a plea before the charge',
      { chargedOn: '2026-06-02', notGuiltyPleaOn: '2026-06-01' },
      'notGuiltyPleaOn',
    ],
    [
      'a remittal before the sending',
      { sentToCrownCourtOn: '2026-06-02', remittedOn: '2026-06-01' },
      'remittedOn',
    ],
    ['a sentence before the charge', { chargedOn: '2026-06-02', sentencedOn: '2026-06-01' }, 'sentencedOn'],
    ['an end before the sentence', { sentencedOn: '2026-06-02', concludedOn: '2026-06-01' }, 'concludedOn'],
    [
      'disclosure before the charge',
      { chargedOn: '2026-06-02', initialDisclosureOn: '2026-06-01' },
      'initialDisclosureOn',
    ],
  ])('%s', (_what, facts, later) => {
    expect(contradictions(facts).map(({ path }) => path)).toEqual([`facts.${later}`]);
  });
});
