import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cumulative, fewestLate, leastLate, simulate, type Piece } from '../../src/workload/forecast.ts';
import { simulateTeam, teamBound } from '../../src/workload/forecast-team.ts';
import type { TeamMember, TeamPiece } from '../../src/workload/skill-families.ts';
import { shortfalls } from '../../src/workload/shortfalls.ts';

const pieces = (most: number): fc.Arbitrary<Piece[]> =>
  fc
    .array(fc.record({ day: fc.integer({ min: -1, max: 5 }), minutes: fc.integer({ min: 1, max: 60 }) }), {
      maxLength: most,
    })
    .map((all) => all.map((one, i) => ({ ...one, id: `t${String(i).padStart(2, '0')}` })));
/** Of which some cannot be begun yet. */
const putOff = (most: number): fc.Arbitrary<Piece[]> =>
  pieces(most).chain((all) =>
    fc
      .array(fc.integer({ min: -3, max: 6 }), { minLength: all.length, maxLength: all.length })
      .map((releases) => all.map((one, i) => ({ ...one, release: Math.max(0, releases[i] ?? 0) }))),
  );
const byDay = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 5, maxLength: 5 });

/** Minute by minute: of what can be done, what is due first. What is late of each piece that is. */
function minuteByMinute(
  all: readonly Piece[],
  minutes: readonly number[],
): { id: string; doneOn: number | null }[] {
  const open = all.map((piece) => ({ ...piece, left: piece.minutes, doneOn: null as number | null }));
  for (const [day, many] of minutes.entries())
    for (let minute = 0; minute < many; minute++) {
      const [next] = open
        .filter(({ left, release = 0 }) => left > 0 && release <= day)
        .sort((x, y) => x.day - y.day || (x.id < y.id ? -1 : 1));
      if (next === undefined) break;
      next.left -= 1;
      if (next.left === 0) next.doneOn = day;
    }
  return open
    .filter(({ day, doneOn }) => day < minutes.length && (doneOn === null || doneOn > day))
    .sort((x, y) => x.day - y.day || (x.id < y.id ? -1 : 1))
    .map(({ id, doneOn }) => ({ id, doneOn }));
}

test('what will be late is what doing what is due first, minute by minute, is late with; nothing before it can be begun', () => {
  fc.assert(
    fc.property(putOff(12), byDay, (all, minutes) => {
      expect(simulate(all, minutes)).toEqual(minuteByMinute(all, minutes));
    }),
  );
});

/** The fewest late over every order. Only the set of what is on time matters: it is done first, earliest due first. */
function bruteForce(all: readonly Piece[], minutes: readonly number[]): number {
  let least = all.length;
  for (let set = 0; set < 2 ** all.length; set++) {
    const onTime = all.filter((_piece, i) => (set >> i) & 1);
    if (simulate(onTime, minutes).length === 0) least = Math.min(least, all.length - onTime.length);
  }
  return least;
}

test('the least that can be late is what trying every order finds', () => {
  fc.assert(
    fc.property(pieces(9), byDay, (all, minutes) => {
      const aside = leastLate(all, cumulative(minutes));
      expect(fewestLate(all, minutes)).toBe(aside.length);
      expect(aside).toHaveLength(bruteForce(all, minutes));
      expect(
        simulate(
          all.filter(({ id }) => !aside.includes(id)),
          minutes,
        ),
      ).toEqual([]);
    }),
  );
});

test('with work that cannot be begun yet it is a bound: never above what trying every order finds, nought only where all can be on time', () => {
  fc.assert(
    fc.property(putOff(9), byDay, (all, minutes) => {
      const [bound, best] = [fewestLate(all, minutes), bruteForce(all, minutes)];
      expect(bound).toBeLessThanOrEqual(best);
      expect(bound === 0).toBe(best === 0);
    }),
  );
});

test('earliest due first is never better than the least, and on time throughout where that is possible', () => {
  fc.assert(
    fc.property(putOff(60), byDay, (all, minutes) => {
      const late = simulate(all, minutes).length;
      const least = fewestLate(all, minutes);
      expect(late).toBeGreaterThanOrEqual(least);
      expect(late === 0).toBe(least === 0);
    }),
  );
});

test('the same work in another order of rows gives the same forecast', () => {
  fc.assert(
    fc.property(
      putOff(30).chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      byDay,
      ([all, shuffled], minutes) => {
        expect(simulate(shuffled, minutes)).toEqual(simulate(all, minutes));
        expect(fewestLate(shuffled, minutes)).toEqual(fewestLate(all, minutes));
      },
    ),
  );
});

const skillSets = [[], ['domestic-abuse'], ['youth'], ['domestic-abuse', 'youth']];
const teams: fc.Arbitrary<TeamMember[]> = fc
  .array(fc.record({ skills: fc.constantFrom(...skillSets), byDay }), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((one, i) => ({ ...one, id: `cw-${i + 1}` })));
const work = (most: number): fc.Arbitrary<TeamPiece[]> =>
  putOff(most).chain((all) =>
    fc
      .array(
        fc.record({
          owner: fc.constantFrom(null, null, 'cw-1', 'cw-2'),
          skills: fc.constantFrom(...skillSets),
        }),
        { minLength: all.length, maxLength: all.length },
      )
      .map((more) => all.map((piece, i) => ({ ...piece, ...(more[i] ?? { owner: null, skills: [] }) }))),
  );

/** The fewest late over every way of giving the work to those who are trained for it, and every order. */
function bruteForceTeam(all: readonly TeamPiece[], team: readonly TeamMember[]): number {
  let least = all.length;
  const given = team.map(() => [] as TeamPiece[]);
  const give = (i: number, aside: number): void => {
    if (aside >= least) return;
    const piece = all[i];
    if (piece === undefined) {
      least = aside;
      return;
    }
    for (const [m, member] of team.entries()) {
      if (!piece.skills.every((skill) => member.skills.includes(skill))) continue;
      given[m]?.push(piece);
      if (simulate(given[m] ?? [], member.byDay).length === 0) give(i + 1, aside);
      given[m]?.pop();
    }
    give(i + 1, aside + 1);
  };
  give(0, 0);
  return least;
}

test('the bound of a team is never above the best that it can do, and that never above what will be', () => {
  fc.assert(
    fc.property(work(7), teams, (all, team) => {
      const asThingsAre = simulateTeam(all.map(trained(team)), team).length;
      const best = bruteForceTeam(all, team);
      expect(teamBound(all, team)).toBeLessThanOrEqual(best);
      expect(best).toBeLessThanOrEqual(asThingsAre);
      expect(simulateTeam([...all].reverse().map(trained(team)), team)).toHaveLength(asThingsAre);
    }),
  );
});

/** Work of somebody who is not there, or not trained for it, is in the pool. */
const trained = (team: readonly TeamMember[]) => (piece: TeamPiece) => {
  const owner = team.find(({ id }) => id === piece.owner);
  const isFit = owner !== undefined && piece.skills.every((skill) => owner.skills.includes(skill));
  return isFit ? piece : { ...piece, owner: null };
};

test('where a shortfall is stated the work cannot be done in time by any sharing out', () => {
  const days = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05'];
  fc.assert(
    fc.property(work(6), teams, (all, team) => {
      const ahead = all.filter(({ day }) => day >= 0 && day < days.length);
      const short = shortfalls(all, team, days).filter(({ kind }) => kind === 'short');
      if (short.length > 0) expect(bruteForceTeam(ahead, team)).toBeGreaterThan(0);
      for (const one of short) expect(one.dueMinutes).toBeGreaterThan(one.capacityMinutes);
    }),
  );
});

test('a shortfall says in words who lacks how many hours, and until when', () => {
  const team = [
    { id: 'cw-1', skills: ['domestic-abuse'], byDay: [1_230, 1_230] },
    { id: 'cw-2', skills: [], byDay: [9_000, 9_000] },
  ];
  const all = [
    { id: 'a', owner: null, skills: ['domestic-abuse'], day: 1, minutes: 3_120 },
    { id: 'b', owner: null, skills: [], day: 0, minutes: 100 },
  ];
  expect(shortfalls(all, team, ['2026-01-13', '2026-01-14'])).toEqual([
    {
      skills: [['domestic-abuse']],
      by: '2026-01-14',
      capacityMinutes: 2_460,
      dueMinutes: 3_120,
      kind: 'short',
      because:
        'Domestic-abuse-trained staff have 41 hours until the end of 14 January 2026; work due by then is 52 hours',
    },
  ]);
  expect(shortfalls(all, [], ['2026-01-13', '2026-01-14'])[0]?.because).toContain('there are none');
});
