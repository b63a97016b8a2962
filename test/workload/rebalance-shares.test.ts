import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveCostsSet, usualMoveCosts } from '../../src/workload/move-costs.ts';
import { costOf, sayCost } from '../../src/workload/rebalance/costs.ts';
import { fairness, fairShares, sharesWithStarter } from '../../src/workload/rebalance/fair-shares.ts';
import { pinOf } from '../../src/workload/rebalance/pins.ts';

const teams = fc
  .array(
    fc.record({ capacity: fc.integer({ min: 0, max: 8_000 }), load: fc.integer({ min: 0, max: 8_000 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((all) => all.map((one, i) => ({ ...one, id: `cw-${i}` })));
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

test('fair shares come to the work of the team, in proportion to capacity, and to nothing without it', () => {
  fc.assert(
    fc.property(teams, fc.integer({ min: 0, max: 200 }), (team, middling) => {
      const shares = fairShares(team, middling);
      const work = sum(team.map(({ load }) => load));
      const all = sum([...shares.values()].map(({ share }) => share));
      expect(Math.abs(all - work), 'but for rounding').toBeLessThanOrEqual(team.length);
      const canWork = team.some(({ capacity }) => capacity > 0);
      for (const { id, capacity } of team) {
        const { share = 0, line = 0 } = shares.get(id) ?? {};
        expect(line).toBeGreaterThanOrEqual(share);
        if (capacity === 0 && canWork) expect(line).toBe(0);
      }
    }),
  );
});

test('somebody new is brought half way, and who has their share already no further', () => {
  const team = ['old-1', 'old-2', 'new'].map((id) => ({ id, capacity: 100, load: id === 'new' ? 0 : 90 }));
  expect(sharesWithStarter(team, 'new', 0).get('new')).toEqual({ share: 60, line: 30 });
  expect(sharesWithStarter(team, 'new', 0).get('old-1')?.share).toBe(75);
  expect(sharesWithStarter(team, 'old-1', 0)).toEqual(fairShares(team, 0));
});

test('work is shared out evenly where all have the same part of their capacity', () => {
  expect(
    fairness([
      { id: 'a', capacity: 100, load: 50 },
      { id: 'b', capacity: 10, load: 5 },
    ]),
  ).toBe(1);
  expect(
    fairness([
      { id: 'a', capacity: 100, load: 100 },
      { id: 'b', capacity: 100, load: 0 },
    ]),
  ).toBe(0.5);
});

const plain = {
  ...{ reachedByOwner: 0, hasEnhancedRights: false, hearingOn: null, notedOn: null },
  ...{ limitOn: null, isLimitUnconfirmed: false },
  ...{ complexity: 'standard' as const, changedHandsOn: null },
};
const limits = {
  ...{ hearingUntil: '2026-06-15', limitUntil: '2026-06-08' },
  ...{ notesFrom: '2026-05-18', changedFrom: '2026-05-04' },
};

test('a case costs more to move the more is lost by it, and less where it would lie there', () => {
  const cost = (over: Partial<Parameters<typeof costOf>[0]>, isDue = false) =>
    costOf({ ...plain, ...over }, isDue, limits);
  expect(cost({})).toEqual({ cost: usualMoveCosts.costs.move, losses: [] });
  expect(cost({ hasEnhancedRights: true }).losses, 'nobody has spoken to them').toEqual([]);
  expect(cost({ reachedByOwner: 1, hasEnhancedRights: true }).losses).toEqual(['contact', 'enhanced']);
  expect(cost({ hearingOn: '2026-06-15' }).losses).toEqual(['hearing']);
  expect(cost({ hearingOn: '2026-06-16' }).losses).toEqual([]);
  expect(cost({ notedOn: '2026-05-17', changedHandsOn: '2026-05-04' }).losses).toEqual(['changedHands']);
  expect(cost({ limitOn: '2026-06-08' }).losses).toEqual(['limit']);
  expect(cost({ limitOn: '2026-06-09' }).losses).toEqual([]);
  expect(cost({ limitOn: '2026-08-01', isLimitUnconfirmed: true }).losses).toEqual(['limit']);
  expect(cost({ limitOn: '2026-06-05' }).cost, 'worse than before a hearing').toBeGreaterThan(
    cost({ hearingOn: '2026-06-05' }).cost,
  );
  expect(cost({}, true).cost).toBeLessThan(cost({}).cost);
  const ofForce = { ...usualMoveCosts.costs, move: 30, hearing: 200 };
  expect(costOf({ ...plain, hearingOn: '2026-06-15' }, false, { ...limits, costs: ofForce }).cost).toBe(230);
});

test('the reason of a move says what speaks for it and what against it, each as what it is', () => {
  expect(sayCost(['absence'])).toBe(
    'for it: work falls due while its caseworker is away; nothing against it: nobody knows its caseworker yet, and no hearing or limit is near',
  );
  expect(sayCost(['contact', 'enhanced', 'limit', 'absence'])).toBe(
    'for it: work falls due while its caseworker is away; against it: a victim or witness knows its caseworker, and is owed enhanced rights, a limit that frees a defendant or ends the case is near or unconfirmed',
  );
});

test('what a force set before there was such a cost is kept, with the hub’s own for what it lacks', () => {
  const { limit, ...costs } = { ...usualMoveCosts.costs, move: 30 };
  const { limit: days, ...workingDays } = { ...usualMoveCosts.workingDays, notes: 3 };
  expect(moveCostsSet({ costs, workingDays })).toEqual({
    costs: { ...costs, limit },
    workingDays: { ...workingDays, limit: days },
  });
});

test('what keeps a case is told in order: a pin, what is in hand, cover, a hearing too near, nobody else', () => {
  const facts = {
    pinned: { by: 'sr-1', at: '2026-06-01T09:00:00.000Z', reason: 'Asked for' },
    heldBy: 'cw-1',
    cover: { by: 'cw-2', until: '2026-06-05' },
    hearingOn: '2026-06-02',
    skills: ['youth'],
    isRestricted: false,
  };
  const why = (over: Partial<typeof facts> | object, isOwnerThere = true, hasReceiver = false) =>
    pinOf({ ...facts, ...over }, { isOwnerThere, hasReceiver }, '2026-06-02');
  expect(why({})).toBe('Pinned by sr-1 on 1 June 2026: Asked for');
  expect(why({ pinned: null })).toBe('cw-1 has one of its tasks in hand');
  const free = { pinned: null, heldBy: null };
  expect(why(free)).toBe('cw-2 covers it until 5 June 2026');
  expect(why({ ...free, cover: null })).toBe('A hearing on 2 June 2026 is too near to hand it over');
  expect(why({ ...free, cover: null }, false)).toContain(
    'is trained in youth, without a conflict of interest',
  );
  expect(why({ ...free, cover: null }, false, true)).toBeNull();
});
