import { expect, test } from 'vitest';
import { rebalanceView } from '../../src/http/pages/senior/rebalance-view.ts';
import { sayInShort, sayTooMuch, type RebalanceJson } from '../../src/http/pages/senior/rebalance-words.ts';

const person = {
  ...{ id: 'cw-1', name: 'Ada Wimblethwaite', team: 'crime', capacityMinutes: 2_400 },
  ...{ loadMinutes: 1_900, fairShareMinutes: 1_690, overload: 175, cases: 9 },
};
const other = { ...person, id: 'cw-2', name: 'Bo Quillfeather', loadMinutes: 1_500, overload: 0 };
const states = (...all: RebalanceJson['moves'][number]['state'][]) =>
  all.map((state, i) => ({
    ...{ caseUrn: `21AB000010${i}`, from: 'cw-1', to: 'cw-2', minutes: 90, cost: 12, reason: 'x', state },
    why: state === 'refused' ? 'It went to cw-2 after this was proposed' : null,
  }));
const proposal = (over: Partial<RebalanceJson> = {}): RebalanceJson => ({
  ...{ id: '0190c0de-0000-7000-8000-000000000001', kind: 'balance', team: 'crime', reason: null },
  ...{ concerns: null, from: null, to: null, moves: states('proposed', 'proposed', 'proposed'), pinned: [] },
  before: { overload: 175, cost: 0, fairness: 0.8, people: [person, other] },
  after: { overload: 0, cost: 60, fairness: 0.99, people: [{ ...person, overload: 0 }, other] },
  ...{ lowerBound: { overload: 0, cost: 48.2 }, gap: 0.224, method: 'linear-programme', methodBecause: null },
  ...{ until: '2026-07-03', proposedBy: 'sr-1', proposedAt: '2026-06-08T08:00:00.000Z' },
  ...{ expiresAt: '2026-06-08T16:00:00.000Z', appliedAt: null, undoUntil: null },
  ...over,
});
const early = '2026-06-08T09:00:00.000Z';
const late = '2026-06-08T17:00:00.000Z';
const said = (over: Partial<RebalanceJson> = {}, now = early) =>
  rebalanceView(proposal(over), now).sentences.join('\n');

test('a plan is told by its two bounds apart: what is left above the allowed, and what its moves weigh', () => {
  expect(said()).toContain('Above that is 3h as things are, and nothing afterwards.\n');
  expect(said()).toContain('none that do as much weigh less than 49, so they are at most 22.5 % above');
  const least = { lowerBound: { overload: 0, cost: 59.2 } };
  expect(said(least)).toContain('no moves that do as much weigh less');
  const { after } = proposal();
  const left = { after: { ...after, overload: 120 } };
  expect(said({ ...left, lowerBound: { overload: 119.5, cost: 48 } })).toContain(
    'and 2h afterwards. No way of sharing it out leaves less.',
  );
  const unproved = said({ ...left, lowerBound: { overload: 60, cost: 99 } });
  expect(unproved).toContain('can leave less than 1h; whether one leaves less than this is not known');
  expect(unproved, 'the bound of the cost is of other plans').toContain('All its moves weigh 60');
  expect(unproved).not.toContain('weigh less');
});

test('what became of a proposal is told as it stands: proposed, expired, applied, in part, taken back', () => {
  expect(said()).toContain('3 cases would change hands.');
  expect(said()).toContain('It holds until');
  expect(said({}, late)).toContain('Nothing came of it: 3 cases would have changed hands.');
  expect(said({}, late)).toContain('when it was proposed');
  expect(said({}, late)).toContain('It expired on');
  const partly = states('applied', 'refused', 'proposed');
  expect(said({ moves: partly })).toContain(
    'Of 3 cases: 1 case changed hands, 1 case stayed, 1 case can still be ticked.',
  );
  expect(said({ moves: partly }, late)).toContain('Of 3 cases: 1 case changed hands, 2 cases stayed.');
  const all = said({ moves: states('applied', 'applied', 'applied') }, late);
  expect(all).toContain('Of 3 cases: 3 cases changed hands.');
  expect(all, 'nothing of it is left to expire').not.toContain('expired');
  const back = said({ moves: states('undone', 'undone', 'undone') });
  expect(back).toContain('Of 3 cases: 3 cases changed hands and were taken back.');
  for (const moves of [partly, states('undone', 'undone', 'undone')])
    expect(said({ moves })).not.toMatch(/would change hands|as things are|afterwards/);
  const cover = { kind: 'cover', concerns: 'cw-1', from: '2026-06-09', to: '2026-06-12' } as const;
  expect(said(cover)).toContain('3 cases would be covered.');
  expect(said({ ...cover, moves: states('applied') })).toContain('1 case was covered.');
  const appliedAt = '2026-06-08T09:00:00.000Z';
  expect(sayInShort({ appliedAt, moves: states('undone') })).toMatch(/, taken back$/);
  expect(sayInShort({ appliedAt, moves: states('undone', 'applied') })).toMatch(/partly taken back$/);
});

test('the moves of a proposal that has expired are still to be read, by name, and can no more be ticked', () => {
  const open = rebalanceView(proposal(), early);
  expect(open.settled).toBeNull();
  expect(open.toApply[0]).toMatchObject({
    ...{ urn: '21AB0000100', href: '/cases/21AB0000100' },
    text: ', 1.5h: Ada Wimblethwaite to Bo Quillfeather',
  });
  const { toApply, settled } = rebalanceView(proposal({ moves: states('proposed', 'refused') }), late);
  expect(toApply).toEqual([]);
  expect(settled?.rows.map(({ cells }) => [cells[3]?.text, cells[3]?.more])).toEqual([
    ['Not moved: the proposal expired', undefined],
    ['Stayed', 'It went to Bo Quillfeather after this was proposed'],
  ]);
});

test('what somebody has too much is told from the line it is measured by, and agrees with the load beside it', () => {
  // The load is shown as 31.5h.
  expect(sayTooMuch(1_900, 175)).toBe('2.5h above the 29h allowed');
  expect(sayTooMuch(1_900, 5)).toBe('5m above the 31.5h allowed');
  expect(sayTooMuch(90, 90)).toBe('1.5h above the 0h allowed');
});
