import { describe, expect, it } from 'vitest';
import { heardOnFriday, person, twoCharges } from './stories/bodies.ts';
import { tell } from './stories/run-in-memory.ts';
import type { Story } from './stories/story.ts';

/** Told on Monday at 10, when the update is due. */
const verdict: Story = {
  rule: 'vc-outcome',
  protects: 'one day’s news is one conversation',
  case: twoCharges({ victims: [person()] }),
  events: [heardOnFriday('convicted', { offence: [0, 0] })],
  expect: { legalDue: '2026-06-08', about: 'person' },
  meets: { attempt: 'reached' },
};
const second = (receivedAt: string) => heardOnFriday('acquitted', { offence: [0, 1], receivedAt });
const states = (...more: Parameters<typeof tell>[1][]): string[] =>
  tell(verdict, ...more).map(({ state }) => state);

describe('news of one day', () => {
  it('is one conversation while the person has not been told', () => {
    expect(states(second('2026-06-05T15:00:00+01:00'))).toEqual(['pending']);
  });

  it('is told in full when the person is reached', () => {
    expect(states(second('2026-06-05T15:00:00+01:00'), { attempt: 'reached' })).toEqual(['met']);
  });

  it('is owed again where more of it arrives after the person was told', () => {
    expect(states({ attempt: 'reached' }, second('2026-06-09T09:00:00+01:00'))).toEqual(['met', 'pending']);
  });
});
